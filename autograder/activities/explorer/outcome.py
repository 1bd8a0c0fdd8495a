"""What steps have given so far: the table, its pandas lines, its French sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.labels import Titles, in_sentence

if TYPE_CHECKING:
    import pandas

    Tables = Mapping[str, pandas.DataFrame]

START, RESULT = "resultat", "valeur"
MAX_TEXT = 200
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SAMPLE = 50
"""Values looked at to tell what a column holds."""

Step = Mapping[str, Any]


class BadStep(ValueError):
    """A step that cannot be done; the message is French and says what to change."""


@dataclass
class Emptied:
    """The filter after which no row is left, and the column as it was before."""

    step: int
    column: str
    before: "pandas.Series[Any]"


@dataclass
class Outcome:
    """What the steps give: a table, perhaps a number or a chart drawn from it. `lines` and `texts` go with the steps.

    `missing` counts the rows that filters left aside because they have no value in the column asked; `groups` tells that a row is a
    group of rows. `labels` are the French names of columns, `titles` those of each table offered.
    """

    table: "pandas.DataFrame"
    value: float | None = None
    chart: tuple[str, str, str] | None = None
    missing: int = 0
    groups: bool = False
    emptied: Emptied | None = None
    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    titles: Titles = field(default_factory=dict)

    def tell(self, expression: str, text: str) -> None:
        """Add the line of a step that gives a table, and its sentence."""
        self.lines.append(f"{START} = {expression}")
        self.texts.append(text)

    def conclude(self, line: str, text: str) -> None:
        """Add the line of a last step, and its sentence."""
        self.lines.append(line)
        self.texts.append(text)

    def column(self, name: object) -> str:
        """Return a column of the table. Raises BadStep."""
        if not isinstance(name, str) or name not in self.table.columns:
            missing = f" : « {name[:MAX_TEXT]} » n’y est pas" if isinstance(name, str) and name else ""
            raise BadStep(f"Choisissez une colonne de ce tableau{missing}.")
        return name

    def numbers(self, name: object) -> str:
        """Return a column of numbers. Raises BadStep."""
        column = self.column(name)
        if kind_of(self.table[column]) != "number":
            raise BadStep(
                f"La colonne « {self.label(column)} » contient des textes : choisissez une colonne de nombres."
            )
        return column

    def label(self, column: str) -> str:
        """Return the French name of a column."""
        return self.labels.get(column, column)

    def said(self, column: str) -> str:
        """Return the French name of a column, as it is written inside a sentence."""
        return in_sentence(self.label(column))


def kind_of(series: "pandas.Series[Any]") -> str:
    """Tell what a column holds: number, truth, date, or text, which is all the rest."""
    if series.dtype.kind in "iuf":
        return "number"
    sample = series.dropna().head(SAMPLE)
    if len(sample) and all(isinstance(value, bool) for value in sample.tolist()):
        return "truth"
    if len(sample) and all(isinstance(value, str) and ISO_DATE.match(value) for value in sample):
        return "date"
    return "text"


def quoted(value: float | str) -> str:
    """Return a value as Python writes it, a text in double quotes as the course does."""
    if not isinstance(value, str):
        return repr(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
