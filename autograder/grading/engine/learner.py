"""What the engine calls in the learner's process: give a variable, call a function.

The learner's code shares this process and may change these functions: nobody believes what they return.
"""

import base64
import sys
from collections.abc import Mapping
from typing import Any

from autograder.grading.engine import values

MAX_MESSAGE = 500

_functions: list[Any] = []
"""The learner's functions that the checker knows; the number of a function is its index in this list."""


def give(namespace: Mapping[str, Any], name: str) -> bytes:
    """Return the variable `name` in an envelope, as bytes.

    Without such a variable, the envelope has the last error of the learner's cells, if there was one.
    """
    if name not in namespace:
        error = getattr(sys, "last_value", None)
        return values.encode({"missing": name, "error": None if error is None else _error_parts(error)})
    return _value(namespace[name])


def call(_: Mapping[str, Any], number: int, arguments: str) -> bytes:
    """Call the learner's function of this number; `arguments` are bytes in base64. Return its result or its error."""
    args, kwargs = values.decode(base64.b64decode(arguments))
    try:
        result = _functions[number](*args, **kwargs)
    except Exception as error:
        return values.encode({"raised": _error_parts(error)})
    return _value(result)


def _value(value: Any) -> bytes:
    try:
        return values.encode({"value": value}, _keep)
    except values.Refused as refusal:
        return values.encode({"refused": str(refusal)})


def _keep(function: Any) -> int:
    _functions.append(function)
    return len(_functions) - 1


def _error_parts(error: BaseException) -> list[Any]:
    """Return the names of an error's classes, the nearest first, and its message."""
    return [[kind.__name__ for kind in type(error).__mro__][:10], str(error)[:MAX_MESSAGE]]
