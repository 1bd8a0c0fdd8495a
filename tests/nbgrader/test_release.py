"""A release is replaced whole, or stays as it was."""

import shutil
from pathlib import Path

import pytest

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.grading.errors import GradingError
from autograder.grading.release import CONFIG_FILE, release

MODULES = Path(__file__).parent / "modules"
MODULE = "T01-essai"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one module, released."""
    course = tmp_path / "course"
    course.mkdir()
    shutil.copy(paths.course() / CONFIG_FILE, course)
    build(["T01"], course, root=MODULES)
    release(MODULE, course)
    return course


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_released_stays_when_nbgrader_refuses(course: Path) -> None:
    released = course / "release" / MODULE
    before = files(released)
    (course / "source" / MODULE / f"{MODULE}.ipynb").write_text("{")
    with pytest.raises(GradingError):
        release(MODULE, course)
    assert files(released) == before
    assert [path.name for path in released.parent.iterdir()] == [MODULE]


def test_what_was_released_comes_back_after_a_cut(course: Path) -> None:
    released = course / "release" / MODULE
    before = files(released)
    released.rename(released.with_name(f".{MODULE}.avant"))
    (course / "source" / MODULE / f"{MODULE}.ipynb").write_text("{")
    with pytest.raises(GradingError):
        release(MODULE, course)
    assert files(released) == before


def test_answers_are_closed_to_other_accounts(course: Path) -> None:
    assert {(course / name).stat().st_mode & 0o777 for name in ("source", "private")} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in (course / "private").iterdir()} == {0o600}


@pytest.mark.parametrize("name", [f"{MODULE}.ipynb", ".exercises.json"])
def test_a_source_that_is_no_longer_whole_is_built_again(course: Path, name: str) -> None:
    damaged = course / "source" / MODULE / name
    before = damaged.read_bytes()
    damaged.write_text("")
    (built,) = build(["T01"], course, root=MODULES)
    assert built.fresh
    assert damaged.read_bytes() == before
