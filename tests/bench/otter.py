"""otter-grader beside the others, on the module of plain asserts: it grades every copy from one warm process.

It lives in an environment of its own (`build/otter`): its pins are not ours. Without a package registry, there is no figure.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.assignments import Assignment, learner
from tests.bench.cells import DATA, POINTS, QUESTIONS
from tests.bench.processor import ROOT, Spent, spent_by, tell

VERSION = "7.0.0"
PLACE = ROOT / "build" / "otter"
PYTHON = PLACE / "bin" / "python"
NEEDED = (f"otter-grader=={VERSION}", "pandas", "matplotlib", "ipykernel")

GRADE = """
import sys
from otter.api import grade_submission
for path in sys.argv[2:]:
    print(float(grade_submission(path, sys.argv[1], quiet=True).total))
"""

TEST = """
from otter.test_files import test_case
OK_FORMAT = False
name = {name!r}
points = {points}

@test_case()
def test_it(env):
    exec({code!r}, dict(env))
"""


def otter(assignment: Assignment, number: int, folder: Path) -> Spent | None:
    """Return what otter spends per copy on the first `number` copies in `ours/submitted`; None where it cannot be had."""
    if not _install():
        return None
    archive = _archive(assignment, folder)
    copies = [_copy(assignment, one) for one in range(number)]
    env = {"PATH": f"{PLACE / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [str(PYTHON), "-c", GRADE, str(archive)]
    one = spent_by([*command, copies[0]], cwd=folder, env=env)
    return (spent_by([*command, *copies], cwd=folder, env=env) - one) / (number - 1)


def _copy(assignment: Assignment, number: int) -> str:
    place = assignment.ours / "submitted" / learner(number) / assignment.name
    return str(place / f"{assignment.name}.ipynb")


def _archive(assignment: Assignment, folder: Path) -> Path:
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for one in QUESTIONS:
        text = TEST.format(name=one.name, points=POINTS, code=f"{one.visible}\n{one.hidden}")
        (tests / f"{one.name}.py").write_text(text, encoding="utf-8")
    data = assignment.ours / "release" / assignment.name / DATA
    (folder / DATA).write_bytes(data.read_bytes())
    subprocess.run(
        [str(PLACE / "bin" / "otter"), "generate", "-t", "tests", "-o", "autograder.zip", DATA],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "autograder.zip"


def _install() -> bool:
    if PYTHON.exists():
        return True
    sys.path.insert(0, str(ROOT / "scripts"))
    import bootstrap

    env = os.environ | bootstrap.pip_settings() | {"UV_SYSTEM_CERTS": "1"}
    try:
        uv = bootstrap.find_uv()
        for command in (
            ["venv", "--quiet", "--python", bootstrap.base_python(), str(PLACE)],
            ["pip", "install", "--quiet", "--only-binary", ":all:", "--python", str(PYTHON), *NEEDED],
        ):
            subprocess.run([uv, *command], env=env, check=True, capture_output=True)
    except (bootstrap.SetupError, subprocess.CalledProcessError) as error:
        tell(f"otter-grader cannot be installed, it is left out: {error}")
        return False
    return True
