"""What stands in the checker for what cannot leave the learner's process."""

import builtins
import re
from collections.abc import Callable
from typing import Any, NoReturn

NAME = re.compile(r"[^\W\d]\w{0,59}")
CALLABLE_TYPES = ("function", "method", "builtin_function_or_method", "type")
# Kinds of answers recognise values by the names of their types: no stand-in may bear one of these.
TAKEN = {
    *dir(builtins),
    *("Series", "DataFrame", "Index", "ndarray", "bool_", "NAType", "NaTType", "Axes", "Figure"),
    *CALLABLE_TYPES,
}

CANNOT = "un objet de type {name} ne peut pas être transmis au contrôle"

Call = Callable[[int, tuple[Any, ...], dict[str, Any]], Any]
"""Calls the learner's function of that number."""


class Remote:
    """A function of the learner's: it runs in their process, on copies of its arguments."""

    def __init__(self, number: int, call: Call):
        self._number, self._call = number, call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(self._number, args, kwargs)


class Opaque:
    """An object of which only the name of the type is known; whatever depends on its content raises."""

    __hash__ = None  # type: ignore[assignment]

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(CANNOT.format(name=type(self).__name__))

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _refuse

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} : {CANNOT.format(name=type(self).__name__)}")


def remote(type_name: str, number: int, call: Call) -> Remote:
    """Return a stand-in for a callable, whose type bears the name of the original's."""
    name = type_name if type_name in CALLABLE_TYPES else "function"
    stub: Remote = type(name, (Remote,), {})(number, call)
    return stub


def opaque(type_name: str) -> Opaque:
    """Return a stand-in for an object."""
    usable = NAME.fullmatch(type_name) and type_name not in TAKEN
    found: Opaque = type(type_name if usable else "objet", (Opaque,), {})()
    return found


def error(names: list[str], message: str) -> Exception:
    """Return an exception of the nearest built-in kind among `names`, which says `message` and bears the first name.

    Never one that means something to the checker: those are not built-in.
    """
    kinds = (getattr(builtins, name, None) for name in names)
    kind = next((k for k in kinds if isinstance(k, type) and issubclass(k, Exception)), RuntimeError)
    name = names[0] if names and NAME.fullmatch(names[0]) and hasattr(builtins, names[0]) else kind.__name__
    told: Exception = type(name, (kind,), {"__init__": lambda self: None, "__str__": lambda self: message})()
    return told
