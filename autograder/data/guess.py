"""What a table of text holds, guessed: the type of each column, numbers written one way, the key. Codes stay text."""

import re
from typing import Any

from pandas import DataFrame, Series

from autograder.french.numbers import plain

CODE_NAME = re.compile(
    r"(^|_)(code|codes|cog|insee|siren|siret|rna|uai|cp|postal|departement|dep|reg|region|tel|telephone|id|identifiant)(_|$)",
    re.I,
)
INTEGER = r"[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|[-−]?\d+"
NUMBER = rf"(?:{INTEGER})(?:[.,]\d+)?"
LEADING_ZERO = r"-?0\d.*"
DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*"
ISO_DATE = r"\d{4}-\d{2}-\d{2}.*"
WITH_UNIT = rf"(?:{NUMBER})[ \u00a0\u202f]?(?:%|€|k€|M€|m²|km|h|kg|t)"
BOOLEANS = {"true", "false", "vrai", "faux"}


def schema_of(table: DataFrame) -> tuple[DataFrame, dict[str, Any]]:
    """Return a table of text with its numbers written as a CSV does (1234.5), and its Table Schema.

    A column is text as soon as one of its values is, begins with a zero, or bears the name of a code.
    """
    fields, columns = [], {}
    for name in map(str, table.columns):
        kind = type_of(table[name])
        columns[name] = _written(table[name], kind)
        empty = bool((columns[name] == "").any())
        field: dict[str, Any] = {
            "name": name,
            "type": kind,
            "title": name,
            "description": "À écrire\u00a0: ce que dit cette colonne, et son unité.",
        }
        fields.append(field if empty else {**field, "constraints": {"required": True}})
    written = DataFrame(columns)
    key = next((name for name in columns if _is_key(written[name])), None)
    return written, {"fields": fields, "primaryKey": [key] if key else [], "missingValues": [""]}


def type_of(column: "Series[str]") -> str:
    """Return the type of a column of text: boolean, integer, number or string."""
    filled = column[column != ""]
    if filled.empty or CODE_NAME.search(str(column.name)) or filled.str.fullmatch(LEADING_ZERO).any():
        return "string"
    if filled.str.casefold().isin(BOOLEANS).all():
        return "boolean"
    if filled.str.fullmatch(INTEGER).all():
        return "integer"
    return "number" if filled.str.fullmatch(NUMBER).all() else "string"


def note_on(column: "Series[str]") -> str:
    """Return, in French, what an author should know of a column kept as text; "" for words."""
    filled = column[column != ""]
    if filled.empty:
        return "vide"
    if filled.str.fullmatch(DATE).all():
        return "une date, gardée telle quelle ; écrite 2026-03-31, elle se trierait"
    if filled.str.fullmatch(ISO_DATE).all():
        return "une date"
    if CODE_NAME.search(str(column.name)) or filled.str.fullmatch(LEADING_ZERO).any():
        return "un code, qui garde ses zéros"
    if filled.str.fullmatch(WITH_UNIT).all():
        return "un nombre avec son unité ; ôtez l’unité du fichier pour en faire un nombre"
    numbers = filled.str.fullmatch(NUMBER)
    if 0.3 < numbers.mean() < 1:
        other = filled[~numbers].iloc[0]
        return f"des nombres, et {(~numbers).sum()} fois autre chose, par exemple « {other} » ; laissez vide ce qui manque"
    return ""


def _written(column: "Series[str]", kind: str) -> "Series[str]":
    if kind == "boolean":
        return column.str.casefold().replace({"vrai": "true", "faux": "false"})
    if kind in ("integer", "number"):
        return column.map(plain)
    return column


def _is_key(column: "Series[str]") -> bool:
    return bool(column.is_unique and (column != "").all())
