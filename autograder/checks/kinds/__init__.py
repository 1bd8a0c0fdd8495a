"""The kinds of answers an exercise may ask for. Those of activities are in their folders."""

from typing import Any

from autograder.activities import registry
from autograder.checks.kinds.charts import Chart
from autograder.checks.kinds.choices import Choice, Choices, Labels, Match, Order
from autograder.checks.kinds.collections import Sequence, Set
from autograder.checks.kinds.functions import Function
from autograder.checks.kinds.log import Log
from autograder.checks.kinds.scalars import Boolean, Number, Text
from autograder.checks.kinds.tables import Frame, Series
from autograder.contract.kinds import Kind

KINDS: dict[str, Kind[Any]] = {
    "number": Number(),
    "text": Text(),
    "boolean": Boolean(),
    "choice": Choice(),
    "choices": Choices(),
    "order": Order(),
    "match": Match(),
    "labels": Labels(),
    "sequence": Sequence(),
    "set": Set(),
    "series": Series(),
    "frame": Frame(),
    "function": Function(),
    "chart": Chart(),
    "log": Log(),
}

FORM_KINDS = {
    "choice": "choice",
    "choices": "choices",
    "order": "order",
    "match": "match",
    "labels": "labels",
    "number": "number",
    "slider": "number",
    "table": "frame",
    "text": "text",
    "log": "log",
}
"""ordinary widget -> kind of the value that it saves. `labels` has no control of its own: an activity draws it."""


def kind_of(name: str) -> Kind[Any]:
    """Return a kind, ordinary or of an activity. Raises LookupError for any other name."""
    kind = KINDS.get(name) or registry.load(name).kind
    if kind is None:
        raise LookupError(name)
    return kind


def kind_of_widget(widget: str) -> str:
    """Return the name of the kind of what a widget saves: an activity has the same name for both."""
    return FORM_KINDS.get(widget, widget)
