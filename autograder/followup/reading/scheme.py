"""The mark scheme of a free answer, read as criteria that each bring points."""

import re
from dataclasses import dataclass

from autograder.modules.notebook_text import MARK_SCHEME

ITEM = re.compile(r"^(\d+)\.[ \t]+(.*?)(?=^\d+\.[ \t]|\Z)", re.DOTALL | re.MULTILINE)
TITLE = re.compile(r"\*\*(.+?)\*\*\s*:?\s*(.*)", re.DOTALL)
UNTITLED = "Élément {number}"


@dataclass(frozen=True)
class Criterion:
    """One line of the numbered list of a scheme."""

    number: int
    title: str
    text: str
    """In Markdown, like the scheme."""


@dataclass(frozen=True)
class Scheme:
    """What a scheme says to all, and its criteria; none where it has no numbered list."""

    said: str
    criteria: tuple[Criterion, ...]

    def points(self, most: float) -> float:
        """Return what a criterion brings: equal parts of the points of the question."""
        return most / len(self.criteria)


def read_scheme(statement: str) -> Scheme:
    """Return the scheme that a statement holds, as nbgrader's gradebook keeps it."""
    found = MARK_SCHEME.search(statement)
    text = found.group(1) if found else ""
    said, *_ = ITEM.split(text, maxsplit=1)
    return Scheme(said.strip(), tuple(_criterion(int(n), body.strip()) for n, body in ITEM.findall(text)))


def without_scheme(statement: str) -> str:
    """Return a statement as learners see it."""
    return MARK_SCHEME.sub("", statement).strip()


def _criterion(number: int, body: str) -> Criterion:
    titled = TITLE.fullmatch(body)
    return Criterion(number, *(titled.groups() if titled else (UNTITLED.format(number=number), body)))
