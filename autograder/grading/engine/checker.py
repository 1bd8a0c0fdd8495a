"""What the engine calls in the checker's process: it receives the learner's variables, as values of plain types."""

import importlib
import sys
import types
from collections.abc import Iterable, MutableMapping
from typing import Any

from autograder.contract.kinds import Unreadable
from autograder.grading.engine import placeholders, values
from autograder.sandbox.requests import ask

ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "mpl": "matplotlib", "dt": "datetime"}
"""Usual names of modules. A variable `np` that holds a module is numpy here, whatever module the learner put in it."""

_received: dict[str, Any] = {}
"""The values that `put_names` received, by name: a function that is not among them comes from our own cells."""

NOT_A_FUNCTION = "La fonction n’a pas pu être appelée : {reason}"


def put_answer(namespace: MutableMapping[str, Any], name: str) -> None:
    """Define `name` with the value of the learner's variable.

    Without such a variable, `check` explains the learner's last error, which it reads in `sys.last_value`.
    """
    namespace.pop(name, None)
    sys.last_value = None
    envelope = _receive({"name": name})
    if "missing" in envelope:
        error = envelope.get("error")
        sys.last_value = placeholders.error(*_error_parts(error)) if error is not None else None
    else:
        namespace[name] = _content(envelope)


def put_names(namespace: MutableMapping[str, Any], names: Iterable[str], from_checks: list[str]) -> None:
    """Define `names` with the values of the learner's variables, for a cell of ours that reads these names.

    A name of `from_checks`, to which an earlier check gave a value, keeps this value. So does a name that holds a function, a
    class or a module: our own cells defined it here.
    """
    for name in names:
        if name in from_checks or _is_ours(name, namespace.get(name)):
            continue
        envelope = _receive({"name": name})
        if "missing" in envelope:
            namespace.pop(name, None)
            continue
        value = _content(envelope)
        if isinstance(value, values.Module):
            value = _module(name)
        namespace[name] = _received[name] = value


def _is_ours(name: str, value: Any) -> bool:
    is_definition = callable(value) or isinstance(value, types.ModuleType)
    return is_definition and value is not _received.get(name)


def _receive(question: dict[str, Any], blob: bytes = b"") -> dict[str, Any]:
    """Ask the learner's process for an envelope: a dict with "value", "missing", "refused" or "raised"."""
    reply, data = ask(question, blob)
    if "gone" in reply:
        return {"missing": True}
    if "failed" in reply:
        return {"refused": reply["failed"]}
    try:
        envelope = values.decode(data, _call)
    except values.Refused as refusal:
        return {"refused": str(refusal)}
    if type(envelope) is not dict or len(envelope) not in (1, 2):
        return {"refused": values.UNREADABLE.format(detail="enveloppe")}
    return envelope


def _content(envelope: dict[str, Any]) -> Any:
    if "value" in envelope:
        return envelope["value"]
    return Unreadable(str(envelope.get("refused", values.UNREADABLE.format(detail="enveloppe"))))


def _call(number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a function of the learner, in the learner's process. Raises its error, or RuntimeError with a French reason."""
    envelope = _receive({"function": number}, values.encode([args, kwargs]))
    if "raised" in envelope:
        raise placeholders.error(*_error_parts(envelope["raised"]))
    value = _content(envelope)
    if isinstance(value, Unreadable):
        raise RuntimeError(NOT_A_FUNCTION.format(reason=value.reason))
    return value


def _error_parts(error: Any) -> tuple[list[str], str]:
    """Return the type names and the message of an error that crossed; nothing when they cannot be read."""
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
