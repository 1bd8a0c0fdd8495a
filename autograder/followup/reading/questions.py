"""The questions whose points a person gives, and how many of their answers are read."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbgrader.api import Grade, Gradebook, GradeCell, SourceCell
from sqlalchemy import select

from autograder.contract.names import exercise_of, grade_id
from autograder.followup.reading.scheme import Scheme, read_scheme, without_scheme
from autograder.grading.titles import title_in
from autograder.grading.waiting import free_cells


@dataclass(frozen=True)
class Question:
    """A free question of a module, as the gradebook knows it."""

    module: str
    """nbgrader's name of the assignment."""
    exercise: str
    cell_id: str
    title: str
    statement: str
    """In Markdown, without its title and without the scheme."""
    scheme: Scheme
    most: float
    """Points of a full answer."""

    @property
    def cell(self) -> str:
        """nbgrader's name of the answer's cell."""
        return grade_id(self.exercise, "answer")


@dataclass(frozen=True)
class Count:
    """Answers of a question: read, still to read, and left as released."""

    read: int
    waiting: int
    empty: int


def questions(gradebook: Gradebook) -> list[Question]:
    """Return the free questions of all the modules, in the order of their names."""
    return [one for assignment in gradebook.assignments for one in _questions(gradebook, assignment.name)]


def find(gradebook: Gradebook, module: str, exercise: str) -> Question:
    """Return a question; raise LookupError when there is none of this name."""
    for one in _questions(gradebook, module):
        if one.exercise == exercise:
            return one
    raise LookupError(exercise)


def question_of(gradebook: Gradebook, grade: Grade) -> Question:
    """Return the question of an answer; raise LookupError when no person marks it."""
    return find(gradebook, grade.assignment.name, exercise_of(grade.name))


def _questions(gradebook: Gradebook, module: str) -> Iterator[Question]:
    rows = select(GradeCell).where(GradeCell.id.in_(free_cells(gradebook, module))).order_by(GradeCell.name)
    for cell in gradebook.db.scalars(rows):
        if exercise := exercise_of(cell.name):
            yield _question(gradebook, module, exercise, cell)


def _question(gradebook: Gradebook, module: str, exercise: str, cell: GradeCell) -> Question:
    named = select(SourceCell.source).where(
        SourceCell.notebook_id == cell.notebook_id, SourceCell.name == grade_id(exercise, "statement")
    )
    source = gradebook.db.scalar(named) or ""
    statement = without_scheme(source)
    first, _, rest = statement.partition("\n")
    title = title_in(first)
    return Question(
        module=module,
        exercise=exercise,
        cell_id=cell.id,
        title=title or exercise,
        statement=rest if title else statement,
        scheme=read_scheme(source),
        most=cell.max_score,
    )


def count(gradebook: Gradebook, question: Question) -> Count:
    """Count the answers of a question."""
    rows = gradebook.db.execute(
        select(Grade.needs_manual_grade, Grade.manual_score).where(Grade.cell_id == question.cell_id)
    ).all()
    waiting = sum(1 for waits, _ in rows if waits)
    empty = sum(1 for waits, score in rows if not waits and score is None)
    return Count(read=len(rows) - waiting - empty, waiting=waiting, empty=empty)
