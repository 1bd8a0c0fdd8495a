"""The explorer's steps: what each does to a table, and the pandas line that does the same.

A state is a list of steps in JSON, from a page or an answers file: nothing in it is ever executed as code. It is read
against the tables offered, then applied with pandas; `lines` writes the same for people.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

from autograder.activities.explorer.calculations import chart, group, summary
from autograder.activities.explorer.filters import keep_rows
from autograder.activities.explorer.labels import Titles, titles_of
from autograder.activities.explorer.outcome import START, BadStep, Outcome, Step
from autograder.activities.explorer.shapes import first_rows, join, keep_columns, sort
from autograder.contract.kinds import Unreadable

if TYPE_CHECKING:
    import pandas

    from autograder.activities.explorer.outcome import Tables


class Offer(TypedDict):
    """What a form offers: tables by their names, each a dataset of the catalogue, and the one from which to start."""

    start: str
    tables: dict[str, str]


class ExplorerForm(TypedDict):
    """What the explorer reads of a form; its widget says whether a number or a table answers."""

    widget: str
    explorer: Offer


MAX_STEPS = 20
NO_TABLE = "Votre exploration donne un nombre, et la question demande un tableau : retirez la dernière étape."
NO_NUMBER = "Votre exploration ne donne pas un nombre : terminez-la par « Calculer un seul nombre »."

DO: "dict[str, Callable[[Outcome, Step, Tables], None]]" = {
    "filter": keep_rows,
    "sort": sort,
    "group": group,
    "summary": summary,
    "keep": keep_columns,
    "join": join,
    "head": first_rows,
    "chart": chart,
}


def explore(steps: object, tables: "Tables", start: str, titles: Titles | None = None) -> Outcome:
    """Apply steps to the table named `start`. Raises BadStep for anything that is not a step on these tables."""
    if not isinstance(steps, Sequence) or isinstance(steps, str) or len(steps) > MAX_STEPS:
        raise BadStep(f"Gardez au plus {MAX_STEPS} étapes.")
    titles = titles or {}
    found = Outcome(
        tables[start], lines=[f"{START} = {start}"], labels=dict(titles.get(start, {})), titles=titles
    )
    for step in steps:
        if not isinstance(step, Mapping) or str(step.get("op")) not in DO:
            raise BadStep("Cette étape n’existe pas dans l’explorateur.")
        if found.value is not None or found.chart is not None:
            raise BadStep("Après un résultat ou un graphique, il n’y a plus d’étape : retirez-le d’abord.")
        DO[str(step["op"])](found, step, tables)
    return found


def explored(form: ExplorerForm, steps: object) -> Outcome:
    """Apply steps to the tables that a form offers, with their French names. Raises BadStep."""
    offer = form["explorer"]
    return explore(steps, tables_of(offer), offer["start"], titles_of(offer["tables"]))


def number_of(value: object, tables: "Tables", start: str) -> object:
    """Return the number that an explorer's answer gives; any other answer as it is; Unreadable when it gives none."""
    found = _done_again(value, tables, start)
    if not isinstance(found, Outcome):
        return found
    return Unreadable(NO_NUMBER) if found.value is None else found.value


def table_of(value: object, tables: "Tables", start: str) -> object:
    """Return the table that an explorer's answer gives; any other answer as it is; Unreadable when it gives something else."""
    found = _done_again(value, tables, start)
    if not isinstance(found, Outcome):
        return found
    return found.table if found.value is None else Unreadable(NO_TABLE)


def _done_again(value: object, tables: "Tables", start: str) -> object:
    if not is_state(value):
        return value
    try:
        return explore(value["steps"], tables, start)  # type: ignore[index]
    except BadStep as error:
        return Unreadable(f"Votre exploration n’a pas pu être refaite. {error}")


def reduced(form: ExplorerForm, value: Any) -> object:
    """Return the number, or the table, that the steps of an answer give, on our own tables."""
    given = tables_of(form["explorer"]), form["explorer"]["start"]
    return table_of(value, *given) if form["widget"] == "table" else number_of(value, *given)


def tables_of(offer: Offer) -> "dict[str, pandas.DataFrame]":
    """Return the tables that a form offers, from the catalogue: {"communes": "communes-2026", …}."""
    return {name: _table(dataset) for name, dataset in offer["tables"].items()}


@cache
def _table(dataset: str) -> "pandas.DataFrame":
    from autograder.data.load import load

    name, _, vintage = dataset.rpartition("-")
    return load(name, vintage) if vintage.isdecimal() else load(dataset)


def is_state(value: object) -> bool:
    """Whether an answer is an explorer's state, and not a number typed."""
    return isinstance(value, Mapping) and set(value) == {"steps"}
