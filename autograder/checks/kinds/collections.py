"""Ordered and unordered collections of plain values."""

from collections.abc import Iterable
from typing import Any, TypedDict

from autograder.checks.kinds.canonical import DIGITS, canonical_value, digest
from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name


class CollectionSpec(TypedDict, total=False):
    """`digits`: significant digits that count."""

    digits: int


def _items(value: Any, spec: CollectionSpec) -> list[str]:
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Iterable):
        raise Problem(
            f"type:{type(value).__name__}",
            f"Votre réponse est {type_name(value)} : on attend une liste de valeurs, entre crochets.",
        )
    if type(value).__name__ == "DataFrame":
        raise Problem(
            "type:DataFrame",
            "Votre réponse est un tableau entier : on attend une seule colonne, ou une liste.",
        )
    return [canonical_value(item, spec.get("digits", DIGITS)) for item in value]


class Sequence(ByReading):
    """Values in order (list, tuple, Series, Index, array). `digits`: significant digits kept (default 6)."""

    def read(self, value: Any, spec: CollectionSpec) -> Facets:
        return {"": digest(_items(value, spec))}

    def shares(self, truth: Any, spec: CollectionSpec) -> list[Share]:
        return [("", digest(_items(truth, spec)), 1.0)]


class Set(ByReading):
    """Values without order or repetition (set, list, Series, Index, array)."""

    def read(self, value: Any, spec: CollectionSpec) -> Facets:
        return {"": digest(sorted(set(_items(value, spec))))}

    def shares(self, truth: Any, spec: CollectionSpec) -> list[Share]:
        return [("", self.read(truth, spec)[""], 1.0)]
