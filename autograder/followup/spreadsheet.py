"""Cells that a spreadsheet with French settings reads as they are meant: numbers stay numbers, texts stay texts."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from autograder.french.dates import MONTHS
from autograder.identity import clean, shown

BOM = "\ufeff"
FORMULA = "=+-@＝＋－＠\t\r"
"""First signs of what a spreadsheet computes, or runs."""
PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
"""A whole number that no spreadsheet changes."""
FIGURES = re.compile(r"(?=.*[0-9])[0-9\s.,/:%€$()eE+-]+")
"""What may be read as a number, an hour or a date: « 007 », « 3-4 », « 12/05 », « 1e5 »."""
MONTH = re.compile(
    rf"([0-9]{{1,2}}(er)?[\s./-]*)?({'|'.join(month[:3] for month in MONTHS)})\w*[\s./-]*[0-9]*",
    re.IGNORECASE,
)
LOGICAL = frozenset({"vrai", "faux", "true", "false"})


def text(value: str) -> str:
    """Return a text on one line that stays a text: an apostrophe stands before whatever would be computed or converted."""
    line = shown(clean(value))
    return f"'{line}" if _would_change(line) else line


def _would_change(line: str) -> bool:
    if line.startswith(tuple(FORMULA)) or line.casefold() in LOGICAL:
        return True
    if any(sign.isdecimal() for sign in line) and MONTH.fullmatch(line):
        return True
    return bool(FIGURES.fullmatch(line)) and not PLAIN.fullmatch(line)


def number(value: float) -> str:
    """Return a number as programs write it, to 4 decimals at most: `22.5`, `20`."""
    return f"{round(value, 4) + 0.0:.15g}"


def french(value: float) -> str:
    """Return a number as a French spreadsheet reads it, without groups: `22,5`."""
    return number(value).replace(".", ",")


def cell(value: str | float | bool | None) -> str:
    """Return a value as a French spreadsheet reads it: nothing for what is not known, words for a truth value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return french(value) if isinstance(value, int | float) else text(value)


def semicolons(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a file for a French spreadsheet: UTF-8 with its mark, `;`, lines that end as on Windows."""
    return (BOM + _written(rows, ";")).encode()


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[str | float | bool | None]]) -> bytes:
    """Return a table of values as such a file, its headings first."""
    return semicolons([heads, *([cell(value) for value in row] for row in rows)])


def commas(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a file for another program: UTF-8, `,`."""
    return _written(rows, ",").encode()


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
