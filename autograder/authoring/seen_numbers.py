"""The numbers of the tables that stand beside a question, with their places: what to say to whoever copies one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from autograder.authoring.running import CellRun
from autograder.checks.kinds.scalars import canonical_number
from autograder.french.numbers import read
from autograder.modules.model import Module
from autograder.modules.steps import steps_of

SEEN = (
    "« {number} » se lit dans le tableau{caption}{place}. Est-ce bien cette case que la question demande, et faut-il encore "
    "un calcul ?"
)
SMALLEST = 10
"""Whole numbers below are everywhere: finding one says nothing."""


@dataclass
class Table:
    """A table as it is shown: texts of its caption, its header cells and its rows."""

    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(Table())
        if not self.tables:
            return
        if tag == "tr":
            self.tables[-1].rows.append([])
        if tag in ("caption", "th", "td"):
            self._into = []

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._into is None or tag not in ("caption", "th", "td"):
            return
        text, table, self._into = "".join(self._into).strip(), self.tables[-1], None
        if tag == "caption":
            table.caption = text
        elif table.rows:
            table.rows[-1].append(text)


def tables_in(page: str) -> list[Table]:
    """Return the tables of a page of HTML; their first row heads the columns."""
    reader = _Reader()
    reader.feed(page)
    for table in reader.tables:
        if table.rows:
            table.heads = table.rows.pop(0)
    return reader.tables


def beside(module: Module, exercise: str, runs: Iterable[CellRun]) -> dict[str, str]:
    """Return what is said of each number shown in the step of an exercise, by its canonical text."""
    lines = {
        cell.line
        for step in steps_of(module.cells)
        if any(cell.exercise == exercise for cell in step.cells)
        for cell in step.cells
    }
    found: dict[str, str] = {}
    for run in runs:
        if run.cell.line in lines and run.cell.role in ("example", "tool"):
            for table in tables_in(run.page):
                for canonical, message in _said(table):
                    found.setdefault(canonical, message)
    return found


def _said(table: Table) -> Iterator[tuple[str, str]]:
    caption = f" « {table.caption} »" if table.caption else ""
    for row in table.rows:
        for index, text in enumerate(row):
            number = read(text)
            if number is None or (abs(number) < SMALLEST and number % 1 == 0):
                continue
            place = f", colonne « {table.heads[index]} »" if index < len(table.heads) else ""
            place += f", ligne « {row[0]} »" if index else ""
            yield canonical_number(number), SEEN.format(number=text, caption=caption, place=place)
