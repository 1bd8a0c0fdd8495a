"""What the checker receives in the place of an object that cannot leave the learner's process.

A function becomes a `Remote`, which calls the learner's process. Any other object becomes an `Opaque`, which has the name of
the object's type and refuses the rest. An error becomes a built-in error with the same message.
"""

import builtins
import re
from collections.abc import Callable
from typing import Any, NoReturn

NAME = re.compile(r"[^\W\d]\w{0,59}")
CALLABLE_TYPES = ("function", "method", "builtin_function_or_method", "type")
# Kinds of answers recognise values by the names of their types: no placeholder may have one of these names.
TAKEN = {
    *dir(builtins),
    *("Series", "DataFrame", "Index", "ndarray", "bool_", "NAType", "NaTType", "Axes", "Figure"),
    *CALLABLE_TYPES,
}

CANNOT = "un objet de type {name} ne peut pas être transmis au contrôle"

Call = Callable[[int, tuple[Any, ...], dict[str, Any]], Any]
"""Calls the learner's function of a number, with its arguments."""


class Remote:
    """A function of the learner: it runs in the learner's process, on copies of its arguments."""

    def __init__(self, number: int, call: Call):
        self._number, self._call = number, call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(self._number, args, kwargs)


class Opaque:
    """An object known only by the name of its type: any operation that depends on its content raises."""

    __hash__ = None  # type: ignore[assignment]

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(CANNOT.format(name=type(self).__name__))

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _refuse

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} : {CANNOT.format(name=type(self).__name__)}")


def remote(type_name: str, number: int, call: Call) -> Remote:
    """Return a placeholder for a callable; its type has the name of the original's type."""
    name = type_name if type_name in CALLABLE_TYPES else "function"
    placeholder: Remote = type(name, (Remote,), {})(number, call)
    return placeholder


def opaque(type_name: str) -> Opaque:
    """Return a placeholder for an object."""
    usable = NAME.fullmatch(type_name) and type_name not in TAKEN
    placeholder: Opaque = type(type_name if usable else "objet", (Opaque,), {})()
    return placeholder


def error(names: list[str], message: str) -> Exception:
    """Return an exception of the nearest built-in class among `names`, with `message` and, if it is built-in, the first name.

    The exceptions that mean something to the checker are not built-in: a learner cannot make one of them.
    """
    kinds = (getattr(builtins, name, None) for name in names)
    kind = next((k for k in kinds if isinstance(k, type) and issubclass(k, Exception)), RuntimeError)
    name = names[0] if names and NAME.fullmatch(names[0]) and hasattr(builtins, names[0]) else kind.__name__
    same: Exception = type(name, (kind,), {"__init__": lambda self: None, "__str__": lambda self: message})()
    return same
