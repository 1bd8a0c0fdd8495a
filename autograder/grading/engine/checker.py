"""What the engine calls in the checker's process: receive values from the learner's, as exact plain ones."""

import importlib
import sys
import types
from collections.abc import Callable, Iterable, MutableMapping
from functools import partial
from typing import Any

from autograder.checks.reading import Unreadable
from autograder.grading.engine import standins, values
from autograder.sandbox.requests import ask

ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "mpl": "matplotlib", "dt": "datetime"}
"""A module crosses by the name of its variable alone: a learner cannot put another one in its place."""

NOT_A_FUNCTION = "La fonction n’a pas pu être appelée : {reason}"


def put_answer(namespace: MutableMapping[str, Any], name: str) -> None:
    """Make `name` the learner's variable; when there is none, the last error of their cells is the last one here."""
    namespace.pop(name, None)
    sys.last_value = None
    found = _receive({"name": name})
    if "missing" in found:
        error = found.get("error")
        sys.last_value = standins.error(*_told(error)) if error is not None else None
    else:
        namespace[name] = _content(found)


def put_names(namespace: MutableMapping[str, Any], names: Iterable[str], kept: list[str]) -> list[str]:
    """Make `names` the learner's variables, for a cell of ours that reads them; return those that did not cross whole.

    Not those of `kept`, nor functions, classes and modules that trusted cells defined here.
    """
    replaced: list[str] = []
    for name in names:
        if name in kept or callable(namespace.get(name)) or isinstance(namespace.get(name), types.ModuleType):
            continue
        found = _receive({"name": name}, on_stand_in=partial(replaced.append, name))
        if "missing" in found:
            namespace.pop(name, None)
            continue
        value = _content(found)
        if isinstance(value, values.Module):
            value = _module(name)
        if isinstance(value, Unreadable):
            replaced.append(name)
        namespace[name] = value
    return replaced


def _receive(
    question: dict[str, Any], blob: bytes = b"", on_stand_in: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Ask for an envelope: a dict with "value", "missing", "refused" or "raised"."""
    reply, data = ask(question, blob)
    if "gone" in reply:
        return {"missing": True}
    if "failed" in reply:
        return {"refused": reply["failed"]}
    try:
        found = values.decode(data, _call, on_stand_in)
    except values.Refused as refusal:
        return {"refused": str(refusal)}
    if type(found) is not dict or len(found) not in (1, 2):
        return {"refused": values.UNREADABLE.format(detail="enveloppe")}
    return found


def _content(found: dict[str, Any]) -> Any:
    if "value" in found:
        return found["value"]
    return Unreadable(str(found.get("refused", values.UNREADABLE.format(detail="enveloppe"))))


def _call(number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a function of the learner's. Raises what it raises, or RuntimeError with a French reason."""
    found = _receive({"function": number}, values.encode([args, kwargs]))
    if "raised" in found:
        raise standins.error(*_told(found["raised"]))
    value = _content(found)
    if isinstance(value, Unreadable):
        raise RuntimeError(NOT_A_FUNCTION.format(reason=value.reason))
    return value


def _told(error: Any) -> tuple[list[str], str]:
    try:
        names, message = error
        return [str(name) for name in names], str(message)
    except (TypeError, ValueError):
        return [], ""


def _module(name: str) -> Any:
    """Return the module that a variable of this name usually holds."""
    usual = ALIASES.get(name, name)
    if usual in {*ALIASES.values(), *sys.stdlib_module_names}:
        return importlib.import_module(usual)
    return Unreadable(f"Le module {name} n’est pas importé dans la cellule de contrôle.")
