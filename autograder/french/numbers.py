"""Numbers as French readers write them: `−37 590,5`, with a true minus, narrow no-break spaces and a decimal comma."""

import math
import re
from decimal import Decimal

MINUS, GROUPS, NO_BREAK = "\u2212", "\u202f", "\u00a0"
EXACT = 17
"""Significant digits that tell any float from its neighbours."""
MOST_EXACT = 10**15
"""Whole numbers up to there are exact for Python, for JavaScript and in a file."""

_SPACES = re.compile(r"\s")  # all of Unicode's: no-break, narrow, thin
_SIGNS = dict.fromkeys(
    map(ord, "\u2212\u2013"), "-"
)  # a true minus, or the dash that a text processor puts in its place
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?")
_FIRST = re.compile(r"\s*([+\u2212\u2013-]?\s*\d[\d\s]*(?:[.,][\d\s]*)?)")


def read(text: str) -> float | None:
    """Return the number that a text is, in French or in English: `1 959,9`, `1959.9`, `−3`; None for any other text.

    Spaces group the digits, one comma or one point begins the decimals: `1.234` is a little more than one. Neither `nan` nor `1e5`
    is a number here.
    """
    bare = plain(text)
    if not _PLAIN.fullmatch(bare):
        return None
    number = float(bare)
    return int(number) if bare.lstrip("+-").isdigit() and abs(number) <= MOST_EXACT else number


def plain(text: str) -> str:
    """Return the text of a number as programs write it: `1 959,9` gives `1959.9`."""
    return _SPACES.sub("", text).translate(_SIGNS).replace(",", ".")


def first(text: str) -> tuple[str, str]:
    """Return the number by which a text begins, as it is written, and what follows: `33 085 habitants` gives `33 085` and `habitants`."""
    found = _FIRST.match(text)
    end = found.end() if found else 0
    return text[:end].strip(), text[end:].strip()


def number(value: float, digits: int = 0) -> str:
    """Return a number with `digits` decimals, for prose: `37 590`, `1 959,9`."""
    return _in_french(f"{value:z,.{digits}f}") if math.isfinite(value) else _in_words(value)


def short(value: float, digits: int = EXACT) -> str:
    """Return a number with as few decimals as say it, of `digits` significant digits at most: `2`, `0,5`, `1 959,9`."""
    if not math.isfinite(value):
        return _in_words(value)
    text = format(Decimal(repr(float(f"{value:.{digits}g}"))), "z,f")
    return _in_french(text.rstrip("0").rstrip(".") if "." in text else text)


def percent(value: float, digits: int = 0) -> str:
    """Return a percentage: `12,5 %`."""
    return f"{number(value, digits)}{NO_BREAK}%"


def share(value: float, digits: int = 0) -> str:
    """Return the percentage of a whole that a part is: a few are not told as none, nor almost all as all."""
    least = 10.0**-digits
    told = round(value, digits)
    if told <= 0 < value:
        return f"moins de {percent(least, digits)}"
    if value < 100 <= told:
        return f"plus de {percent(100 - least, digits)}"
    return percent(value, digits)


def points(value: float) -> str:
    """Return points: `2 points`, `1 point`, `0,5 point`."""
    return f"{short(value, 6)} point{'s' if abs(value) >= 2 else ''}"


def score(value: float, most: float) -> str:
    """Return points out of the most there are: `1,5 point sur 2`."""
    return f"{points(value)} sur {short(most, 6)}"


def _in_french(text: str) -> str:
    return text.replace(",", GROUPS).replace(".", ",").replace("-", MINUS)


def _in_words(value: float) -> str:
    """Name what has no digits."""
    if math.isnan(value):
        return "valeur indéfinie"
    return "l’infini" if value > 0 else "moins l’infini"
