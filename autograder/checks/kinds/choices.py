"""Answers among given keys: one, several, in order, matched. Each key comes from the exercise's form."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, TypedDict

from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name


class OptionsSpec(TypedDict):
    """`options`: the keys of the form."""

    options: list[str]


class MatchSpec(OptionsSpec):
    """`items`: the keys of what has to be matched."""

    items: list[str]


MOST_FORGOTTEN = 2
"""Parts forgotten that are told at once: naming them all would give the answer."""


def _key(value: Any, allowed: Iterable[str]) -> str:
    keys = {str(key).casefold(): str(key) for key in allowed}
    if not isinstance(value, str) or value.strip().casefold() not in keys:
        raise Problem("key", f"On attend une de ces lettres ou clés : {', '.join(keys.values())}.")
    return keys[value.strip().casefold()]


def _paired(item: Any, value: Any, allowed: Iterable[str]) -> str:
    """Return the key given to an item; the Problem names the item."""
    try:
        return _key(value, allowed)
    except Problem as problem:
        said = repr(value) if isinstance(value, str) else type_name(value)
        raise Problem("key", f"Pour « {item} », vous donnez {said}. {problem.message}") from None


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise Problem(
            f"type:{type(value).__name__}",
            f"Votre réponse est {type_name(value)} : on attend un dictionnaire.",
        )
    return value


def _keys(value: Any, spec: OptionsSpec) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise Problem(
            f"type:{type(value).__name__}", f"Votre réponse est {type_name(value)} : on attend une liste."
        )
    found = [_key(item, spec["options"]) for item in value]
    if len(set(found)) < len(found):
        raise Problem("twice", "Une même proposition figure deux fois dans votre réponse.")
    return found


class Choice(ByReading):
    """One key of `options`."""

    def read(self, value: Any, spec: OptionsSpec) -> Facets:
        return {"": _key(value, spec["options"])}

    def shares(self, truth: Any, spec: OptionsSpec) -> list[Share]:
        return [("", _key(truth, spec["options"]), 1.0)]


class Leaving:
    """Mixin: an answer leaves some parts. `left` is what is read of these."""

    left: str

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """What was picked wrongly; what was forgotten is left to find."""
        return [part for part, state in facets.items() if state != self.left and brings.get(part, 0) <= 0]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        """What was picked wrongly; once nothing is, two of the parts forgotten."""
        picked = [part for part in mistaken if facets[part] != self.left]
        return picked or mistaken[:MOST_FORGOTTEN]


class Choices(Leaving, ByReading):
    """Several keys of `options`. Each right one brings its share, each wrong one costs as much."""

    left = "out"

    def read(self, value: Any, spec: OptionsSpec) -> Facets:
        picked = _keys(value, spec)
        return {str(option): "in" if option in picked else self.left for option in map(str, spec["options"])}

    def shares(self, truth: Any, spec: OptionsSpec) -> list[Share]:
        right = _keys(truth, spec)
        share = 1 / len(right)
        return [(str(o), "in", share if str(o) in right else -share) for o in spec["options"]]


class Order:
    """All the keys of `options`, in order. A facet per pair lets a mistake say which step comes too early."""

    def read(self, value: Any, spec: OptionsSpec) -> Facets:
        found = _keys(value, spec)
        if len(found) < len(spec["options"]):
            raise Problem(
                "short", f"Il faut ranger les {len(spec['options'])} étapes ; vous en avez {len(found)}."
            )
        return {"": ">".join(found), **{f"{a}<{b}": "yes" for a, b in combinations(found, 2)}}

    def near(self, value: Any, spec: OptionsSpec) -> list[tuple[str, str]]:
        return [("", self.read(value, spec)[""])]

    def shares(self, truth: Any, spec: OptionsSpec) -> list[Share]:
        return [("", ">".join(_keys(truth, spec)), 1.0)]


class Match(ByReading):
    """A dict: each key of `items` with a key of `options`. Each right pair brings its share."""

    def read(self, value: Any, spec: MatchSpec) -> Facets:
        given = _mapping(value)
        missing = [str(item) for item in spec["items"] if item not in given]
        if missing:
            left = "un élément" if len(missing) == 1 else f"{len(missing)} éléments"
            raise Problem("short", f"Il reste {left} à associer.")
        return {str(item): _paired(item, given[item], spec["options"]) for item in spec["items"]}

    def shares(self, truth: Any, spec: MatchSpec) -> list[Share]:
        return [(item, option, 1 / len(spec["items"])) for item, option in self.read(truth, spec).items()]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        return [item for item in facets if brings.get(item, 0) <= 0]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        return mistaken


class Labels(Leaving, ByReading):
    """A dict: some keys of `items`, each with a key of `options`; the others are left.

    Each right pair brings its share; an option given to an item that the right answer leaves costs as much.
    """

    left = ""

    def read(self, value: Any, spec: MatchSpec) -> Facets:
        given = _mapping(value)
        return {
            str(item): _paired(item, given[item], spec["options"]) if item in given else self.left
            for item in spec["items"]
        }

    def shares(self, truth: Any, spec: MatchSpec) -> list[Share]:
        right = self.read(truth, spec)
        share = 1 / sum(option != self.left for option in right.values())

        def of(item: str, option: str) -> float:
            if right[item] == self.left:
                return -share
            return (
                share if right[item] == option else 0.0
            )  # foreseen, so that it is told before what is forgotten

        return [(item, option, of(item, option)) for item in right for option in map(str, spec["options"])]
