"""What is kept of a file: which one was drawn, and what was answered. What is read here may have been written by anybody."""

from collections.abc import Mapping

from autograder.activities.casefile.form import DRAWN, Ask, CasefileForm
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.french.entries import ABOUT
from autograder.french.numbers import MOST_EXACT, first
from autograder.french.numbers import read as number_of
from autograder.french.units import same_unit


def read(form: CasefileForm, raw: object) -> Value:
    """Return the answer to keep, None as long as nothing is answered: a draw alone is no answer. Raises UnreadableAnswer."""
    if not isinstance(raw, Mapping) or not set(raw) <= {DRAWN, *form["asks"]}:
        raise UnreadableAnswer("Répondez avec les champs affichés.")
    if not isinstance(raw.get(DRAWN), str) or raw[DRAWN] not in form["texts"]:
        raise UnreadableAnswer("Ce dossier n’est pas un de ceux de l’exercice. Répondez à nouveau.")
    filled = {
        name: _cell(ask, raw[name]) for name, ask in form["asks"].items() if raw.get(name) not in (None, "")
    }
    return {DRAWN: raw[DRAWN], **filled} if filled else None


def _cell(ask: Ask, raw: object) -> str | int:
    if "options" not in ask:
        return _whole(raw, ask.get("unit", ""))
    if not isinstance(raw, str) or raw not in ask["options"]:
        raise UnreadableAnswer("Choisissez une des propositions affichées.")
    return raw


def _whole(raw: object, unit: str) -> int:
    """Return a whole number, typed alone or before its unit."""
    if isinstance(raw, str):
        written, typed = first(ABOUT.sub("", raw))
        if typed and not same_unit(typed, unit):
            raise UnreadableAnswer(f"Écrivez un nombre entier, seul ou suivi de «\u00a0{unit}\u00a0».")
        raw = number_of(written)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or abs(raw) > MOST_EXACT or raw != int(raw):
        raise UnreadableAnswer("Écrivez un nombre entier, en chiffres\u00a0: par exemple 1\u202f960.")
    return int(raw)
