"""Set-up and one grading, with each Python from 3.11 up that this machine has: the names of the tests say which."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import paths

pytestmark = [pytest.mark.slow, pytest.mark.network]

VERSION = "import sys; print(sys._base_executable, '3.%d' % sys.version_info.minor)"
GENERATED = {".git", ".venv", "build", "travail", "source", "release", "private"}
"""In the repository or in `course/`: what is made again."""


def generated(folder: str, names: list[str]) -> set[str]:
    made = Path(folder) in (paths.home(), paths.course())
    return {name for name in names if name == "__pycache__" or (made and name in GENERATED)}


def pythons() -> dict[str, str]:
    """Return the interpreters by version: those of PATH that answer, and the one behind this environment."""
    found: dict[str, str] = {}
    for name in (*(f"python3.{minor}" for minor in range(11, 20)), sys.executable):
        done = (
            subprocess.run([name, "-c", VERSION], capture_output=True, text=True)
            if shutil.which(name)
            else None
        )
        if done and done.returncode == 0:
            path, version = done.stdout.rsplit(maxsplit=1)
            found.setdefault(version, path)
    return found


PYTHONS = pythons()


@pytest.mark.weekly
@pytest.mark.skipif(os.name != "posix", reason="make")
@pytest.mark.parametrize("version", PYTHONS)
def test_the_course_is_set_up_and_grades(tmp_path: Path, version: str) -> None:
    checkout = tmp_path / "cours d’été"
    shutil.copytree(paths.home(), checkout, ignore=generated)
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CAMPUS_")}
    outside |= {"LC_ALL": "C"}

    def done(*command: str) -> str:
        run = subprocess.run(command, cwd=checkout, env=outside, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
        return run.stdout

    done("make", "setup", f"PYTHON={PYTHONS[version]}")
    assert f"Python {version}." in done(".venv/bin/python", "--version")
    done(".venv/bin/campus", "demo", "F01")
