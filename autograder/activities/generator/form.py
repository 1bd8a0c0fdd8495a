"""What an author writes of a model to train, and the ordinary form of what is only read of it."""

from typing import Any, NotRequired, TypedDict

from autograder.contract.forms import Form

MEASURES = {
    "real": "Noms qui existent déjà",
    "invented": "Noms inventés",
    "credible": "Noms inventés et crédibles",
    "distinct": "Noms différents",
}
"""What is measured of the names drawn."""

UNIT = "%"
"""A number that is read is a share of the names drawn."""

LEAST_SECONDS, SECONDS = 60, 15
"""To train once and read what is measured; to try each other setting."""


class Corpus(TypedDict):
    """The names to learn: a dataset with its vintage, a column, and the value that other columns must have."""

    dataset: str
    column: str
    where: NotRequired[dict[str, str]]


class GeneratorForm(TypedDict):
    """`orders`, `temperatures`: what may be set; `reach`: measure -> the least share of the names drawn, in per cent.

    With a goal, the answer is a setting. Without, it is a share read, in per cent.
    """

    widget: str
    label: str
    corpus: Corpus
    orders: list[int]
    temperatures: list[float]
    measures: NotRequired[list[str]]
    """What is shown; all by default."""
    reach: NotRequired[dict[str, float]]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


SCHEMA: dict[str, dict[str, Any]] = {
    "corpus": {
        "type": "object",
        "additionalProperties": False,
        "required": ["dataset", "column"],
        "properties": {
            "dataset": {"type": "string"},
            "column": {"type": "string"},
            "where": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    },
    "orders": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"type": "integer", "minimum": 1, "maximum": 6},
    },
    "temperatures": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"type": "number", "minimum": 0, "maximum": 5},
    },
    "measures": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"enum": list(MEASURES)},
    },
    "reach": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": list(MEASURES)},
        "additionalProperties": {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
    },
}

REQUIRED = ("corpus", "orders", "temperatures")


def ordinary(form: Any) -> Form:
    """Return the form that takes the same answers: a share, unless a setting has to reach a goal."""
    return form if "reach" in form else {"widget": "number", "label": form["label"], "unit": UNIT}


def seconds(form: GeneratorForm) -> float:
    """Return what it takes to try the settings that are offered."""
    return LEAST_SECONDS + SECONDS * (len(form["orders"]) + len(form["temperatures"]) - 2)
