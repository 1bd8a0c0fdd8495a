"""The second reading, on a sample: blind to the first one, kept apart from the marks, compared with them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Grade, Gradebook
from sqlalchemy import select

from autograder.followup.reading.agreement import Agreement, agreement
from autograder.followup.reading.answers import Answer, answers, grades, reading_of
from autograder.followup.reading.marking import hold, keep, require_text
from autograder.followup.reading.questions import Question
from autograder.followup.reading.state import UNREAD, State, split
from autograder.records.tables import FIRST, Reading

LEAST = 10
"""Answers of a sample, or all of them."""
ONE_IN = 5
MAX_NAME = 40


@dataclass(frozen=True)
class Pair:
    """An answer that was read twice."""

    answer: Answer
    second: State


@dataclass(frozen=True)
class Compared:
    """What one second reader read, beside the marks."""

    reader: str
    pairs: tuple[Pair, ...]
    figures: Agreement

    @property
    def disagreements(self) -> list[Pair]:
        """Return the answers that got two marks, those furthest apart first."""
        apart = [(abs(_gap(pair)), pair) for pair in self.pairs if _gap(pair)]
        return [pair for _, pair in sorted(apart, key=lambda one: -one[0])]


def size(count: int) -> int:
    """Return how many answers are read twice: one in five, ten at least, or all."""
    return min(count, max(LEAST, -(-count // ONE_IN)))


def drawn(ids: Iterable[str]) -> set[str]:
    """Return the answers of the sample. The draw is kept: it depends on the identifiers that nbgrader drew, and on nothing else."""
    ranked = sorted(ids, key=lambda one: hashlib.sha256(one.encode()).hexdigest())
    return set(ranked[: size(len(ranked))])


def sample(gradebook: Gradebook, question: Question, course: Path, reader: str) -> list[Answer]:
    """Return the answers of the sample with what this reader gave them: nothing of the first reading is in it."""
    chosen = drawn(grade.id for grade in grades(gradebook, question))
    return [
        Answer(one.id, "", one.html, one.text, _own(gradebook, question, one, reader))
        for one in answers(gradebook, question, course)
        if one.id in chosen
    ]


def give_second(
    gradebook: Gradebook, question: Question, grade: Grade, reader: str, text: str, new: State
) -> State:
    """Keep the points of a second reader. The mark stays as it is. Raises OtherText."""
    hold(gradebook, grade)
    require_text(grade, text)
    keep(gradebook, question, grade, reader, text, new)
    gradebook.db.commit()
    return State(new.points, new.points is None, "", new.criteria)


def compared(gradebook: Gradebook, question: Question, course: Path) -> list[Compared]:
    """Return, for each second reader, the answers whose present text both have read, and how far they agree."""
    read = [one for one in answers(gradebook, question, course) if not one.state.waiting]
    return [
        Compared(reader, pairs, _figures(pairs))
        for reader in readers(gradebook, question)
        if (pairs := tuple(_pairs(gradebook, question, reader, read)))
    ]


def readers(gradebook: Gradebook, question: Question) -> list[str]:
    """Return the names that the second readers of a question gave."""
    rows: Any = select(Reading.reader).where(
        Reading.module == question.module, Reading.exercise == question.exercise, Reading.reader != FIRST
    )
    return sorted(set(gradebook.db.scalars(rows)))


def _own(gradebook: Gradebook, question: Question, answer: Answer, reader: str) -> State:
    grade = gradebook.db.get(Grade, answer.id)
    kept = reading_of(gradebook, question, grade, reader)
    if kept is None or kept.text != answer.text:
        return UNREAD
    return State(float(kept.points), False, "", split(str(kept.criteria)))


def _pairs(gradebook: Gradebook, question: Question, reader: str, read: list[Answer]) -> Iterable[Pair]:
    for answer in read:
        second = _own(gradebook, question, answer, reader)
        if not second.waiting:
            yield Pair(answer, second)


def _figures(pairs: tuple[Pair, ...]) -> Agreement:
    return agreement(
        [pair.answer.state.points or 0.0 for pair in pairs], [pair.second.points or 0.0 for pair in pairs]
    )


def _gap(pair: Pair) -> float:
    return (pair.answer.state.points or 0.0) - (pair.second.points or 0.0)
