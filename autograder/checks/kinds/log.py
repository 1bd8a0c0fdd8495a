"""A log of corrections: for each item, what was decided, the new value if any, and what proves it."""

from collections.abc import Iterable, Mapping
from typing import Any

from autograder.checks.reading import ByReading, Facets, Problem, Share, Spec, type_name


def cells(spec: Spec) -> list[tuple[str, list[str]]]:
    """Return the `item.field` keys of a log with the options of each; a field without options takes a short text."""
    return [
        (f"{item}.{field}", [str(option) for option in options])
        for item in spec["items"]
        for field, options in spec["fields"].items()
    ]


class Log(ByReading):
    """A dict of `item.field` keys. Each item brings the same share, divided between the cells that it must fill.

    Of a field with `options` a key is expected; of another, a text, read without regard to case nor spaces around. A text that the solution
    leaves empty neither brings nor costs. `also` (derivation only) lists, by cell, other right keys or texts.
    """

    def read(self, value: Any, spec: Spec) -> Facets:
        if not isinstance(value, Mapping):
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend un dictionnaire.",
            )
        missing = [key for key, options in cells(spec) if options and key not in value]
        if missing:
            raise Problem("short", f"Il reste {len(missing)} choix à faire dans le journal.")
        return {key: _canonical(value.get(key, ""), options) for key, options in cells(spec)}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        right = {key: text for key, text in self.read(truth, spec).items() if text}
        shares = {key: 1 / len(spec["items"]) / _beside(key, right) for key in right}
        also = [
            (key, _canonical(text, options), shares[key])
            for key, options in cells(spec)
            for text in spec.get("also", {}).get(key, [])
        ]
        return [(key, text, shares[key]) for key, text in right.items()] + also


def _canonical(value: Any, options: list[str]) -> str:
    text = value.strip().casefold() if isinstance(value, str) else ""
    if options and text not in options:
        raise Problem("key", f"On attend une de ces clés : {', '.join(options)}.")
    return text


def _beside(key: str, right: Iterable[str]) -> int:
    """Return how many cells of the same item are to be filled."""
    item = key.rpartition(".")[0]
    return sum(other.rpartition(".")[0] == item for other in right)
