"""The explorer: a table explored by choices, each shown with the pandas line that does the same.

The page sends the whole list of steps; the kernel answers with what they give (`view`). In an exercise, the list is an answer,
judged by the number that it gives; alone, `explore(communes)` is for looking.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import pandas
import traitlets

from autograder.checks.explorer import SUMMARIES, TESTS, BadStep, Outcome
from autograder.checks.explorer import explore as apply
from autograder.forms.static import Notice, widgets_allowed
from autograder.forms.values import french_number

HERE = Path(__file__).parent
SHOWN = 10
"""Rows of the table shown, and bars of a chart."""
BARS = 30
START = "table"
ONLY_TABLES = "L’explorateur montre des tableaux (DataFrame) : par exemple `explore(communes)`."
NOT_GRADED = "Explorateur : il ne sert qu’à regarder, rien n’y est noté."

# The script of the forms holds the small helpers that the explorer uses.
SCRIPT = (HERE / "panel.js").read_text(encoding="utf-8") + (HERE / "explorer.js").read_text(encoding="utf-8")
STYLE = (HERE / "panel.css").read_text(encoding="utf-8") + (HERE / "explorer.css").read_text(encoding="utf-8")


class Explorer(anywidget.AnyWidget):
    """An explorer on its own. `form` says what to draw, as that of a panel."""

    _esm = SCRIPT
    _css = STYLE

    form = traitlets.Dict().tag(sync=True)

    def __init__(self, tables: Mapping[str, pandas.DataFrame], start: str) -> None:
        super().__init__(form={"widget": "explore", "explorer": describe(tables, start)})
        self._tables, self._start = tables, start
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Explorateur de {self._start}"

    def _receive(self, _: object, message: Mapping[str, Any], _buffers: object) -> None:
        self.send(
            {
                "request": message.get("request"),
                "explore": view(message.get("steps"), self._tables, self._start),
            }
        )


def explore_table(table: object, **others: object) -> Explorer | Notice:
    """Show an explorer of `table`; `others` may be joined to it, by the names that they are given here."""
    name = _name_of(table, sys._getframe(1).f_globals)
    tables = {name: table, **others}
    if not all(isinstance(one, pandas.DataFrame) for one in tables.values()):
        return Notice(ONLY_TABLES)
    if not widgets_allowed():
        return Notice(NOT_GRADED)
    return Explorer({key: one for key, one in tables.items() if isinstance(one, pandas.DataFrame)}, name)


def describe(tables: Mapping[str, pandas.DataFrame], start: str) -> dict[str, Any]:
    """Return what the page needs to offer: words for tests and calculations, tables that may be joined."""
    return {
        "start": start,
        "tests": [[name, words] for name, words in TESTS.items()],
        "summaries": [[name, words] for name, words in SUMMARIES.items()],
        "others": {name: list(map(str, table.columns)) for name, table in tables.items() if name != start},
    }


def view(steps: object, tables: Mapping[str, pandas.DataFrame], start: str) -> dict[str, Any]:
    """Return what steps give, ready to be shown; an impossible step is told, and those before it are shown."""
    error = ""
    try:
        found = apply(steps, tables, start)
    except BadStep as problem:
        error = str(problem)
        good = steps[:-1] if isinstance(steps, list) else []
        try:
            found = apply(good, tables, start)
        except BadStep:
            found = apply([], tables, start)
    return {
        "error": error,
        "before": len(tables[start]),
        "rows": len(found.table),
        "missing": found.missing,
        "columns": [[str(name), found.table[name].dtype.kind in "iuf"] for name in found.table.columns],
        "head": [
            [_written(value) for value in row] for row in found.table.head(SHOWN).itertuples(index=False)
        ],
        "texts": found.texts,
        "lines": found.lines,
        "value": None if found.value is None else _number(found.value),
        "chart": _chart(found),
    }


def _chart(found: Outcome) -> list[list[Any]] | None:
    """Return the bars: label, value as text, and length from 0 to 1 (negative values have none)."""
    if found.chart is None:
        return None
    _, label, of = found.chart
    rows = found.table[[label, of]].dropna().head(BARS)
    longest = max(rows[of].max(), 1e-12) if len(rows) else 1
    return [
        [_written(name), _number(float(value)), round(max(0.0, float(value) / longest), 4)]
        for name, value in rows.itertuples(index=False)
    ]


def _written(value: Any) -> str:
    if value is None or value is pandas.NA or value != value:
        return "(vide)"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(float(value))
    return str(value)[:200]


def _number(value: float) -> str:
    """Return a number as French readers write it, with at most two decimals."""
    text = french_number(round(value, 2)) if not value.is_integer() else f"{int(value)}"
    whole, comma, decimals = text.partition(",")
    return f"{int(whole):,}".replace(",", "\u202f") + comma + decimals if abs(value) >= 1 else text


def _name_of(table: object, namespace: Mapping[str, Any]) -> str:
    names = [name for name, value in namespace.items() if value is table and not name.startswith("_")]
    return names[0] if names else START
