"""What all tests share: where they work, and the modules of the course, built once per session."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

from autograder.authoring.pipeline import BuiltModule, build
from autograder.modules.load import find_folders
from autograder.sandbox.places import TEMPORARY

if TYPE_CHECKING:
    from tests.nbgrader.batch_course import BatchCourse

ROOT = Path(__file__).resolve().parent.parent


def is_temporary(folder: Path) -> bool:
    """Whether a folder is where the system, or a confined run, keeps temporary files."""
    return any(
        folder.resolve().is_relative_to(Path(one).resolve()) for one in (TEMPORARY, tempfile.gettempdir())
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole",
        action="store_true",
        help="every copy of every module, in a notebook, in grading and in the course view",
    )


def shared_by(nodeid: str) -> str:
    """Name what a test shares with others: a module of the course, proved; a page of JupyterLab; else what its file makes."""
    path, _, name = nodeid.partition("::")
    if path.endswith("modules/test_modules.py"):
        return name.partition("[")[2] or path
    return "jupyterlab" if path.endswith("_in_jupyterlab.py") else path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Refuse a set of cases: its order is another one in each worker, and the run would end before it begins."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        cases = mark.kwargs.get("argvalues", mark.args[-1])
        assert not isinstance(cases, set | frozenset), f"{metafunc.function.__name__}: cases in a set"


class OneWorkerForWhatIsShared(LoadScopeScheduling):
    """Gives to one worker the tests that share what is slow to make."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return OneWorkerForWhatIsShared(config, log) if config.getvalue("dist") == "loadscope" else None


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


@pytest.fixture
def course(tmp_path: Path) -> "BatchCourse":
    """The small course of the tests of grading: one released module, and nobody's copy yet."""
    from tests.nbgrader.batch_course import make_course  # nbgrader takes a second to load

    return make_course(tmp_path)
