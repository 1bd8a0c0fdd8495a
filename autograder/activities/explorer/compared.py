"""What a filter compares with: values read as the column's own, in French or not, and written back in sentences and in code."""

import re
from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.outcome import ISO_DATE, MAX_TEXT, BadStep, kind_of
from autograder.french.marks import quoted
from autograder.french.numbers import GROUPS, MOST_EXACT, read, short

if TYPE_CHECKING:
    import pandas

FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
BEGUN_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
YEAR = re.compile(r"ann[eé]e|mill[eé]sime", re.IGNORECASE)
"""Columns whose numbers are written without spaces: 1916, not 1 916."""
TRUTHS = {"oui": True, "vrai": True, "true": True, "non": False, "faux": False, "false": False}

Scalar = float | str
"""A value to compare with; a truth is a number too, for Python."""


def text_of(value: object) -> str:
    """Return a text to look for. Raises BadStep."""
    if not isinstance(value, str) or not value or len(value) > MAX_TEXT:
        raise BadStep("Écrivez le texte à chercher.")
    return value


def value_of(series: "pandas.Series[Any]", value: object, label: str, ordered: bool = False) -> Scalar:
    """Return the value to compare a column with: a number for a column of numbers; French commas, dates and truths are read."""
    if series.dtype.kind in "iuf":
        return _number(value, label)
    if ordered and not series.dropna().map(lambda one: isinstance(one, str)).all():
        raise BadStep(f"La colonne « {label} » ne se range pas : choisissez « est » ou « contient ».")
    if kind_of(series) == "truth":
        return _truth(value, label)
    text = text_of(value)
    return _date(text, ordered) if series.dropna().astype(str).str.match(ISO_DATE).all() else text


def written(value: object, column: str = "") -> str:
    """Return a value of a column as a reader sees it in a table."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return "(vide)"
    if type(value).__name__ in ("bool", "bool_"):
        return "oui" if value else "non"
    if not isinstance(value, (int, float)):
        return str(value)[:MAX_TEXT]
    text = short(round(float(value), 2))
    return text.replace(GROUPS, "") if YEAR.match(column) else text


def in_words(value: Scalar, column: str = "") -> str:
    """Return a value of a column as a sentence writes it: a date as the French do, other texts between quotes."""
    if not isinstance(value, str):
        return written(value, column) if isinstance(value, bool) or YEAR.match(column) else short(value)
    if ISO_DATE.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    return quoted(value)


def _number(value: object, label: str) -> float:
    number = read(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:
        raise BadStep(f"La colonne « {label} » contient des nombres : écrivez un nombre.")
    if abs(number) > MOST_EXACT:
        raise BadStep("Ce nombre est trop grand.")
    return int(number) if number % 1 == 0 else number


def _truth(value: object, label: str) -> bool:
    truth = TRUTHS.get(str(value).strip().lower())
    if truth is None:
        raise BadStep(f"La colonne « {label} » contient des oui et des non : écrivez « oui » ou « non ».")
    return truth


def _date(text: str, ordered: bool) -> str:
    """Return a date as the column writes it: in the order of its characters, the year first. It may be begun only: « 2022 »."""
    found = FRENCH_DATE.fullmatch(text.strip())
    if found:
        day, month, year = found.groups()
        text = f"{year}-{int(month):02}-{int(day):02}"
    if ordered and not BEGUN_DATE.fullmatch(text):
        raise BadStep("Écrivez une date : par exemple 31/12/2021.")
    return text
