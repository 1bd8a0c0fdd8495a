"""How a repaired chart is judged: by its settings."""

from collections.abc import Mapping
from typing import Any, NotRequired

from autograder.activities.repair.form import RepairForm, options
from autograder.activities.repair.settings import read, start
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import ByReading, Facets, Problem, Share

GIVEN = "!start"
"""A facet that all answers have: it takes back what the settings that were right at the start bring."""


class RepairSpec(RepairForm):
    """`also`: other right options of a setting, for the derivation."""

    also: NotRequired[dict[str, list[str]]]


class Repaired(ByReading):
    """A facet per setting. Each one repaired brings its share; one that was right, and is broken, costs as much."""

    def read(self, value: Any, spec: RepairSpec) -> Facets:
        try:
            found: Any = read(spec, value)
        except UnreadableAnswer as error:
            raise Problem("settings", str(error)) from error
        return {**found, GIVEN: "yes"}

    def shares(self, truth: Any, spec: RepairSpec) -> list[Share]:
        right = {name: {option} for name, option in self.read(truth, spec).items() if name != GIVEN}
        for name, others in spec.get("also", {}).items():
            if name not in right or not {*others} <= {*options(spec, name)}:
                raise Problem("also", f"« also » nomme un réglage ou un choix inconnu, pour « {name} ».")
            right[name].update(others)
        kept = sum(start(spec)[name] in accepted for name, accepted in right.items())
        if kept == len(right):
            raise Problem("start", "Rien n’est à réparer : tous les réglages de départ sont justes.")
        share = 1 / (len(right) - kept)
        return [
            *((name, option, share) for name, accepted in right.items() for option in sorted(accepted)),
            (GIVEN, "yes", -kept * share),
        ]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        return [name for name in facets if name != GIVEN and brings.get(name, 0) <= 0]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        return [name for name in mistaken if name != GIVEN]
