"""The explorer, as the other rooms see it: it comes beside a number, typed or found by steps, and a table, built by them."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from autograder.activities.explorer import answer, view
from autograder.activities.explorer.labels import Titles, titles_of
from autograder.activities.explorer.slips import slips
from autograder.activities.explorer.steps import ExplorerForm, is_state, reduced, tables_of
from autograder.contract.activity import Activity, Fault
from autograder.data import catalogue
from autograder.data.errors import DataError

if TYPE_CHECKING:
    from autograder.activities.explorer.outcome import Tables


def described(form: ExplorerForm) -> Mapping[str, Any]:
    """Return what the page needs to offer."""
    return view.describe(tables_of(form["explorer"]), form["explorer"]["start"])


def given(form: ExplorerForm) -> tuple["Tables", str, Titles]:
    """Return the tables of a form, the one from which to start, and the French names of their columns."""
    offer = form["explorer"]
    return tables_of(offer), offer["start"], titles_of(offer["tables"])


def datasets(form: ExplorerForm) -> Mapping[tuple[str, ...], str]:
    """Return the datasets offered, by their place in the form."""
    return {("explorer", "tables", name): dataset for name, dataset in form["explorer"]["tables"].items()}


def faults(form: ExplorerForm, exercises: Collection[str]) -> Iterator[Fault]:
    """An explorer starts from a table that it offers, and opens tables of the catalogue."""
    start, tables = form["explorer"]["start"], form["explorer"]["tables"]
    if start not in tables:
        yield ("explorer", "start"), f"« start » doit être un des tableaux proposés ({', '.join(tables)})."
    known = catalogue.read()
    for place, dataset in datasets(form).items():
        try:
            known.resolve(dataset)
        except DataError as error:
            yield place, str(error)


ACTIVITY = Activity(
    name="explorer",
    title="trouver un nombre, ou construire un tableau, sans code : `{start: communes, tables: {communes: communes-2026}}`",
    keys={
        "explorer": {
            "type": "object",
            "additionalProperties": False,
            "required": ["start", "tables"],
            "properties": {
                "start": {"type": "string"},
                "tables": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {"type": "string"},
                },
            },
        }
    },
    public=("explorer",),
    beside=("number", "table"),
    owns=is_state,
    read=answer.read,
    static=answer.static,
    judged=reduced,
    described=described,
    asked=view.asked(given),
    datasets=datasets,
    faults=faults,
    slips=slips,
)
