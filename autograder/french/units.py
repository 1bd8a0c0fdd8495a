"""Units as people type them after a number: `habitants`, `habitant`, `%`, `pour cent`, `€`, `euros`."""

import unicodedata

SPELLINGS = {
    "pour cent": "%",
    "pourcent": "%",
    "pour 100": "%",
    "sur 100": "%",
    "sur cent": "%",
    "euro": "€",
    "eur": "€",
    "dollar": "$",
    "usd": "$",
    "j": "jour",
    "h": "heure",
    "min": "minute",
    "caractere": "signe",
}
"""Other ways to write a unit, without accents and in the singular."""
SIGNS = "%‰€$£°"
LONGEST = 40
SHORTEST = 3
"""Letters of an abbreviation: « m. » may be mètres, minutes or mois."""


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are the same: case, accents, plurals and a final dot do not matter; « hab. » is « habitants »."""
    return _bare(one) == _bare(other) or _shortens(one, other) or _shortens(other, one)


def is_unit(text: str) -> bool:
    """Tell whether what follows a number may be a unit: words or a sign, and no other number."""
    signs = any(one.isalpha() or one in SIGNS for one in text)
    return signs and len(text) <= LONGEST and not any(one.isdigit() for one in text)


def _shortens(short: str, whole: str) -> bool:
    """Tell whether a unit is the first letters of another, and a dot."""
    letters = _bare(short)
    return short.rstrip().endswith(".") and len(letters) >= SHORTEST and _bare(whole).startswith(letters)


def _bare(unit: str) -> str:
    letters = unicodedata.normalize("NFKD", unit.casefold().rstrip(". "))
    words = "".join(one for one in letters if not unicodedata.combining(one)).split()
    text = " ".join(map(_singular, words))
    return SPELLINGS.get(text, text)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word[-1] in "sx" else word
