"""What an author writes of a rule: the table, what is sought in it, what a rule may bear on, and the goal."""

import re
from typing import Any, Literal, NotRequired, TypedDict

Cell = float | str
Row = dict[str, Cell]

CONDITIONS = 3
"""Conditions that a rule may have, unless the form says."""


class Threshold(TypedDict):
    """The only number that is asked: the rows whose criterion passes the `test` with it are caught."""

    test: Literal["ge", "le", "gt", "lt"]
    min: float
    max: float
    step: NotRequired[float]
    unit: NotRequired[str]


class Cost(TypedDict):
    """What a row caught costs, since somebody looks at it, and what a row missed costs."""

    caught: float
    missed: float
    unit: str


class RuleForm(TypedDict):
    """`sought`: the column and the value of the rows to catch; `criteria`: column -> its name, for those that a rule may bear on."""

    rows: list[Row]
    sought: dict[str, Cell]
    criteria: dict[str, str]
    goal: dict[str, float]
    conditions: NotRequired[int]
    threshold: NotRequired[Threshold]
    cost: NotRequired[Cost]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


TESTS = ["ge", "le", "gt", "lt"]

SCHEMA: dict[str, dict[str, Any]] = {
    "rows": {
        "oneOf": [
            {"type": "array", "items": {"type": "object", "minProperties": 2}},
            {"type": "object", "required": ["compute"], "maxProperties": 1},
        ]
    },
    "sought": {"type": "object", "minProperties": 1, "maxProperties": 1},
    "criteria": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "string", "minLength": 1},
    },
    "goal": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            name: {"type": "number", "minimum": 0} for name in ("missed", "wrong", "caught", "cost")
        },
    },
    "conditions": {"type": "integer", "minimum": 1, "maximum": 4},
    "threshold": {
        "type": "object",
        "additionalProperties": False,
        "required": ["test", "min", "max"],
        "properties": {
            "test": {"enum": TESTS},
            "min": {"type": "number"},
            "max": {"type": "number"},
            "step": {"type": "number", "exclusiveMinimum": 0},
            "unit": {"type": "string"},
        },
    },
    "cost": {
        "type": "object",
        "additionalProperties": False,
        "required": ["caught", "missed", "unit"],
        "properties": {
            "caught": {"type": "number", "minimum": 0},
            "missed": {"type": "number", "minimum": 0},
            "unit": {"type": "string", "minLength": 1},
        },
    },
}


def is_number(form: RuleForm, column: str) -> bool:
    """Tell whether a column holds numbers."""
    return not isinstance(form["rows"][0][column], str)


def unit(form: RuleForm, column: str) -> str:
    """Return the unit of a column, which its name says last: « Aide moyenne (€) »; "" when it says none."""
    found = re.search(r"\(([^()]+)\)$", form["criteria"][column].strip())
    return found[1] if found else ""


def is_sought(form: RuleForm, row: Row) -> bool:
    """Tell whether a row is one of those to catch."""
    ((column, value),) = form["sought"].items()
    return row[column] == value
