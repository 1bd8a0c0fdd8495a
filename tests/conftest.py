"""What all tests share: where they work, and the modules of the course, built once per session."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.build import BuiltModule, build
from autograder.modules.load import find_folders
from autograder.sandbox.places import TEMPORARY

ROOT = Path(__file__).resolve().parent.parent


def is_temporary(folder: Path) -> bool:
    """Whether a folder is where the system, or a confined run, keeps temporary files."""
    return any(
        folder.resolve().is_relative_to(Path(one).resolve()) for one in (TEMPORARY, tempfile.gettempdir())
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="every copy of every module, in a notebook and in grading"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one worker the tests that share what is slow to make: those of a file or, where it proves modules, of a module."""
    for item in items:
        parameters = (
            item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        )
        group = f"{item.path}-{parameters['proved']}" if "proved" in parameters else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_configure() -> None:
    """Have tests work where users do: a confined run has a temporary folder of its own, which hides faults."""
    places = (ROOT / "build", Path.home() / ".cache" / "campus", Path("/var/tmp"))
    chosen = next((place for place in places if not is_temporary(place)), None)
    assert chosen, "no folder outside the temporary ones"
    (chosen / "tests").mkdir(parents=True, exist_ok=True)
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(chosen / "tests")


@pytest.fixture(scope="session", autouse=True)
def outside_the_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Fail, rather than pass where users are not."""
    assert not is_temporary(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def built_module(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str, Path], BuiltModule]:
    """Put a module of the course, built, into a course directory, as `build([name], course)` does.

    Building one takes up to twenty seconds. It is done once per session, for all the workers: `build` leaves alone what is up to date.
    The files are copies, so that nothing that a test does reaches another.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "built"
    shared.mkdir(exist_ok=True)

    def put(name: str, course: Path) -> BuiltModule:
        (folder,) = find_folders([name])
        with (shared / f"{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back with the file: at the end, or if this worker dies
            (built,) = build([folder.name], shared)
        source, private = course / "source" / folder.name, course / "private" / built.private.name
        shutil.copytree(built.source, source)
        private.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(built.private, private)
        return replace(built, source=source, private=private)

    return put
