"""Give a mark: in nbgrader's gradebook, where the formgrader, the feedback and the next grading find it."""

from nbgrader.api import Grade, Gradebook
from sqlalchemy import update

from autograder.followup.reading.answers import comment_of, reading_of, state_of
from autograder.followup.reading.questions import Question
from autograder.followup.reading.state import State, join
from autograder.records.keys import key_of
from autograder.records.tables import FIRST, Reading


class Changed(Exception):
    """Somebody gave another mark, or comment, since the page was read; `now` is what stands."""

    def __init__(self, now: State) -> None:
        super().__init__("another mark")
        self.now = now


class OtherText(Exception):
    """The copy was graded again with another text since the page was read."""


def give(gradebook: Gradebook, question: Question, grade: Grade, text: str, seen: State, new: State) -> State:
    """Put `new` in the place of `seen`, and return what stands. Raises Changed or OtherText: nothing is written then.

    Whoever writes holds the gradebook from the first line on: of two readers, the second finds what the first gave.
    """
    hold(gradebook, grade)
    require_text(grade, text)
    now = state_of(gradebook, question, grade, text)
    if not _same(now, seen):
        gradebook.db.rollback()
        raise Changed(now)
    grade.manual_score, grade.needs_manual_grade = new.points, new.waiting
    comment_of(gradebook, grade).manual_comment = new.comment or None
    keep(gradebook, question, grade, FIRST, text, new)
    gradebook.db.commit()
    return state_of(gradebook, question, grade, text)


def hold(gradebook: Gradebook, grade: Grade) -> None:
    """Keep other writers out until the session ends its transaction, and read the grade anew."""
    gradebook.db.execute(
        update(Grade).where(Grade.id == grade.id).values(needs_manual_grade=Grade.needs_manual_grade)
    )
    gradebook.db.expire_all()


def require_text(grade: Grade, text: str) -> None:
    """Raise OtherText when an answer is no longer the text of this fingerprint."""
    if grade.free_answer is not None and grade.free_answer.shown != text:
        raise OtherText


def keep(
    gradebook: Gradebook, question: Question, grade: Grade, reader: str, text: str, given: State
) -> None:
    """Keep what a reader ticked, or forget it when the points are taken back; the caller commits."""
    if given.points is None or given.waiting:
        if kept := reading_of(gradebook, question, grade, reader):
            gradebook.db.delete(kept)
        return
    gradebook.db.merge(
        Reading(
            key=key_of(gradebook.db, grade.student.id),
            module=question.module,
            exercise=question.exercise,
            reader=reader,
            text=text,
            points=given.points,
            criteria=join(given.criteria),
        )
    )


def _same(one: State, other: State) -> bool:
    """Whether two states are the same mark and comment."""
    return (one.points, one.waiting, one.comment.strip()) == (
        other.points,
        other.waiting,
        other.comment.strip(),
    )
