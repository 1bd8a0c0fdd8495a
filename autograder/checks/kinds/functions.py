"""Functions, judged by calling them: on cases that the learner may see, and in grading on hidden ones."""

import copy
from typing import Any, Final, NotRequired, TypedDict

from autograder.checks.errors import explain
from autograder.checks.kinds.canonical import DIGITS, canonical_value, digest
from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name

HIDDEN: Final = "hidden"
"""The facet of what a function gives on the cases that only grading knows."""


class FunctionSpec(TypedDict):
    """`cases`: the arguments of each visible call; `hidden`: those of the calls that only grading makes; `digits` that count."""

    cases: list[list[Any]]
    hidden: NotRequired[list[list[Any]]]
    digits: NotRequired[int]


class Function(ByReading):
    """A callable. `cases` and `hidden` are lists of argument lists; hidden cases bring half of the points."""

    def read(self, value: Any, spec: FunctionSpec) -> Facets:
        if not callable(value):
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend une fonction, définie par « def ».",
            )
        facets = {"visible": self._outputs(value, spec["cases"], spec)}
        if HIDDEN in spec:
            facets[HIDDEN] = self._outputs(value, spec[HIDDEN], spec)
        return facets

    def shares(self, truth: Any, spec: FunctionSpec) -> list[Share]:
        facets = self.read(truth, spec)
        return [(facet, canonical, 1 / len(facets)) for facet, canonical in facets.items()]

    def _outputs(self, function: Any, cases: list[list[Any]], spec: FunctionSpec) -> str:
        outputs = []
        for arguments in cases:
            # What a hidden case is must not show on the feedback page.
            shown = (
                "(" + ", ".join(map(repr, arguments)) + ")"
                if cases is spec["cases"]
                else "un cas de contrôle"
            )
            try:
                output = function(*copy.deepcopy(arguments))
            except Exception as error:
                raise Problem(
                    f"raised:{type(error).__name__}",
                    f"Votre fonction s’arrête sur une erreur avec {shown}. {explain(error) or type(error).__name__}",
                ) from error
            if output is None:
                raise Problem(
                    "none",
                    f"Votre fonction ne renvoie rien avec {shown} : il manque sans doute « return ».",
                )
            outputs.append(canonical_value(output, spec.get("digits", DIGITS)))
        return digest(outputs)
