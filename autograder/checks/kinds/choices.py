"""Answers among given keys: one, several, in order, matched. Each key comes from the exercise's form."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from autograder.checks.reading import ByReading, Facets, Problem, Share, Spec, type_name


def _key(value: Any, allowed: Iterable[str]) -> str:
    keys = {str(key).casefold(): str(key) for key in allowed}
    if not isinstance(value, str) or value.strip().casefold() not in keys:
        raise Problem("key", f"On attend une de ces lettres ou clés : {', '.join(keys.values())}.")
    return keys[value.strip().casefold()]


def _keys(value: Any, spec: Spec) -> list[str]:
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

    def read(self, value: Any, spec: Spec) -> Facets:
        return {"": _key(value, spec["options"])}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [("", _key(truth, spec["options"]), 1.0)]


class Choices(ByReading):
    """Several keys of `options`. Each right one brings its share, each wrong one costs as much."""

    def read(self, value: Any, spec: Spec) -> Facets:
        picked = _keys(value, spec)
        return {str(option): "in" if option in picked else "out" for option in map(str, spec["options"])}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        right = _keys(truth, spec)
        share = 1 / len(right)
        return [(str(o), "in", share if str(o) in right else -share) for o in spec["options"]]


class Order:
    """All the keys of `options`, in order. A facet per pair lets a mistake say which step comes too early."""

    def read(self, value: Any, spec: Spec) -> Facets:
        found = _keys(value, spec)
        if len(found) < len(spec["options"]):
            raise Problem(
                "short", f"Il faut ranger les {len(spec['options'])} étapes ; vous en avez {len(found)}."
            )
        return {"": ">".join(found), **{f"{a}<{b}": "yes" for a, b in combinations(found, 2)}}

    def near(self, value: Any, spec: Spec) -> list[tuple[str, str]]:
        return [("", self.read(value, spec)[""])]

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [("", ">".join(_keys(truth, spec)), 1.0)]


class Match(ByReading):
    """A dict: each key of `items` with a key of `options`. Each right pair brings its share."""

    def read(self, value: Any, spec: Spec) -> Facets:
        if not isinstance(value, Mapping):
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend un dictionnaire.",
            )
        missing = [str(item) for item in spec["items"] if item not in value]
        if missing:
            raise Problem("short", f"Il reste {len(missing)} élément(s) à associer.")
        return {str(item): _key(value[item], spec["options"]) for item in spec["items"]}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [(item, option, 1 / len(spec["items"])) for item, option in self.read(truth, spec).items()]
