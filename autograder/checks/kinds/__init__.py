"""The kinds of answers an exercise may ask for."""

from autograder.checks.kinds.charts import Chart
from autograder.checks.kinds.choices import Choice, Choices, Match, Order
from autograder.checks.kinds.collections import Sequence, Set
from autograder.checks.kinds.committee import Committee
from autograder.checks.kinds.functions import Function
from autograder.checks.kinds.inbox import Inbox
from autograder.checks.kinds.log import Log
from autograder.checks.kinds.scalars import Boolean, Number, Text
from autograder.checks.kinds.tables import Frame, Series
from autograder.checks.reading import Kind

KINDS: dict[str, Kind] = {
    "number": Number(),
    "text": Text(),
    "boolean": Boolean(),
    "choice": Choice(),
    "choices": Choices(),
    "order": Order(),
    "match": Match(),
    "sequence": Sequence(),
    "set": Set(),
    "series": Series(),
    "frame": Frame(),
    "function": Function(),
    "chart": Chart(),
    "log": Log(),
    "committee": Committee(),
    "inbox": Inbox(),
}

FORM_KINDS = {
    "choice": "choice",
    "choices": "choices",
    "order": "order",
    "match": "match",
    "number": "number",
    "slider": "number",
    "text": "text",
    "log": "log",
    "committee": "committee",
    "inbox": "inbox",
}
"""widget -> kind of the value that it saves."""
