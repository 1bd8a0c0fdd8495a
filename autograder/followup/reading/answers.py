"""The answers to a question, of all the graded copies: their texts, and what stands for each in nbgrader's gradebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.api import BaseCell, Comment, Grade, Gradebook
from sqlalchemy import select

from autograder.contract.names import name_of
from autograder.followup.reading.questions import Question
from autograder.followup.reading.state import State, split
from autograder.followup.reading.texts import shown
from autograder.grading.marked import fingerprint
from autograder.records.tables import FIRST, Person, Reading

LOST = (
    "La copie corrigée n’est plus à sa place : relancez « campus grade {module} », puis rechargez cette page."
)


@dataclass(frozen=True)
class Answer:
    """One answer. `id` is that of its grade, drawn by nbgrader: it says nothing of the learner."""

    id: str
    learner: str
    html: Markup
    text: str
    """Fingerprint of the text; "" where the copy cannot be read."""
    state: State


def answers(gradebook: Gradebook, question: Question, course: Path) -> list[Answer]:
    """Return the answers to a question in an order that says nothing of the learners; those left as released are not there."""
    return [_answer(gradebook, question, grade, course) for grade in grades(gradebook, question)]


def grades(gradebook: Gradebook, question: Question) -> list[Grade]:
    """Return nbgrader's rows of the answers to a question, in the order of their random names."""
    rows = select(Grade).where(Grade.cell_id == question.cell_id).order_by(Grade.id)
    return [
        one for one in gradebook.db.scalars(rows) if one.needs_manual_grade or one.manual_score is not None
    ]


def state_of(gradebook: Gradebook, question: Question, grade: Grade, text: str) -> State:
    """Return what stands for an answer, whose text has this fingerprint."""
    comment = comment_of(gradebook, grade).manual_comment
    return State(
        points=grade.manual_score,
        waiting=grade.needs_manual_grade,
        comment=comment or "",
        criteria=_criteria(gradebook, question, grade, text),
    )


def comment_of(gradebook: Gradebook, grade: Grade) -> Comment:
    """Return nbgrader's row of the comment on an answer."""
    return gradebook.db.scalar(
        select(Comment)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .where(Comment.notebook_id == grade.notebook_id, BaseCell.name == grade.name)
    )


def reading_of(gradebook: Gradebook, question: Question, grade: Grade, reader: str) -> Reading | None:
    """Return what a reader ticked in an answer, whatever its text was then."""
    kept: Reading | None = gradebook.db.scalar(
        select(Reading)
        .join(Person, Person.key == Reading.key)
        .where(Person.learner == grade.student.id, Reading.reader == reader)
        .where(Reading.module == question.module, Reading.exercise == question.exercise)
    )
    return kept


def _criteria(gradebook: Gradebook, question: Question, grade: Grade, text: str) -> tuple[int, ...]:
    """Return what was ticked for the mark that stands; nothing where it was changed elsewhere, or given to another text."""
    kept = reading_of(gradebook, question, grade, FIRST)
    holds = kept is not None and kept.text == text and kept.points == grade.manual_score
    return split(str(kept.criteria)) if kept is not None and holds else ()


def _answer(gradebook: Gradebook, question: Question, grade: Grade, course: Path) -> Answer:
    learner = grade.student.id
    cell = _cell(
        course / "autograded" / learner / question.module / f"{question.module}.ipynb", question.cell
    )
    text = fingerprint(cell) if cell else ""
    return Answer(
        id=grade.id,
        learner=learner,
        html=shown(cell) if cell else Markup("<p>{}</p>").format(LOST.format(module=question.module)),
        text=text,
        state=state_of(gradebook, question, grade, text),
    )


def _cell(path: Path, name: str) -> NotebookNode | None:
    """Return a cell of a graded copy; None when the copy cannot be read."""
    return next((cell for cell in _cells(path) if name_of(cell) == name), None)


def _cells(path: Path) -> Iterator[Any]:
    try:
        yield from nbformat.v4.reads_json(path.read_text(encoding="utf-8")).cells
    except Exception:  # whatever a damaged file raises: the page says it
        return
