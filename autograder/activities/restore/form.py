"""What an author writes of a file to restore: its name, its dated copies, and the register of the fingerprints kept apart."""

from typing import Any, NotRequired, TypedDict


class Copy(TypedDict):
    """`name`: when it was made; `where`: where it is kept; `text`: what it holds."""

    key: str
    name: str
    where: str
    text: str


class Line(TypedDict):
    """`name`: when the file was approved; `fingerprint`: its SHA-256 then, in hexadecimal."""

    key: str
    name: str
    fingerprint: str


class RestoreForm(TypedDict):
    """`file`: the only file that is ever written, beside the notebook."""

    file: str
    copies: list[Copy]
    register: list[Line]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


NO_LINE = "aucune"
"""What is answered when no line of the register has the fingerprint of the file."""

_COMPUTED = {"type": "object", "required": ["compute"], "maxProperties": 1}


def _listed(*columns: str) -> dict[str, Any]:
    """Return the schema of a list of texts by column, written or computed."""
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": list(columns),
        "properties": {column: {"type": "string", "minLength": 1} for column in columns},
    }
    return {"oneOf": [{"type": "array", "items": row}, _COMPUTED]}


SCHEMA: dict[str, dict[str, Any]] = {
    "file": {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]{0,40}\.(csv|txt)$"},
    "copies": _listed("key", "name", "where", "text"),
    "register": _listed("key", "name", "fingerprint"),
}


def copy_of(form: RestoreForm, key: object) -> Copy | None:
    """Return a copy by its key."""
    return next((one for one in form["copies"] if one["key"] == key), None)


def line_of(form: RestoreForm, fingerprint: str) -> str:
    """Return the key of the line of the register that has this fingerprint; NO_LINE when none has it."""
    return next((one["key"] for one in form["register"] if one["fingerprint"] == fingerprint), NO_LINE)
