"""What a form sends, read into the value that the answers file keeps."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from autograder.checks.explorer import is_state
from autograder.simulations.committee.game import UnreadableGame, read_game, write_game
from autograder.simulations.inbox.box import UnreadableBox, read_box, write_box

Form = Mapping[str, Any]
"""The `form` of an exercise, without its solution."""

Value = float | str | list[str] | dict[str, Any] | None
"""A saved answer; None when the learner has not answered."""

LARGEST = 10**15
"""A larger number is a slip, and JavaScript could not show it exactly."""

MAX_ENTRY = 200
"""Characters of a short text inside a form."""

MAX_STATE = 8_000
"""Characters of an explorer's state."""

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d*)?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


class UnreadableAnswer(ValueError):
    """An answer that the form cannot keep; its text is French and says what to do."""


def read_value(form: Form, raw: object) -> Value:
    """Return the value to keep for what was entered (or kept before), None when nothing was.

    Raises UnreadableAnswer when it is not something this form can hold.
    """
    if raw is None or raw in ("", [], {}):
        return None
    match form["widget"]:
        case "number" if "explorer" in form and is_state(raw):
            return _steps(raw)
        case "number" | "slider":
            return _number(form, raw)
        case "text":
            return _text(raw)
        case "choice":
            return _key(form["options"], raw)
        case "choices":
            picked = _keys(form["options"], raw)
            return [key for key in _texts(form["options"]) if key in picked]
        case "order":
            return _order(form["options"], raw)
        case "match":
            return _pairs(form, raw)
        case "log":
            return _log(form, raw)
        case "committee":
            return _game(form, raw)
        case "inbox":
            return _box(raw)
        case widget:
            raise UnreadableAnswer(f"Ce formulaire est d’un type inconnu : « {widget} ».")


def _steps(raw: Any) -> dict[str, Any]:
    """Return an explorer's state, of a bounded size; whether its steps make sense is judged on the tables."""
    steps = raw["steps"]
    if not isinstance(steps, list) or len(json.dumps(steps)) > MAX_STATE:
        raise UnreadableAnswer("Cette exploration a trop d’étapes pour être enregistrée : retirez-en.")
    return {"steps": steps}


def french_number(value: float) -> str:
    """Return a number with a decimal comma, without grouping: a text that `read_value` takes back."""
    return format(Decimal(repr(value)), "f").replace(".", ",")


def _number(form: Form, raw: object) -> float:
    number = _parse(raw) if isinstance(raw, str) else raw
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:  # NaN
        raise UnreadableAnswer(_not_a_number(str(raw)))
    if abs(number) > LARGEST:
        raise UnreadableAnswer("Ce nombre est trop grand : vérifiez ce que vous avez écrit.")
    low, high = form.get("min"), form.get("max")
    if form["widget"] == "slider" and low is not None and high is not None and not low <= number <= high:
        raise UnreadableAnswer(f"Indiquez un nombre entre {french_number(low)} et {french_number(high)}.")
    return number


def _parse(raw: str) -> float | None:
    """Return the number written in French or English: `1 959,9`, `1959.9`, `−3`; None if it is not one."""
    text = _SPACES.sub("", raw).replace("−", "-")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return int(number) if text.lstrip("+-").isdigit() and abs(number) <= LARGEST else number


def _not_a_number(raw: str) -> str:
    if raw.strip().endswith("%"):
        return "Écrivez le nombre seul, sans le signe % : par exemple 12,5."
    if len(re.findall(r"[.,]", raw)) > 1:
        return (
            "Gardez une seule virgule, celle des décimales ; séparez les milliers par une espace : 1 959,9."
        )
    return "Écrivez un nombre en chiffres, sans lettre ni unité : par exemple 1 959,9."


def _text(raw: object) -> str | None:
    if not isinstance(raw, str):
        raise UnreadableAnswer("Écrivez votre réponse sous forme de texte.")
    return raw if raw.strip() else None


def _texts(keys: Mapping[object, object]) -> list[str]:
    return [str(key) for key in keys]


def _key(options: Mapping[object, object], raw: object) -> str:
    if not isinstance(raw, str) or raw not in _texts(options):
        raise UnreadableAnswer("Choisissez une des propositions affichées.")
    return raw


def _keys(options: Mapping[object, object], raw: object) -> list[str]:
    if not isinstance(raw, list):
        raise UnreadableAnswer("Choisissez parmi les propositions affichées.")
    return [_key(options, item) for item in raw]


def _order(options: Mapping[object, object], raw: object) -> list[str]:
    keys = _keys(options, raw)
    if sorted(keys) != sorted(_texts(options)):
        raise UnreadableAnswer("Rangez toutes les propositions affichées, chacune une fois.")
    return keys


def _game(form: Form, raw: object) -> dict[str, Any]:
    try:
        return write_game(read_game(raw, form["seed"]))
    except UnreadableGame as error:
        raise UnreadableAnswer(str(error)) from error


def _box(raw: object) -> dict[str, Any] | None:
    """Return a sorted inbox, None while nothing is sorted: its draw alone is not an answer."""
    try:
        box = read_box(raw)
    except UnreadableBox as error:
        raise UnreadableAnswer(str(error)) from error
    return write_box(box) if box.sorts else None


def _pairs(form: Form, raw: object) -> dict[str, str] | None:
    if not isinstance(raw, Mapping):
        raise UnreadableAnswer("Choisissez parmi les propositions affichées.")
    items, options = form["items"], form["options"]
    pairs = {_key(items, item): _key(options, option) for item, option in raw.items() if option}
    return pairs or None


def _log(form: Form, raw: object) -> dict[str, Any] | None:
    """Return the filled cells of a log by `item.field`, in the order of the form."""
    if not isinstance(raw, Mapping):
        raise UnreadableAnswer("Remplissez le journal avec les propositions affichées.")
    keys: dict[object, Any] = {
        f"{item}.{name}": field for item in form["items"] for name, field in form["fields"].items()
    }
    _keys(keys, list(raw))
    filled = {str(key): _cell(field, raw[key]) for key, field in keys.items() if key in raw}
    return {key: text for key, text in filled.items() if text} or None


def _cell(field: Form, raw: object) -> str | None:
    if not raw:
        return None
    if "options" in field:
        return _key(field["options"], raw)
    text = _text(raw)
    if text and len(text) > MAX_ENTRY:
        raise UnreadableAnswer(f"Ce texte est trop long : {MAX_ENTRY} caractères au plus.")
    return text
