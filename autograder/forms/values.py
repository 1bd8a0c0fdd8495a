"""What a form sends, read into the value that the answers file keeps."""

from collections.abc import Mapping
from typing import Any

from autograder.activities import registry
from autograder.contract.forms import Form, UnreadableAnswer, Value
from autograder.contract.kinds import Unreadable
from autograder.french.entries import NotANumber, number_of
from autograder.french.numbers import short

MAX_ENTRY = 200
"""Characters of a short text inside a form."""


def entered(form: Form, raw: object) -> Value | Unreadable:
    """Return what a form keeps of an answer, to be judged; Unreadable when it refuses it."""
    try:
        return read_value(form, raw)
    except UnreadableAnswer as error:
        return Unreadable(str(error))


def read_value(form: Form, raw: object) -> Value:
    """Return the value to keep for what was entered (or kept before), None when nothing was.

    Raises UnreadableAnswer when it is not something this form can hold.
    """
    if raw is None or raw in ("", [], {}):
        return None
    form = registry.ordinary(form)
    if (activity := registry.owner(form, raw)) and activity.read:
        return activity.read(form, raw)
    match form["widget"]:
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
        case "match" | "labels":
            return _pairs(form, raw)
        case "table":
            raise UnreadableAnswer("Construisez un tableau dans l’explorateur, puis répondez avec lui.")
        case "log":
            return _log(form, raw)
        case widget:
            raise UnreadableAnswer(f"Ce formulaire est d’un type inconnu : « {widget} ».")


def _number(form: Form, raw: object) -> float:
    try:
        number = number_of(raw, form.get("unit") or "", form.get("label") or "")
    except NotANumber as error:
        raise UnreadableAnswer(str(error)) from error
    low, high = form.get("min"), form.get("max")
    if form["widget"] == "slider" and low is not None and high is not None and not low <= number <= high:
        raise UnreadableAnswer(f"Indiquez un nombre entre {short(low)} et {short(high)}.")
    return number


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
