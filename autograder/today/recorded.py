"""What the gradebook says of each module: its due date, who is listed, the free answers that wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.grading.collect.roster import class_list
from autograder.grading.gradebook_file import gradebook_path, in_words
from autograder.grading.layout import left_out
from autograder.grading.release import has_graded, require_usable_gradebook
from autograder.grading.waiting import waiting


@dataclass(frozen=True)
class Recorded:
    """`listed`: identifiers of the class list. `due`, in UTC without zone, and `waiting`, counts of free answers: by module, then learner."""

    listed: frozenset[str] = frozenset()
    due: Mapping[str, datetime] = field(default_factory=dict)
    waiting: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def recorded(course: Path, config: Config) -> Recorded:
    """Read the gradebook; one that was never begun holds nothing. Raises GradingError when it is lost, or cannot be read."""
    coursedir = CourseDirectory(config=config)
    path = gradebook_path(coursedir.db_url)
    if path and (not path.is_file() or not path.stat().st_size):
        if has_graded(course):
            require_usable_gradebook(course)
        return Recorded()
    found = _read(coursedir.db_url, coursedir.course_id, _state(path))
    return replace(found, listed=found.listed - {*left_out(coursedir)})


def _state(path: Path | None) -> tuple[tuple[int, int], ...]:
    """Return what changes when a gradebook is written, its journal included."""
    files = (path, path.with_name(f"{path.name}-wal")) if path else ()
    return tuple((one.stat().st_mtime_ns, one.stat().st_size) for one in files if one.exists())


@lru_cache(1)
def _read(db_url: str, course_id: str, _: tuple[tuple[int, int], ...]) -> Recorded:
    """The page is asked for every few seconds: a gradebook that has not changed is not read again."""
    with in_words(db_url), Gradebook(db_url, course_id) as gradebook:
        assignments = list(gradebook.assignments)
        return Recorded(
            frozenset(one.id for one in class_list(gradebook)),
            {one.name: one.duedate for one in assignments if one.duedate},
            {one.name: _counts(waiting(gradebook, one.name)) for one in assignments},
        )


def _counts(cells: Mapping[str, list[str]]) -> dict[str, int]:
    return {learner: len(names) for learner, names in cells.items()}
