"""What an author writes of a file that is drawn: the text of each, and what is asked of all."""

from typing import Any, NotRequired, TypedDict


class Ask(TypedDict):
    """`options`: what may be chosen; or `unit`: what a whole number counts."""

    label: str
    options: NotRequired[dict[str, str]]
    unit: NotRequired[str]


class CasefileForm(TypedDict):
    """`texts`: file -> its text; `asks`: question -> how it is answered, the same for all files."""

    texts: dict[str, str]
    asks: dict[str, Ask]
    follows: NotRequired[str]
    """The exercise whose draw this one takes, when it is already answered."""
    solution: NotRequired[Any]
    """For the author's rooms alone."""


TEXT = {"type": "string", "minLength": 1}

SCHEMA: dict[str, dict[str, Any]] = {
    "texts": {
        "oneOf": [
            {"type": "object", "required": ["compute"], "maxProperties": 1},
            {"type": "object", "minProperties": 2, "additionalProperties": TEXT},
        ]
    },
    "asks": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "required": ["label"],
            "additionalProperties": False,
            "properties": {
                "label": TEXT,
                "options": {"type": "object", "minProperties": 2, "additionalProperties": TEXT},
                "unit": TEXT,
            },
        },
    },
    "follows": {"type": "string"},
}

REQUIRED = ("texts", "asks")
DRAWN = "drawn"
"""The key of an answer that names its file."""
