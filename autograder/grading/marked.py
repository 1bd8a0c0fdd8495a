"""Which text of a free answer a person marked: a small table of our own in nbgrader's gradebook.

A mark is given in the formgrader, that shows the text of the last grading. So each grading keeps the fingerprint of
its text; and the next one, when it finds a mark that nobody asks for any more, knows what that mark was given to.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import (
    Base,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import is_grade, is_solution
from sqlalchemy import Column, ForeignKey, String, select
from sqlalchemy.orm import backref, relationship

from autograder.grading.waiting import free_cells


class FreeAnswer(Base):  # type: ignore[misc]
    """One row per free answer; `Gradebook` makes the table when it opens. Goes with its grade."""

    __tablename__ = "campus_free_answer"

    grade_id = Column(String(32), ForeignKey("grade.id"), primary_key=True)
    shown = Column(String(64), nullable=False)
    """Fingerprint of the text that the formgrader shows."""
    marked = Column(String(64))
    """Fingerprint of the text that the mark was given to; None when nobody gave one."""
    grade = relationship(Grade, backref=backref("free_answer", uselist=False, cascade="all, delete-orphan"))


def is_free(cell: NotebookNode) -> bool:
    """Whether a person gives the points of this answer."""
    return bool(is_grade(cell) and is_solution(cell))


def fingerprint(cell: NotebookNode) -> str:
    """Return a hash of an answer: its text, whatever the ends of lines, and its pictures."""
    lines = [line.rstrip() for line in cell.source.strip().splitlines()]
    return hashlib.sha256(
        json.dumps([lines, cell.get("attachments") or {}], sort_keys=True).encode()
    ).hexdigest()


def is_settled(grade: Grade) -> bool:
    """Whether a person gave this mark, and nothing changed since."""
    return grade.manual_score is not None and not grade.needs_manual_grade


def ask_again(grade: Grade, answer: str) -> bool:
    """Record the text that is being graded, by its fingerprint; return whether it differs from the one that was marked.

    To be called before anything of the row is changed.
    """
    if grade.free_answer is None:
        grade.free_answer = FreeAnswer(shown=answer)
        return True
    kept: Any = grade.free_answer
    if is_settled(grade):
        kept.marked = kept.shown
    kept.shown = answer
    return bool(kept.marked != answer)


def adopt(gradebook: Gradebook, module: str, autograded: Path) -> None:
    """Record what was marked before this table was kept, from the graded copies (`autograded/<learner>/<module>`).

    To be called before a grading replaces them.
    """
    unknown = (
        select(SubmittedAssignment.student_id, BaseCell.name, Grade)
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .where(Grade.cell_id.in_(free_cells(gradebook, module)), ~Grade.free_answer.has())
        .where(Grade.manual_score.is_not(None), Grade.needs_manual_grade.is_(False))
    )
    for learner, name, grade in gradebook.db.execute(unknown).all():
        texts = _answers(autograded / learner / module / f"{module}.ipynb")
        if name in texts:
            gradebook.db.add(FreeAnswer(grade=grade, shown=texts[name]))
    gradebook.db.commit()


def _answers(path: Path) -> dict[str, str]:
    """Return the fingerprint of each free answer of a graded copy; nothing when it cannot be read."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:  # nbformat raises anything on a damaged file: the mark is then asked again
        return {}
    return {cell.metadata.nbgrader.grade_id: fingerprint(cell) for cell in notebook.cells if is_free(cell)}
