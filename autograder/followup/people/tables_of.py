"""What the gradebook holds of one person, as tables in CSV that a French spreadsheet reads."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from autograder.followup.people.course import Course
from autograder.followup.people.person import Person
from autograder.followup.spreadsheet import cell, semicolons
from autograder.grading.gradebook_file import in_words
from autograder.records.tables import Answer, GradedCopy, Mistake, Reading

Rows = Sequence[Sequence[Any]]
IDENTITY = ("identifiant", "prénom", "nom", "adresse", "numéro", "clé")
COPIES = ("module", "rendue le (UTC)", "délai accordé", "points retirés pour retard")
MARKS = (
    "module",
    "question",
    "points",
    "points automatiques",
    "points donnés",
    "bonus",
    "maximum",
    "à noter",
)
COMMENTS = ("module", "question", "commentaire automatique", "commentaire donné")
OUTCOMES: dict[str, Any] = {
    "corrections": GradedCopy,
    "reponses": Answer,
    "erreurs": Mistake,
    "lectures": Reading,
}


def tables(course: Course, person: Person) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each table that has rows. Raises GradingError."""
    if not person.rows:
        return
    with in_words(course.db_url), Gradebook(course.db_url, course.course_id) as gradebook:
        for name, heads, rows in _tables(gradebook.db, person):
            if rows:
                yield f"{name}.csv", _csv([heads, *rows])


def _tables(db: Any, person: Person) -> Iterator[tuple[str, Sequence[str], Rows]]:
    mine = [row.learner for row in person.rows]
    yield "identite", IDENTITY, [astuple(row) for row in person.rows]
    dates = (SubmittedAssignment.timestamp, SubmittedAssignment.extension)
    yield "copies", COPIES, _rows(db, mine, [*dates, SubmittedNotebook.late_submission_penalty])
    marks = [Grade.score, Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.max_score]
    yield "notes", MARKS, _rows(db, mine, [BaseCell.name, *marks, Grade.needs_manual_grade], Grade)
    texts = [BaseCell.name, Comment.auto_comment, Comment.manual_comment]
    yield "commentaires", COMMENTS, _rows(db, mine, texts, Comment)
    keys = [row.key for row in person.rows]
    for name, table in OUTCOMES.items():
        columns = [column for column in table.__table__.c if column.name != "key"]
        found = db.execute(select(*columns).where(table.key.in_(keys))).all()
        yield f"parcours-{name}", [column.name for column in columns], found


def _rows(db: Any, learners: list[str], columns: list[Any], of_cells: Any = None) -> Rows:
    """Return these columns for the copies of some learners, after the module's name; by cell with a table `of_cells`."""
    query = (
        select(Assignment.name, *columns)
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.student_id.in_(learners))
    )
    if of_cells is not None:
        query = query.join(of_cells, of_cells.notebook_id == SubmittedNotebook.id)
        query = query.join(BaseCell, BaseCell.id == of_cells.cell_id)
    found: Rows = db.execute(query).all()
    return found


def _csv(rows: Rows) -> str:
    return semicolons([_cell(value) for value in row] for row in rows).decode()


def _cell(value: Any) -> str:
    """Return a value of the gradebook; its dates and durations as texts."""
    return cell(value if value is None or isinstance(value, bool | int | float) else str(value))
