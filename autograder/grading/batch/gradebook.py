"""Write results to nbgrader's gradebook, as `nbgrader autograde` would: one transaction per submission."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from shlex import quote
from typing import Any, Self

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import insert, select

from autograder.grading.batch.module import GradedModule
from autograder.grading.batch.result import Result
from autograder.grading.errors import GradingError
from autograder.grading.lateness import Late, delay
from autograder.grading.marked import FreeAnswer, adopt, ask_again
from autograder.records.tables import GradedCopy, Person
from autograder.records.writing import Described, save

NO_STUDENT = (
    "Aucun apprenant {learner} dans le carnet de notes, et c.Autograde.create_student interdit de le créer. "
    "Ajoutez-le : « cd {course} && nbgrader db student add {learner} »."
)


@dataclass(frozen=True)
class _Rows:
    """The rows of a submission that is already in the gradebook."""

    submission: SubmittedAssignment
    notebook: SubmittedNotebook
    grades: list[Grade]
    comments: list[Comment]


class GradebookWriter:
    """One session of the gradebook for a whole run, used by one thread."""

    def __init__(self, module: GradedModule):
        self._course, self._create_student = module.course, module.nbgrader.create_student
        self._module = module.name
        self._gradebook = Gradebook(module.db_url, module.course_id)
        self._db = self._gradebook.db
        assignment = self._gradebook.find_assignment(module.name)
        self._assignment_id = assignment.id
        self._notebook_ids = [notebook.id for notebook in assignment.notebooks]
        self._notebook_id = self._gradebook.find_notebook(module.name, module.name).id
        cells = self._db.scalars(select(BaseCell).where(BaseCell.notebook_id.in_(self._notebook_ids))).all()
        self._cells = {cell.id: (cell.notebook_id, cell.name, type(cell)) for cell in cells}
        self._students = set(self._db.scalars(select(Student.id)))
        self._handed_in = set(
            self._db.scalars(
                select(SubmittedAssignment.student_id).where(
                    SubmittedAssignment.assignment_id == self._assignment_id
                )
            )
        )
        self._has_due_date = assignment.duedate is not None
        self._penalties = AssignLatePenalties(config=module.config)
        self._penalties.init_plugin()
        adopt(self._gradebook, module.name, module.course / "autograded")
        self._db.rollback()  # no transaction is left open while copies run

    def scores(self) -> dict[str, dict[str, float | None]]:
        """Return the automatic points of every submission of the module: learner, cell, points."""
        scores = recorded_scores(self._gradebook, self._notebook_id)
        self._db.rollback()
        return scores

    def students(self) -> set[str]:
        """Return all the learners of the gradebook, whether or not they handed in."""
        return set(self._students)

    def late(self) -> dict[str, tuple[Late, ...]]:
        """Return the copies of the module that are recorded as late, by learner."""
        if not self._has_due_date:
            return {}
        rows = self._db.execute(
            select(
                SubmittedAssignment.student_id,
                SubmittedAssignment.timestamp,
                Assignment.duedate,
                SubmittedAssignment.extension,
                SubmittedNotebook.late_submission_penalty,
            )
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(SubmittedNotebook.notebook_id == self._notebook_id)
        ).all()
        self._db.rollback()
        copies = {learner: Late(delay(*dates), penalty) for learner, *dates, penalty in rows}
        return {learner: (late,) for learner, late in copies.items() if late.delay}

    def described(self) -> set[str]:
        """Return the learners of whose copy of the module it is kept what it shows."""
        rows: Any = select(Person.learner).join(GradedCopy, GradedCopy.key == Person.key)
        learners = set(self._db.scalars(rows.where(GradedCopy.module == self._module)))
        self._db.rollback()
        return learners

    def save(self, learner: str, timestamp: datetime | None, result: Result, copy: Described | None) -> None:
        """Write one submission. When this raises, nothing of the submission is written."""
        try:
            rows = self._find(learner) if learner in self._handed_in else None
            if rows is None:
                self._create(learner, timestamp, result)
            else:
                self._fill(rows, timestamp, result)
            if rows or (timestamp and self._has_due_date):
                self._penalise(rows or self._existing(learner))
            if copy:
                save(self._db, learner, self._module, copy)
            self._db.commit()
            self._handed_in.add(learner)
        except BaseException:
            self._db.rollback()
            raise
        finally:
            self._db.expunge_all()  # a run of ten thousand copies keeps none of them

    def _find(self, learner: str) -> _Rows | None:
        row = self._db.execute(
            select(SubmittedAssignment, SubmittedNotebook)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(
                SubmittedAssignment.assignment_id == self._assignment_id,
                SubmittedAssignment.student_id == learner,
                SubmittedNotebook.notebook_id == self._notebook_id,
            )
        ).one_or_none()
        if row is None:
            return None
        submission, notebook = row
        return _Rows(
            submission,
            notebook,
            list(self._db.scalars(select(Grade).where(Grade.notebook_id == notebook.id))),
            list(self._db.scalars(select(Comment).where(Comment.notebook_id == notebook.id))),
        )

    def _existing(self, learner: str) -> _Rows:
        rows = self._find(learner)
        assert rows is not None
        return rows

    def _create(self, learner: str, timestamp: datetime | None, result: Result) -> None:
        """Create the student, and a row for each notebook and each cell, as `Gradebook.add_submission` does.

        Rows are inserted without nbgrader's objects: for a copy whose result is known already, these objects would take half
        of the time.
        """
        self._create_student_row(learner)
        submission = new_uuid()
        notebooks = {notebook: new_uuid() for notebook in self._notebook_ids}
        self._insert(
            SubmittedAssignment,
            [
                {
                    "id": submission,
                    "assignment_id": self._assignment_id,
                    "student_id": learner,
                    "timestamp": timestamp,
                }
            ],
        )
        self._insert(
            SubmittedNotebook,
            [
                {"id": identifier, "notebook_id": notebook, "assignment_id": submission}
                for notebook, identifier in notebooks.items()
            ],
        )
        grades = {cell: (new_uuid(), notebook) for cell, notebook in self._cells_of(GradeCell, TaskCell)}
        self._insert(
            Grade,
            [
                {"id": identifier, "cell_id": cell, "notebook_id": notebooks[notebook]}
                | self._points(cell, None, result)
                for cell, (identifier, notebook) in grades.items()
            ],
        )
        self._insert(
            FreeAnswer,
            [
                {"grade_id": identifier, "shown": result.answers[self._cells[cell][1]]}
                for cell, (identifier, _) in grades.items()
                if self._cells[cell][1] in result.answers
            ],
        )
        self._insert(
            Comment,
            [
                {
                    "id": new_uuid(),
                    "cell_id": cell,
                    "notebook_id": notebooks[notebook],
                    "auto_comment": result.comments.get(self._cells[cell][1]),
                }
                for cell, notebook in self._cells_of(SolutionCell, TaskCell)
            ],
        )

    def _create_student_row(self, learner: str) -> None:
        if learner in self._students or self._db.get(Student, learner) is not None:
            return
        if not self._create_student:
            added = {"course": quote(str(self._course)), "learner": quote(learner)}
            raise GradingError(NO_STUDENT.format(**added))
        self._insert(Student, [{"id": learner}])

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._db.connection().execute(insert(table.__table__), rows)

    def _cells_of(self, *kinds: type) -> Iterator[tuple[str, str]]:
        """Yield the identifier of each cell of these kinds, with the identifier of its notebook."""
        return (
            (cell, notebook) for cell, (notebook, _, kind) in self._cells.items() if issubclass(kind, kinds)
        )

    def _points(self, cell: str, manual_score: float | None, result: Result) -> dict[str, Any]:
        """Return the columns that nbgrader's `SaveAutoGrades` writes for a cell.

        When a person had replaced the points of a check, the new points of this check must be looked at again.
        """
        name = self._cells[cell][1]
        if name not in result.scores:
            return {}
        points = result.scores[name]
        return {"auto_score": points, "needs_manual_grade": manual_score is not None or points is None}

    def _fill(self, rows: _Rows, timestamp: datetime | None, result: Result) -> None:
        """Change the rows of a submission that was graded before. The points and comments given by people are kept."""
        if timestamp is not None:
            rows.submission.timestamp = timestamp
        for grade in rows.grades:
            columns = self._points(grade.cell_id, grade.manual_score, result)
            answer = result.answers.get(self._cells[grade.cell_id][1])
            if answer is not None and not ask_again(grade, answer):
                columns["needs_manual_grade"] = False
            for column, value in columns.items():
                setattr(grade, column, value)
        for comment in rows.comments:
            name = self._cells[comment.cell_id][1]
            if name in result.comments:
                comment.auto_comment = result.comments[name]
        self._db.flush()

    def _penalise(self, rows: _Rows) -> None:
        """Do what nbgrader's `AssignLatePenalties` does, with the plugin that the course chose."""
        submission, notebook = rows.submission, rows.notebook
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            self._db.refresh(notebook, ["score"])
            plugin = self._penalties.plugin_inst
            penalty = plugin.late_submission_penalty(submission.student_id, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = self._penalties._check_late_penalty(notebook, penalty)

    def close(self) -> None:
        """Close the session."""
        self._gradebook.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def recorded_scores(gradebook: Gradebook, notebook_id: str) -> dict[str, dict[str, float | None]]:
    """Return the automatic points of every submission of a notebook: learner, cell, points."""
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, BaseCell.name, Grade.auto_score)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedNotebook.notebook_id == notebook_id)
    )
    scores: dict[str, dict[str, float | None]] = {}
    for learner, cell, points in rows:
        scores.setdefault(learner, {})[cell] = points
    return scores
