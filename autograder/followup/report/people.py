"""Where each person stands in a module: objectives reached, exercises on which they are stuck, and the idea."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from autograder.checks.judge import FULL
from autograder.followup.report.exercises import renamed
from autograder.followup.report.rows import Outcomes
from autograder.followup.report.words import ModuleWords

MANY_TRIES = 3
"""Verdicts without a right answer from which a person is stuck."""
SAME_AGAIN = 2
"""Times that the same mistake is met from which a person is stuck."""


@dataclass(frozen=True)
class NotReached:
    """An exercise that is not right in the copy handed in. `mistake`: the idea in question, "" when none is known.

    `is_stuck`: met three verdicts without being right, or the same mistake twice. Without a journal, nobody is told to be stuck.
    """

    exercise: str
    mistake: str
    is_stuck: bool


@dataclass(frozen=True)
class Standing:
    """One person in one module. `reached` of `objectives`, as far as the grader judges them; `share` of the points, 0 to 1."""

    learner: str
    reached: int
    objectives: int
    share: float
    has_tries: bool
    not_reached: Sequence[NotReached]

    @property
    def stuck(self) -> list[NotReached]:
        """Return the exercises on which the person is stuck."""
        return [one for one in self.not_reached if one.is_stuck]


def standings(outcomes: Outcomes, words: ModuleWords, learners: Mapping[str, str]) -> list[Standing]:
    """Return where each person of `learners` (by key) stands, in order of their identifiers."""
    objectives = [judged for one in words.objectives if (judged := {*one.exercises} & {*words.exercises})]
    shares, missed = point_shares(outcomes.answers, words), _not_reached(outcomes, words)
    found = []
    for key, has_tries in outcomes.copies[["key", "has_tries"]].itertuples(index=False):
        if key in learners:
            left = missed.get(key, [])
            wrong = {one.exercise for one in left}
            reached = sum(not judged & wrong for judged in objectives)
            found.append(
                Standing(learners[key], reached, len(objectives), shares.get(key, 0.0), bool(has_tries), left)
            )
    return sorted(found, key=lambda one: one.learner)


def point_shares(answers: pd.DataFrame, words: ModuleWords) -> dict[str, float]:
    """Return the share of the points that each key has, of the exercises that the grader judges."""
    points = answers["exercise"].map({name: one.points for name, one in words.exercises.items()}).fillna(1.0)
    sums = pd.DataFrame({"key": answers["key"], "won": answers["share"] * points, "points": points})
    total = sums.groupby("key").sum()
    found: dict[str, float] = (total["won"] / total["points"]).fillna(0.0).to_dict()  # type: ignore[assignment]
    return found


def passes(share: float, words: ModuleWords) -> bool:
    """Whether a share of the points is enough."""
    return share >= words.pass_mark * FULL


def _not_reached(outcomes: Outcomes, words: ModuleWords) -> dict[str, list[NotReached]]:
    """Return what each key has not reached, in the order of the module."""
    missed = outcomes.answers[outcomes.answers["state"] != "right"]
    missed = missed.merge(outcomes.copies[["key", "has_tries"]], on="key")
    ideas = _ideas(outcomes.mistakes, words)
    place = {name: index for index, name in enumerate(words.exercises)}
    found: dict[str, list[NotReached]] = {}
    columns = ["key", "exercise", "tries", "has_tries"]
    for key, exercise, tries, has_tries in missed[columns].itertuples(index=False):
        mistake, times = ideas.get((key, exercise), ("", 0))
        is_stuck = bool(has_tries) and (times >= SAME_AGAIN or (not pd.isna(tries) and tries >= MANY_TRIES))
        found.setdefault(key, []).append(NotReached(exercise, mistake, is_stuck))
    for left in found.values():
        left.sort(key=lambda one: place.get(one.exercise, len(place)))
    return found


def _ideas(mistakes: pd.DataFrame, words: ModuleWords) -> dict[tuple[str, str], tuple[str, int]]:
    """Return the mistake that each person met most in each exercise, one still in the copy first, and how many times at most."""
    ordered = renamed(mistakes, words).sort_values(
        ["is_kept", "times", "mistake"], ascending=[False, False, True]
    )
    groups = ordered.groupby(["key", "exercise"])
    firsts, most = groups["mistake"].first(), groups["times"].max()
    pairs: Iterable[Any] = zip(firsts.index, firsts, most, strict=True)
    return {pair: (mistake, int(times)) for pair, mistake, times in pairs}
