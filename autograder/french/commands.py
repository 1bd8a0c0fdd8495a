"""Words in French: argparse's own, which it takes from gettext, and short lists."""

import argparse
from collections.abc import Sequence

WORDS = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "afficher cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\nPour l’aide : %(prog)s --help\n",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "option ou argument inconnu : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n’est pas possible (choix : %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r n’est pas un nombre entier",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s (au choix : %(matches)s)",
    "not allowed with argument %s": "incompatible avec %s",
    "one of the arguments %s is required": "une de ces options est nécessaire : %s",
}


def speak_french() -> None:
    """Make argparse translate its own words. It has no French catalogue, and no other documented way in."""
    argparse._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]


def some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names and the number of the others: "a, b, c et 4 autres"."""
    others = len(names) - most
    said = ", ".join(names[:most])
    return f"{said} et {others} autre{'s' if others > 1 else ''}" if others > 0 else said


def counted(number: int, one: str, several: str) -> str:
    """Return a number and its noun: "0 copie", "1 copie", "2 copies"."""
    return f"{number} {several if number > 1 else one}"
