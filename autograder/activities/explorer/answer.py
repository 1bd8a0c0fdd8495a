"""An exploration as the answers file keeps it, and as a page without script shows it."""

import json
from collections.abc import Iterator
from typing import Any

from autograder.activities.explorer.outcome import BadStep
from autograder.activities.explorer.steps import ExplorerForm, explored
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.french.numbers import short
from autograder.html import listed

MAX_STATE = 8_000
"""Characters of a list of steps."""


def read(form: ExplorerForm, raw: Any) -> Value:
    """Return a list of steps, of a bounded size; whether they make sense is judged on the tables."""
    steps = raw["steps"]
    if not isinstance(steps, list) or len(json.dumps(steps)) > MAX_STATE:
        raise UnreadableAnswer("Cette exploration a trop d’étapes pour être enregistrée : retirez-en.")
    return {"steps": steps}


def static(form: ExplorerForm, value: Any) -> str:
    """Return the steps of an exploration in words, as an HTML list."""
    return listed(_texts(form, value), "ol")


def _texts(form: ExplorerForm, value: Any) -> Iterator[str]:
    try:
        found = explored(form, value["steps"])
    except BadStep as error:
        yield str(error)
        return
    yield from found.texts
    rows = f"un tableau de {len(found.table)} ligne{'s' if len(found.table) > 1 else ''}"
    if found.value is not None or form["widget"] == "table":
        yield f"Résultat : {rows if found.value is None else short(found.value)}"
