"""A number as people type it in a form: alone, or before the unit that is asked for."""

import re

from autograder.french.numbers import MOST_EXACT, first, read
from autograder.french.units import is_unit, same_unit

EXAMPLE = "12\u202f345,6"
"""The answer of no exercise, right or wrong."""
ABOUT = re.compile(r"^\s*(?:environ|à peu près|≈|~)\s*", re.IGNORECASE)
"""The tolerance of the exercise judges how near a number is."""
BEFORE = re.compile(r"^\s*([^\d+\-\u2212]+)")
PERIOD = re.compile(r"\s*(par \w+)\s*$", re.IGNORECASE)
SMALL_WORDS = frozenset({"c", "d", "de", "des", "du", "est", "l", "la", "le", "les", "un", "une"})
COMPARED = frozenset({"moins", "plus"})
"""Before a number, these make it another one."""
TOO_LARGE = "Ce nombre est trop grand : vérifiez ce que vous avez écrit."


class NotANumber(ValueError):
    """What was typed is no number in the unit asked for; the message, in French, says what to write."""


def number_of(raw: object, asked: str = "", label: str = "") -> float:
    """Return a number that was typed, alone, before the unit asked for or with words of the question, or that is one already.

    `label` is the question. Raises NotANumber.
    """
    number = _typed(_without_label(raw, label), asked) if isinstance(raw, str) else raw
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


def _without_label(text: str, label: str) -> str:
    """Return what was typed without the words that the question says too: « indice 380 », « 147 jours par an »."""
    before, period = BEFORE.match(text), PERIOD.search(text)
    if period and period[1].casefold() in label.casefold():
        text = text[: period.start()]
    named = _words(before[1]) - SMALL_WORDS if before else set()
    if before and named and named <= _words(label) - COMPARED:
        text = text[before.end() :]
    return text


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


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
