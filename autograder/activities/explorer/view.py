"""What the explorer shows: the words that it offers, and what steps give, ready to be drawn."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.calculations import SUMMARIES
from autograder.activities.explorer.compared import written
from autograder.activities.explorer.filters import DATE_TESTS, TESTS
from autograder.activities.explorer.labels import Titles, distinct
from autograder.activities.explorer.outcome import BadStep, Outcome, kind_of
from autograder.activities.explorer.shapes import ORDERS
from autograder.activities.explorer.steps import explore
from autograder.activities.explorer.values import near, values_of

if TYPE_CHECKING:
    from autograder.activities.explorer.outcome import Tables

SHOWN = 50
"""Rows of the table shown."""
BARS = 30
"""Bars of a chart."""


def describe(tables: "Tables", start: str) -> dict[str, Any]:
    """Return what the page needs to offer: words for tests, orders and calculations, tables that may be joined."""
    return {
        "start": start,
        "tests": [[name, words] for name, words in TESTS.items()],
        "date_tests": [[name, words] for name, words in (TESTS | DATE_TESTS).items()],
        "orders": {kind: list(words) for kind, words in ORDERS.items()},
        "summaries": [[name, words] for name, words in SUMMARIES.items()],
        "others": {name: list(map(str, table.columns)) for name, table in tables.items() if name != start},
    }


def view(steps: object, tables: "Tables", start: str, titles: Titles | None = None) -> dict[str, Any]:
    """Return what steps give, ready to be shown; an impossible step is told, and those before it are shown."""
    error = ""
    try:
        found = explore(steps, tables, start, titles)
    except BadStep as problem:
        error, found = str(problem), _before_the_fault(steps, tables, start, titles)
    table = found.table
    kinds = [kind_of(table[name]) for name in table.columns]
    labels = distinct({str(name): found.label(str(name)) for name in table.columns})
    return {
        "error": error,
        "before": len(tables[start]),
        "rows": len(table),
        "groups": found.groups,
        "missing": found.missing,
        "columns": [
            [str(name), kind, labels[str(name)]] for name, kind in zip(table.columns, kinds, strict=True)
        ],
        "head": [
            [written(value, str(name)) for name, value in zip(table.columns, row, strict=True)]
            for row in table.head(SHOWN).itertuples(index=False)
        ],
        "texts": found.texts,
        "lines": found.lines,
        "value": None if found.value is None else written(found.value),
        "chart": _chart(found),
        "emptied": _emptied(found, steps),
    }


def values(
    message: Mapping[str, Any], tables: "Tables", start: str, titles: Titles | None = None
) -> dict[str, Any]:
    """Return the values of a column after some steps, with their counts; `search` keeps those that contain a text."""
    try:
        found = explore(message.get("steps"), tables, start, titles)
        return values_of(found, message.get("column"), message.get("search"))
    except BadStep as problem:
        return {"error": str(problem)}


def asked(
    given: Callable[[Any], tuple["Tables", str, Titles]],
) -> dict[str, Callable[[Any, Mapping[str, Any]], dict[str, Any]]]:
    """Return what the page may ask, by the name of its message; `given` finds the tables of a form, and their French names."""
    return {
        "explore": lambda form, message: view(message.get("steps"), *given(form)),
        "values": lambda form, message: values(message, *given(form)),
    }


def _before_the_fault(steps: object, tables: "Tables", start: str, titles: Titles | None) -> Outcome:
    try:
        return explore(steps[:-1] if isinstance(steps, list) else [], tables, start, titles)
    except BadStep:
        return explore([], tables, start, titles)


def _emptied(found: Outcome, steps: Any) -> dict[str, Any] | None:
    """Return which step left no row, in which column, and the values that look like those it asked for."""
    if found.emptied is None:
        return None
    step, column = found.emptied.step, found.emptied.column
    return {
        "step": step,
        "column": column,
        "label": found.label(column),
        "near": near(found.emptied, steps[step]),
    }


def _chart(found: Outcome) -> list[list[Any]] | None:
    """Return the bars: label, value as text, and length from 0 to 1 (negative values have none)."""
    if found.chart is None:
        return None
    _, label, of = found.chart
    rows = found.table[[label, of]].dropna().head(BARS)
    longest = max(rows[of].max(), 1e-12) if len(rows) else 1
    return [
        [written(name, label), written(value, of), round(max(0.0, float(value) / longest), 4)]
        for name, value in rows.itertuples(index=False)
    ]
