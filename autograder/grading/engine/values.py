"""Values as bytes, and back, between a learner's process and the checker's. Never pickle, nothing that runs.

A value is a tree in JSON, followed by raw parts (arrays, columns). In the tree, None, booleans, numbers and texts are
themselves. Any other value is a list that starts with a tag: `["set", [1, 2]]`. The author of the bytes is not trusted:
`decode` returns values of exact plain types, or raises Refused.
"""

import collections
import datetime
import decimal
import fractions
import json
import struct
import types
from collections.abc import Callable
from itertools import islice
from typing import Any

from autograder.checks import plots
from autograder.grading.engine import placeholders, tables

MAX_BYTES = 16 << 20
MAX_NODES = 300_000
MAX_DEPTH = 40
MAX_INTEGER_BITS = 4096
MAX_EXPONENT = 5000
MAX_TEXT = 4096
"""Characters of the text of a number, a date…"""

TOO_BIG = "Votre réponse est trop volumineuse pour être contrôlée : gardez-en moins de lignes ou d’éléments."
TOO_DEEP = (
    "Votre réponse contient trop de niveaux, ou se contient elle-même : elle ne peut pas être contrôlée."
)
GIANT = "Votre réponse contient un nombre de plusieurs milliers de chiffres : il ne peut pas être contrôlé."
UNREADABLE = "Votre réponse ne peut pas être lue ({detail})."

HEADER = struct.Struct("!I")
PLAIN = (type(None), bool, float, str)

SEQUENCES: dict[str, Any] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
LAZY: tuple[type, ...] = (
    types.GeneratorType,
    map,
    filter,
    zip,
    enumerate,
    collections.deque,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
"""Values that cross as lists: a check can only go through them."""

Keep = Callable[[Any], int]
"""Remembers a function, and returns its number."""


class Refused(Exception):
    """A value that cannot cross; the message is French, for the learner."""


def encode(value: Any, keep: Keep | None = None) -> bytes:
    """Return the bytes of a value. Raises Refused; a learner's object may raise anything else.

    `keep` gives functions their numbers. Without `keep`, only the name of their type crosses.
    """
    encoder = Encoder(keep)
    tree = json.dumps([encoder.tree(value, 0), [len(part) for part in encoder.parts]]).encode("ascii")
    encoder.spend(len(tree))
    return b"".join([HEADER.pack(len(tree)), tree, *encoder.parts])


def decode(data: bytes, call: placeholders.Call | None = None) -> Any:
    """Return the value of some bytes. Raises Refused when the bytes are not those of a value.

    `call` calls the learner's functions.
    """
    try:
        if len(data) > MAX_BYTES + HEADER.size:
            raise Refused(TOO_BIG)
        (size,) = HEADER.unpack_from(data)
        tree, lengths = json.loads(data[HEADER.size : HEADER.size + size].decode("ascii"))
        parts, start = [], HEADER.size + size
        for length in lengths:
            parts.append(data[start : start + length])
            start += length
        return Decoder(parts, call).value(tree)
    except Refused:
        raise
    except RecursionError:
        raise Refused(TOO_DEEP) from None
    except MemoryError:
        raise Refused(TOO_BIG) from None
    except Exception as error:  # malformed bytes may break numpy and pandas in many ways
        raise Refused(UNREADABLE.format(detail=type(error).__name__)) from None


class Encoder:
    """Builds one tree. Counts its nodes and bytes, so that nothing grows without bound."""

    def __init__(self, keep: Keep | None):
        self._keep = keep
        self._nodes = MAX_NODES
        self._bytes = MAX_BYTES
        self.parts: list[bytes] = []

    def spend(self, size: int) -> None:
        """Count `size` bytes. Raises Refused."""
        self.afford(size)
        self._bytes -= size

    def afford(self, size: int) -> None:
        """Raise Refused when `size` more bytes are too many."""
        if size > self._bytes:
            raise Refused(TOO_BIG)

    def part(self, data: bytes) -> int:
        """Keep raw bytes; return their number."""
        self.spend(len(data))
        self.parts.append(data)
        return len(self.parts) - 1

    def tree(self, value: Any, depth: int) -> Any:
        """Return the tree of a value."""
        self._nodes -= 1
        if self._nodes < 0:
            raise Refused(TOO_BIG)
        if depth > MAX_DEPTH:
            raise Refused(TOO_DEEP)
        if tables.is_known(value):  # before plain types: numpy's numbers and texts inherit from them
            return tables.encode(self, value, depth)
        plain = self._plain(value)
        if plain is not NotImplemented:
            return plain
        return self._container(value, depth)

    def trees(self, values: Any, depth: int) -> list[Any]:
        """Return the trees of what a collection holds, one level down."""
        return [self.tree(item, depth + 1) for item in islice(values, MAX_NODES + 1)]

    def _plain(self, value: Any) -> Any:
        if value is None or value is True or value is False:
            return value
        if isinstance(value, int):
            if int.bit_length(value) > MAX_INTEGER_BITS:
                raise Refused(GIANT)
            return int.__int__(value)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, str):
            self.spend(str.__len__(value))
            return str.__str__(value)
        return NotImplemented

    def _container(self, value: Any, depth: int) -> Any:
        for tag, kind in SEQUENCES.items():
            if isinstance(value, kind):
                return [tag, self.trees(kind.__iter__(value), depth)]
        if isinstance(value, LAZY):
            return ["list", self.trees(value, depth)]
        if isinstance(value, dict):
            pairs = islice(dict.items(value), MAX_NODES + 1)
            return ["dict", [[self.tree(k, depth + 1), self.tree(v, depth + 1)] for k, v in pairs]]
        return self._scalar(value) or self._other(value, depth)

    def _scalar(self, value: Any) -> list[Any] | None:
        match value:
            case range():
                return ["range", value.start, value.stop, value.step]
            case bytes() | bytearray():
                return ["bytes", self.part(bytes(value))]
            case complex():
                return ["complex", value.real, value.imag]
            case decimal.Decimal():
                return ["decimal", decimal.Decimal.__str__(value)[:MAX_TEXT]]
            case fractions.Fraction():
                return ["fraction", self._plain(value.numerator), self._plain(value.denominator)]
            case datetime.datetime():
                return ["datetime", value.isoformat()]
            case datetime.date():
                return ["date", value.isoformat()]
            case datetime.time():
                return ["time", value.isoformat()]
            case datetime.timedelta():
                return ["timedelta", value.days, value.seconds, value.microseconds]
        return None

    def _other(self, value: Any, depth: int) -> list[Any]:
        if value is ...:
            return ["ellipsis"]
        if isinstance(value, types.ModuleType):
            return ["module"]
        if plots.is_axes(value):
            return self._axes(plots.read_axes(value), depth)
        if plots.is_figure(value):
            return ["figure", [self._axes(axes, depth + 1) for axes in plots.read_figure(value).axes]]
        name = str(type(value).__name__)[:MAX_TEXT]
        if callable(value) and self._keep is not None:
            return ["function", name, self._keep(value)]
        return ["object", name]

    def _axes(self, axes: plots.Axes, depth: int) -> list[Any]:
        low, high = axes.limits
        texts = [self._plain(text) for text in (axes.title, axes.xlabel, axes.ylabel)]
        return ["axes", low, high, *texts, axes.mark, self.trees(axes.values, depth)]


class Module:
    """A placeholder for a module. The name of the variable says which module it is: see `checker.ALIASES`."""


class Decoder:
    """Builds exact plain values from one tree."""

    def __init__(self, parts: list[bytes], call: placeholders.Call | None):
        self._parts, self._call = parts, call

    def part(self, number: int) -> bytes:
        """Return the raw bytes of this number."""
        return self._parts[number]

    def values(self, trees: list[Any]) -> list[Any]:
        """Return the values of several trees."""
        return [self.value(tree) for tree in trees]

    def value(self, tree: Any) -> Any:
        """Return the value of a tree. Raises anything on a malformed tree."""
        if not isinstance(tree, list):
            if type(tree) not in (*PLAIN, int):
                raise Refused(UNREADABLE.format(detail="forme inconnue"))
            return tree
        tag, *fields = tree
        if tag in SEQUENCES:
            return SEQUENCES[tag](self.values(fields[0]))
        if tag == "dict":
            return {self.value(key): self.value(item) for key, item in fields[0]}
        if tag in tables.DECODERS:
            return tables.DECODERS[tag](self, *fields)
        return _DECODERS[tag](self, *fields)

    def axes(
        self, low: float, high: float, title: str, xlabel: str, ylabel: str, mark: Any, values: Any
    ) -> Any:
        """Return the facts of a chart."""
        if mark not in ("bar", "line", "scatter", ""):
            raise Refused(UNREADABLE.format(detail="graphique"))
        return plots.Axes(
            (float(low), float(high)), str(title), str(xlabel), str(ylabel), mark, self.values(values)
        )

    def figure(self, trees: list[Any]) -> plots.Figure:
        """Return the charts of a figure."""
        return plots.Figure([self.axes(*fields) for tag, *fields in trees])

    def function(self, name: str, number: int) -> Any:
        """Return a placeholder for a function."""
        if self._call is None:
            return placeholders.opaque("function")
        return placeholders.remote(str(name), int(number), self._call)

    def object(self, name: str) -> Any:
        """Return a placeholder for any other object."""
        return placeholders.opaque(str(name))


def _range(_: Decoder, *bounds: int) -> range:
    numbers = range(*map(int, bounds))
    if max(abs(bound) for bound in bounds) > tables.MAX_ITEMS:
        raise Refused(TOO_BIG)
    return numbers


def _decimal(_: Decoder, text: str) -> decimal.Decimal:
    number = decimal.Decimal(text)
    if number.is_finite() and abs(number.adjusted()) > MAX_EXPONENT:
        raise Refused(GIANT)
    return number


_DECODERS: dict[str, Callable[..., Any]] = {
    "range": _range,
    "bytes": lambda decoder, part: decoder.part(part),
    "complex": lambda _, real, imag: complex(float(real), float(imag)),
    "decimal": _decimal,
    "fraction": lambda _, top, bottom: fractions.Fraction(int(top), int(bottom)),
    "datetime": lambda _, text: datetime.datetime.fromisoformat(text),
    "date": lambda _, text: datetime.date.fromisoformat(text),
    "time": lambda _, text: datetime.time.fromisoformat(text),
    "timedelta": lambda _, days, seconds, micro: datetime.timedelta(int(days), int(seconds), int(micro)),
    "ellipsis": lambda _: ...,
    "module": lambda _: Module(),
    "axes": Decoder.axes,
    "figure": Decoder.figure,
    "function": Decoder.function,
    "object": Decoder.object,
}
