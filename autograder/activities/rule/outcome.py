"""What a rule catches among the rows of a table, and whether this is enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.activities.rule.form import RuleForm, is_sought
from autograder.activities.rule.rules import Rule

FOUND, FALSE, MISSED, LEFT = "found", "wrong", "missed", "left"
"""What becomes of a row: caught rightly, caught wrongly, missed, left rightly."""

STATES = {(True, True): FOUND, (True, False): FALSE, (False, True): MISSED, (False, False): LEFT}
"""(caught, sought) -> state."""


@dataclass(frozen=True)
class Outcome:
    """The state of each row, and what their sum is worth."""

    form: RuleForm
    states: Sequence[str]

    def count(self, *states: str) -> int:
        return sum(state in states for state in self.states)

    @property
    def measures(self) -> dict[str, float]:
        """What a goal may bound."""
        cost = self.form.get("cost", {"caught": 0, "missed": 0})
        caught, missed = self.count(FOUND, FALSE), self.count(MISSED)
        spent = caught * cost["caught"] + missed * cost["missed"]
        return {"missed": missed, "wrong": self.count(FALSE), "caught": caught, "cost": spent}

    @property
    def over(self) -> list[str]:
        """The measures that are above the goal."""
        measures = self.measures
        return [name for name, most in self.form["goal"].items() if measures[name] > most]


def outcome(form: RuleForm, rule: Rule) -> Outcome:
    """Return what a rule does to the table of a form."""
    return Outcome(form, [STATES[rule.catches(row), is_sought(form, row)] for row in form["rows"]])
