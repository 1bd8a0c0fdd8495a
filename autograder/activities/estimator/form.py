"""What an author writes of an estimator, and the ordinary form that takes the same answers."""

import string
from collections.abc import Collection, Iterator
from typing import Any, NotRequired, TypedDict

from autograder.contract.activity import Fault
from autograder.contract.forms import Form

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
OTHERS = string.punctuation + "£€§µ°"
"""The 37 special signs: those of a keyboard, and five more of a French one."""

POOLS = {
    "digits": ("chiffres", DIGITS),
    "lower": ("minuscules", LOWER),
    "lower-digits": ("minuscules et chiffres", LOWER + DIGITS),
    "letters-digits": ("minuscules, majuscules et chiffres", LOWER + UPPER + DIGITS),
    "all": (
        f"minuscules, majuscules, chiffres et {len(OTHERS)} signes spéciaux",
        LOWER + UPPER + DIGITS + OTHERS,
    ),
}
"""key -> what one draws from, in words, and its signs."""

MOST = 30
"""Draws that the slider reaches."""

SECONDS = 75
"""To try some settings and to read what each gives."""


class Word(TypedDict):
    """A password that somebody chose, with its rank among the most common ones."""

    text: str
    rank: int


class EstimatorForm(TypedDict):
    """`pools`: what one may draw from; `lists`: lists of words too, by name, with their sizes; `counted`: the name of what is counted."""

    label: str
    pools: list[str]
    counted: str
    target: float
    lists: NotRequired[dict[str, int]]
    words: NotRequired[list[Word]]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


SCHEMA: dict[str, dict[str, Any]] = {
    "pools": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(POOLS)}},
    "counted": {"type": "string", "minLength": 1},
    "target": {"type": "number", "exclusiveMinimum": 0},
    "lists": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "integer", "minimum": 2},
    },
    "words": {
        "oneOf": [
            {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["text", "rank"],
                    "properties": {
                        "text": {"type": "string", "minLength": 1},
                        "rank": {"type": "integer", "minimum": 1},
                    },
                },
            },
            {"type": "object", "required": ["compute"], "maxProperties": 1},
        ]
    },
}


def ordinary(form: EstimatorForm) -> Form:
    """Return the ordinary form whose answers are those of this one: how many draws."""
    return {"widget": "number", "label": form["label"], "unit": form["counted"]}


def faults(form: EstimatorForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Words that are computed are a list of texts with their ranks, each once."""
    words: Any = form.get("words", [])
    if isinstance(words, dict):
        return
    if not isinstance(words, list) or not all(_is_word(word) for word in words):
        yield (
            ("words",),
            "« words » doit être une liste de {text, rank} : un mot, et son rang, un nombre entier.",
        )
        return
    texts = [word["text"] for word in words]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield ("words",), f"« {text} » est donné deux fois."


def _is_word(word: Any) -> bool:
    return (
        isinstance(word, dict)
        and set(word) == {"text", "rank"}
        and isinstance(word["text"], str)
        and isinstance(word["rank"], int)
        and word["rank"] >= 1
    )
