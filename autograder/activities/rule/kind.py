"""How a rule is judged: by what it catches. Every rule that reaches the goal is right."""

from collections.abc import Mapping
from typing import Any

from autograder.activities.rule.causes import WORDS, cause
from autograder.activities.rule.form import RuleForm
from autograder.activities.rule.outcome import FALSE, FOUND, outcome
from autograder.activities.rule.rules import rule_of
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Facets, Problem, Share, Spec, Told

ROWS, CAUSE = "rows", "cause"
"""The facets of a rule that misses the goal: the rows that it catches, to which a mistake of the author's is bound, and why it fails."""

REACHED: Facets = {"": "reached"}


class Caught:
    """A rule, known by the rows that it catches: two rules that catch the same ones are the same answer."""

    def read(self, value: Any, spec: RuleForm) -> Facets:
        try:
            rule = rule_of(spec, value)
        except UnreadableAnswer as error:
            raise Problem("rule", str(error)) from error
        got = outcome(spec, rule)
        if not got.over:
            return REACHED
        caught = [str(place) for place, state in enumerate(got.states) if state in (FOUND, FALSE)]
        return {ROWS: ",".join(caught), CAUSE: cause(spec, rule, got)}

    def shares(self, truth: Any, spec: RuleForm) -> list[Share]:
        return [(facet, canonical, 1.0) for facet, canonical in REACHED.items()]

    def near(self, value: Any, spec: RuleForm) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0] != CAUSE]

    def told(self, spec: Spec) -> list[Told]:
        return [(CAUSE, name, name, words) for name, words in WORDS.items()]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """Nothing to point at: a rule is judged whole."""
        return []

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        """What the author wrote of these very rows, else the cause."""
        return mistaken[:1]
