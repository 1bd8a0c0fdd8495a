"""The marks of a module: what each person has, what waits, and who has no mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Row, select

from autograder.contract.names import exercise_of, name_of
from autograder.followup.gradebook import opened
from autograder.followup.learner import Learner, known_learners
from autograder.grading.batch.module import NOT_RECORDED
from autograder.grading.dates import TIMESTAMP, UnreadableDate, read_date
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import gradebook_path
from autograder.grading.handed_in import read_start
from autograder.grading.lateness import delay
from autograder.grading.layout import learners_of, left_out
from autograder.grading.marks import Result
from autograder.grading.rebuild import read_released
from autograder.grading.release import load_config
from autograder.grading.titles import title_in
from autograder.grading.waiting import free_cells

MAX_DATE = 200
NO_MODULE = "Aucun module dans le carnet de notes. Publiez-en un : « campus release F02 »."


@dataclass(frozen=True)
class Exercise:
    """`title`: its heading in the notebook; `points`: the most it can bring."""

    title: str
    points: float


@dataclass(frozen=True)
class Copy:
    """A graded copy. `exercises`: the points of each, None for a free answer that waits for a person.

    `handed_in` is in UTC, without zone, as nbgrader keeps it; None when it is not known.
    """

    result: Result
    exercises: Mapping[str, float | None]
    handed_in: datetime | None
    late: timedelta
    is_outdated: bool
    """Whether a later copy was collected, and is not graded yet."""

    @property
    def unread(self) -> int:
        """The exercises that wait for a person."""
        return sum(points is None for points in self.exercises.values())

    @property
    def is_provisional(self) -> bool:
        return bool(self.unread) or self.is_outdated


@dataclass(frozen=True)
class ModuleMarks:
    """`copies` by learner; `ungraded`: who handed in, and has no mark yet."""

    name: str
    points: float
    exercises: Mapping[str, Exercise]
    copies: Mapping[str, Copy]
    ungraded: frozenset[str]


@dataclass(frozen=True)
class Marks:
    """The modules asked for, and every learner by identifier: those of the gradebook, then those who only handed in."""

    learners: Mapping[str, Learner]
    modules: list[ModuleMarks]


def read_marks(course: Path, names: list[str]) -> Marks:
    """Read the marks of modules, given by their folders' names; of all that the gradebook knows by default. Raises GradingError."""
    settings = CourseDirectory(config=load_config(course))
    excluded = left_out(settings)
    with opened(course) as gradebook:
        names = names or sorted(one.name for one in gradebook.assignments)
        if not names:
            raise GradingError(NO_MODULE)
        _require(gradebook, names, settings.db_url)
        modules = [_module(gradebook, course, name, excluded) for name in names]
        known = {who: one for who, one in known_learners(gradebook).items() if who not in excluded}
    others = {who: Learner(who) for module in modules for who in module.ungraded}
    return Marks(others | known, modules)


def _require(gradebook: Gradebook, names: list[str], db_url: str) -> None:
    for name in names:
        try:
            gradebook.find_notebook(name, name)
        except MissingEntry:
            raise GradingError(NOT_RECORDED.format(name=name, path=gradebook_path(db_url))) from None


def _module(gradebook: Gradebook, course: Path, name: str, excluded: list[str]) -> ModuleMarks:
    released = read_released(course / "release" / name / f"{name}.ipynb")
    notebook = gradebook.find_notebook(name, name)
    titles = _titles(released)
    exercises = {
        exercise: Exercise(titles.get(exercise, exercise), points)
        for exercise, points in _points(notebook, titles).items()
    }
    campus = released.metadata.get("campus", {})
    total = sum(one.points for one in exercises.values())
    share = campus.get("pass_mark")
    module = _Known(course, name, total, None if share is None else share * total, exercises)
    rows = _rows(gradebook, name, excluded)
    copies = {who: module.copy(found) for who, found in rows.items()}
    handed_in = frozenset(learners_of(course, name, excluded))
    return ModuleMarks(name, total, exercises, copies, handed_in - copies.keys())


def _titles(released: NotebookNode) -> dict[str, str]:
    """Return the heading above each exercise, in the order of the notebook."""
    title = ""
    found: dict[str, str] = {}
    for cell in released.cells:
        if cell.cell_type == "markdown":
            title = title_in(cell.source) or title
        if exercise := exercise_of(name_of(cell)):
            found.setdefault(exercise, title or exercise)
    return found


def _points(notebook: Notebook, order: Mapping[str, str]) -> dict[str, float]:
    """Return the points of each exercise, in the order of the notebook. A cell of no exercise counts under its own name."""
    points: dict[str, float] = dict.fromkeys(order, 0.0)
    for cell in [*notebook.grade_cells, *notebook.task_cells]:
        exercise = exercise_of(cell.name) or cell.name
        points[exercise] = points.get(exercise, 0.0) + cell.max_score
    return {exercise: most for exercise, most in points.items() if most}


def _rows(gradebook: Gradebook, name: str, excluded: list[str]) -> dict[str, list[Row[Any]]]:
    """Return the rows of each graded copy, one per graded cell."""
    free = free_cells(gradebook, name)
    rows = gradebook.db.execute(
        select(
            SubmittedAssignment.student_id.label("learner"),
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
            SubmittedNotebook.late_submission_penalty.label("penalty"),
            BaseCell.name.label("cell"),
            Grade.score,
            (Grade.needs_manual_grade & Grade.cell_id.in_(free)).label("waits"),
        )
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == name, SubmittedAssignment.student_id.not_in(excluded))
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.learner, []).append(row)
    return found


@dataclass(frozen=True)
class _Known:
    """What is the same for all the copies of a module."""

    course: Path
    name: str
    points: float
    pass_score: float | None
    exercises: Mapping[str, Exercise]

    def copy(self, rows: list[Row[Any]]) -> Copy:
        """Return a graded copy, from its rows."""
        first = rows[0]
        penalty = first.penalty or 0.0
        points = dict(_by_exercise(rows))
        known = sum(one for one in points.values() if one is not None)
        return Copy(
            result=Result(
                learner=first.learner,
                title=self.name,
                score=max(0.0, known - penalty),
                waiting=sum(self.exercises[one].points for one, got in points.items() if got is None),
                total=self.points,
                penalty=penalty,
                pass_score=self.pass_score,
            ),
            exercises=points,
            handed_in=first.timestamp,
            late=delay(first.timestamp, first.duedate, first.extension),
            is_outdated=self._is_outdated(first.learner, first.timestamp),
        )

    def _is_outdated(self, learner: str, graded: datetime | None) -> bool:
        place = self.course / "submitted" / learner / self.name / TIMESTAMP
        text = (read_start(place, MAX_DATE) or b"").decode(errors="replace").strip()
        try:
            return bool(text and graded and read_date(text) > graded)
        except UnreadableDate:
            return False


def _by_exercise(rows: list[Row[Any]]) -> Iterator[tuple[str, float | None]]:
    """Yield the points of each exercise; None for one that waits."""
    points: dict[str, float | None] = {}
    for row in rows:
        exercise = exercise_of(row.cell) or row.cell
        before = points.get(exercise, 0.0)
        points[exercise] = None if row.waits or before is None else before + row.score
    yield from points.items()
