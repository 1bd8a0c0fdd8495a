"""What the folders of a course say of the copies of a module: handed in, graded, given back."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import last_done
from autograder.grading.config import MARK
from autograder.grading.layout import learners_of


@dataclass(frozen=True)
class Copies:
    """Learners, by what became of their copy. `failed`: those that the last grading of the module left without points."""

    handed_in: frozenset[str]
    to_grade: frozenset[str]
    graded: frozenset[str]
    failed: frozenset[str]
    given: frozenset[str]
    """Whose feedback page is made, and is that of the copy as it is graded."""


def copies(course: Path, module: str, excluded: Collection[str] = ()) -> Copies:
    """Return what became of the copies of a module."""
    learners = learners_of(course, module, excluded)
    seen = last_done.last(course, "grade", module)
    graded = {one: _graded_at(course, one, module) for one in learners}
    changed = {one: _changed_at(course / "submitted" / one / module) for one in learners}
    to_grade = {one for one in learners if changed[one] > max(graded[one], seen)}
    done = {one for one in learners if graded[one]}
    return Copies(
        frozenset(learners),
        frozenset(to_grade),
        frozenset(done),
        frozenset(learners) - done - to_grade,
        frozenset(one for one in done if _page_at(course, one, module) >= _written_at(course, one, module)),
    )


def since(places: Collection[Path], moment: float) -> int:
    """Return how many of these files or folders came after a moment, in seconds since 1970."""
    return sum(_put_at(place) > moment for place in places)


def in_exchange(inbound: Path, module: str) -> list[Path]:
    """Return the hand-ins of a module that are in the exchange: folders named `learner+module+date…`."""
    return [entry for entry in _entries(inbound) if f"+{module}+" in entry.name]


def _entries(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from [Path(entry.path) for entry in entries]
    except OSError:
        return


def _changed_at(copy: Path) -> float:
    """Return when a copy was last put in its place, or changed there."""
    inside = () if copy.is_symlink() else _entries(copy)
    return max(map(_put_at, (copy, *inside)))


def _put_at(path: Path) -> float:
    """Return when a file was written or a folder moved, whatever date it bears, in seconds since 1970; 0 when it is gone meanwhile."""
    try:
        return path.lstat().st_ctime
    except OSError:
        return 0.0


def _graded_at(course: Path, learner: str, module: str) -> float:
    notebook = _notebook(course, learner, module)
    return max(_time(notebook), _time(notebook.with_name(MARK))) if notebook.is_file() else 0.0


def _written_at(course: Path, learner: str, module: str) -> float:
    return _time(_notebook(course, learner, module))


def _page_at(course: Path, learner: str, module: str) -> float:
    return _time(course / "feedback" / learner / module / f"{module}.html")


def _notebook(course: Path, learner: str, module: str) -> Path:
    return course / "autograded" / learner / module / f"{module}.ipynb"


def _time(path: Path) -> float:
    """Return when a file was last written, in seconds since 1970; 0 when there is none."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
