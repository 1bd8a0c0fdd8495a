"""A number as people type it in a form: alone, or before the unit that is asked for."""

import re

from autograder.french.numbers import MOST_EXACT, first, read
from autograder.french.units import is_unit, same_unit

EXAMPLE = "12\u202f345,6"
"""The answer of no exercise, right or wrong."""
ABOUT = re.compile(r"^\s*(?:environ|à peu près|≈|~)\s*", re.IGNORECASE)
"""The tolerance of the exercise judges how near a number is."""
TOO_LARGE = "Ce nombre est trop grand : vérifiez ce que vous avez écrit."


class NotANumber(ValueError):
    """What was typed is no number in the unit asked for; the message, in French, says what to write."""


def number_of(raw: object, asked: str = "") -> float:
    """Return a number that was typed, alone or before the unit asked for, or that is one already. Raises NotANumber."""
    number = _typed(raw, asked) if isinstance(raw, str) else raw
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:  # NaN
        raise NotANumber(_not_a_number(str(raw)))
    if abs(number) > MOST_EXACT:
        raise NotANumber(TOO_LARGE)
    return number


def _typed(text: str, asked: str) -> float | None:
    """Return the number typed; None if it is not one."""
    written, unit = first(ABOUT.sub("", text))
    if not unit or same_unit(unit, asked):
        return read(written)
    if written and is_unit(unit):
        raise NotANumber(_other_unit(unit, asked))
    return None


def _not_a_number(text: str) -> str:
    if len(re.findall(r"[.,]", text)) > 1:
        return f"Séparez les milliers par une espace, sans point ; gardez une seule virgule, celle des décimales : {EXAMPLE}."
    return f"Écrivez le nombre seul, en chiffres : par exemple {EXAMPLE}."


def _other_unit(unit: str, asked: str) -> str:
    if asked:
        return f"Ce nombre est attendu en « {asked} », et vous avez écrit « {unit} ». Donnez le nombre dans l’unité demandée."
    if same_unit(unit, "%"):
        return (
            "Écrivez le nombre seul, sans le signe %. Relisez la question : une part entre 0 et 1 s’écrit 0,25, un "
            "pourcentage s’écrit 25."
        )
    return f"Écrivez le nombre seul, sans « {unit} » : par exemple {EXAMPLE}."
