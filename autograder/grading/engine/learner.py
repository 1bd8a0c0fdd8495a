"""What the engine calls in the learner's process: give a value, call a function. Nothing here is believed."""

import base64
import sys
from collections.abc import Mapping
from typing import Any

from autograder.grading.engine import values

MAX_MESSAGE = 500

_functions: list[Any] = []
"""The functions that were given to the checker; their numbers are their places."""


def give(namespace: Mapping[str, Any], name: str) -> bytes:
    """Return the variable `name` in an envelope; when there is none, the last error of the cells, if any."""
    if name not in namespace:
        error = getattr(sys, "last_value", None)
        return values.encode({"missing": name, "error": None if error is None else _told(error)})
    return _value(namespace[name])


def call(_: Mapping[str, Any], number: int, arguments: str) -> bytes:
    """Call the function of that number; `arguments` are bytes in base64. Return its result, or its error."""
    args, kwargs = values.decode(base64.b64decode(arguments))
    try:
        result = _functions[number](*args, **kwargs)
    except Exception as error:
        return values.encode({"raised": _told(error)})
    return _value(result)


def _value(value: Any) -> bytes:
    try:
        return values.encode({"value": value}, _keep)
    except values.Refused as refusal:
        return values.encode({"refused": str(refusal)})


def _keep(function: Any) -> int:
    _functions.append(function)
    return len(_functions) - 1


def _told(error: BaseException) -> list[Any]:
    """Return the names of an error's kinds, the nearest first, and its message."""
    return [[kind.__name__ for kind in type(error).__mro__][:10], str(error)[:MAX_MESSAGE]]
