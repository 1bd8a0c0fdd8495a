"""What an author writes of a file to generalise: the sizes of its groups for each setting, the cursors, and the questions asked of it."""

from typing import Any, NotRequired, TypedDict

Row = dict[str, Any]
"""One setting: the step of each cursor, and counts."""


class Cursor(TypedDict):
    """`steps`: step -> its words, from the finest to the most general."""

    label: str
    steps: dict[str, str]


class Question(TypedDict):
    """`needs`: cursor -> the most general of its steps that still answers."""

    text: str
    needs: dict[str, str]


class GeneraliseForm(TypedDict):
    """`groups`, `smallest`: columns of the table; `sizes`: column of the people in groups of a size -> the smallest size of that class."""

    table: list[Row]
    cursors: dict[str, Cursor]
    groups: str
    smallest: str
    sizes: dict[str, int]
    people: str
    k: int
    questions: dict[str, Question]
    keep: NotRequired[list[str]]
    """The questions that must still be answered."""
    solution: NotRequired[Any]
    """For the author's rooms alone."""


SCHEMA: dict[str, dict[str, Any]] = {
    "table": {
        "oneOf": [
            {"type": "array", "items": {"type": "object", "minProperties": 4}},
            {"type": "object", "required": ["compute"], "maxProperties": 1},
        ]
    },
    "cursors": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 5,
        "additionalProperties": {
            "type": "object",
            "required": ["label", "steps"],
            "additionalProperties": False,
            "properties": {
                "label": {"type": "string", "minLength": 1},
                "steps": {
                    "type": "object",
                    "minProperties": 2,
                    "additionalProperties": {"type": "string", "minLength": 1},
                },
            },
        },
    },
    "groups": {"type": "string"},
    "smallest": {"type": "string"},
    "sizes": {
        "type": "object",
        "minProperties": 2,
        "maxProperties": 10,
        "additionalProperties": {"type": "integer", "minimum": 1},
    },
    "people": {"type": "string", "minLength": 1},
    "k": {"type": "integer", "minimum": 2},
    "questions": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "required": ["text", "needs"],
            "additionalProperties": False,
            "properties": {
                "text": {"type": "string", "minLength": 1},
                "needs": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            },
        },
    },
    "keep": {"type": "array", "minItems": 1, "items": {"type": "string"}},
}

REQUIRED = tuple(name for name in SCHEMA if name != "keep")
