"""How an answer is read before it is compared: a problem to explain, or facets to look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

Facets = dict[str, str]
"""facet -> canonical text. A scalar answer has the single facet `""`."""

Spec = Mapping[str, Any]
"""The `answer` options of an exercise (or what its form implies). Each kind says, beside its class, which ones it reads."""

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)

Share = tuple[str, str, float]
"""(facet, canonical text, share of the points it brings; negative when it costs some)."""

Told = tuple[str, str, str, str]
"""(facet, canonical text, id, message): what a kind itself says of a wrong part of an answer."""


class Problem(Exception):
    """An answer that cannot be compared: wrong type, wrong shape...

    `code` is stable (an author may bind a mistake to it); `message` is French and says what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Unreadable:
    """Stands, in grading, for an answer that could not leave the learner's process; `reason` is French."""

    reason: str


class Kind(Protocol[S_contra]):
    """A kind of answer, with the options that it reads. Instances are stateless."""

    def read(self, value: Any, spec: S_contra) -> Facets:
        """Return the facets of an answer; raise Problem when it cannot be compared."""
        ...

    def shares(self, truth: Any, spec: S_contra) -> list[Share]:
        """Return every (facet, canonical, share) that a right answer, or a part of one, can show."""
        ...

    def near(self, value: Any, spec: S_contra) -> list[tuple[str, str]]:
        """Return the (facet, canonical) pairs taken for `value`, a mistaken answer, tolerance included."""
        ...


@runtime_checkable
class Teller(Protocol):
    """A kind with words of its own on the wrong parts of an answer, beside the mistakes that the author writes."""

    def told(self, spec: Spec) -> list[Told]:
        """Return what is said of each wrong part that can be foreseen."""
        ...


@runtime_checkable
class Partwise(Protocol):
    """A kind whose answers have parts, judged one by one: a learner can be told which part to look at again."""

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """Return the facets that are wrong; `brings` is the share of the points of each facet that was foreseen."""
        ...

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        """Return which of the mistaken facets that were foreseen are told at this try: telling all of them would give the answer."""
        ...


@runtime_checkable
class Counting(Protocol):
    """A kind with parts that are answered by whole numbers: the usual slips on a number are foreseen of each."""

    def counts(self, spec: Spec) -> Mapping[str, str]:
        """Return the facets of these parts, each with its label."""
        ...


@runtime_checkable
class Rounded(Protocol):
    """A kind whose answers are looked up once more as they are written, when nothing was foreseen for them."""

    def as_written(self, value: Any) -> Facets:
        """Return the facets to look up then."""
        ...


class ByReading:
    """Mixin: a value is only taken for itself (no tolerance)."""

    def near(self: Kind[S], value: Any, spec: S) -> list[tuple[str, str]]:
        return list(self.read(value, spec).items())


def type_name(value: object) -> str:
    """Return a French name of the type of a value, for a learner."""
    names = {
        "str": "un texte (entre guillemets)",
        "bool": "un booléen (True ou False)",
        "int": "un nombre entier",
        "float": "un nombre",
        "list": "une liste",
        "tuple": "une suite de valeurs (tuple)",
        "set": "un ensemble",
        "dict": "un dictionnaire",
        "Series": "une colonne entière (Series)",
        "DataFrame": "un tableau entier (DataFrame)",
        "Index": "un index",
        "ndarray": "un tableau numpy",
        "function": "une fonction",
        "method": "une fonction qui n’a pas été appelée (il manque les parenthèses)",
        "builtin_function_or_method": "une fonction qui n’a pas été appelée (il manque les parenthèses)",
        "Axes": "un graphique",
        "Figure": "une figure",
    }
    name = type(value).__name__
    return names.get(name, f"un objet de type {name}")
