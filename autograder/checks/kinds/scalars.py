"""Numbers with a tolerance, text, booleans."""

import math
import numbers
import unicodedata
from decimal import Decimal
from typing import Any, TypedDict

from autograder.contract.kinds import ByReading, Facets, Problem, Share, Spec, type_name

LARGEST = 1e100
"""A larger number is a slip, and could no longer be cut into steps."""

AS_WRITTEN = "~"
"""Facet of a number as it is written: roundings of a mistaken value are looked up there, without tolerance."""

STEPS = 3
"""A tolerance is cut into this many steps: an answer is accepted up to one step beyond it."""


def as_number(value: Any) -> float:
    """Return a number as a float; raise Problem for anything else, NaN and infinities included."""
    if type(value).__name__ in {"Series", "Index", "ndarray"}:
        if getattr(value, "size", 0) != 1:
            raise Problem(
                "type:series",
                f"Votre réponse est {type_name(value)} : on attend un seul nombre. "
                "Avez-vous oublié l’opération qui résume la colonne en une valeur ?",
            )
        value = value.item() if value.ndim == 0 else next(iter(value))
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        raise Problem("type:bool", "Votre réponse est vrai ou faux (un booléen) : on attend un nombre.")
    if isinstance(value, str):
        raise Problem(
            "type:str",
            "Votre réponse est un texte (entre guillemets) : on attend un nombre, écrit sans guillemets, "
            "avec un point pour la virgule décimale.",
        )
    if isinstance(value, tuple):
        raise Problem(
            "type:tuple",
            "Votre réponse contient plusieurs valeurs : pour Python, une virgule les sépare. La virgule décimale s’écrit "
            "avec un point, et les milliers sans espace ni virgule.",
        )
    if type(value).__name__ in {"NAType", "NaTType"}:
        value = math.nan
    if not isinstance(value, (numbers.Number, Decimal)) or isinstance(value, complex):
        raise Problem(
            f"type:{type(value).__name__}", f"Votre réponse est {type_name(value)} : on attend un nombre."
        )
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise Problem(
            "nan",
            "Votre calcul donne « nan » : une valeur manquante s’est glissée dans l’opération. "
            "Regardez comment les valeurs manquantes y sont traitées.",
        )
    if abs(number) > LARGEST:
        raise Problem(
            "inf",
            "Votre réponse est l’infini, ou un nombre démesuré : n’y a-t-il pas une division par zéro ?",
        )
    return number


class NumberSpec(TypedDict, total=False):
    """`tolerance`: the greatest distance to the right number."""

    tolerance: float


class TextSpec(TypedDict, total=False):
    """`accept`: other spellings."""

    accept: list[str]


class Number:
    """A number; `tolerance` is absolute, in the unit of the answer. Without it, an exact value is expected."""

    def read(self, value: Any, spec: NumberSpec) -> Facets:
        return {"": self._cell(as_number(value), spec)}

    def as_written(self, value: Any) -> Facets:
        return {AS_WRITTEN: canonical_number(as_number(value))}

    def near(self, value: Any, spec: NumberSpec) -> list[tuple[str, str]]:
        """Return the cells near a mistaken value, a tenth of this value away at most.

        A tolerance as large as the value itself would reach zero, or numbers of the other sign.
        """
        number = as_number(value)
        reach = min(spec.get("tolerance") or 0, abs(number) / 10)
        return [("", cell) for cell in self._cells(number, reach, spec)]

    def shares(self, truth: Any, spec: NumberSpec) -> list[Share]:
        cells = self._cells(as_number(truth), spec.get("tolerance") or 0, spec)
        return [("", cell, 1.0) for cell in cells]

    def _cells(self, number: float, reach: float, spec: NumberSpec) -> list[str]:
        """Return the cells that |answer - number| <= reach can fall into."""
        if not spec.get("tolerance"):
            return [self._cell(number, spec)]
        step = spec["tolerance"] / STEPS
        low, high = math.floor((number - reach) / step), math.floor((number + reach) / step)
        return [str(cell) for cell in range(low, high + 1)]

    def _cell(self, number: float, spec: NumberSpec) -> str:
        tolerance = spec.get("tolerance")
        if tolerance:
            return str(math.floor(number / (tolerance / STEPS)))
        return canonical_number(number)


def canonical_number(number: float) -> str:
    """Return a text equal for equal numbers up to rounding noise (9 significant digits; -0 is 0)."""
    return f"{number + 0.0:.9g}"


def fold(text: str) -> str:
    """Return a text without case, accents, punctuation or spacing differences."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = [c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)]
    return " ".join("".join(letters).split())


class Text(ByReading):
    """A short text; case, accents, punctuation and spaces do not matter. `accept` lists other spellings."""

    def read(self, value: Any, spec: TextSpec) -> Facets:
        if not isinstance(value, str):
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend un texte, écrit entre guillemets.",
            )
        return {"": fold(value)}

    def shares(self, truth: Any, spec: TextSpec) -> list[Share]:
        return [("", fold(text), 1.0) for text in [truth, *spec.get("accept", [])]]


class Boolean(ByReading):
    """True or False."""

    def read(self, value: Any, spec: Spec) -> Facets:
        if type(value).__name__ not in {"bool", "bool_"}:
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend True (vrai) ou False (faux), sans guillemets.",
            )
        return {"": str(bool(value))}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [("", str(bool(truth)), 1.0)]
