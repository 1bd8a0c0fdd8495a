"""From an answer and a table of outcomes to a verdict. The same code judges in the learner's kernel and in grading."""

from collections.abc import Mapping
from typing import Any

from autograder.checks.kinds import KINDS
from autograder.checks.outcomes import PROBLEM_FACET, RIGHT, Outcome, Table
from autograder.checks.reading import Facets, Problem, Unreadable
from autograder.checks.verdict import Verdict, Way

FULL = 1 - 1e-9
"""Shares are sums of fractions: a total this close to 1 is the whole."""


def judge(
    value: Any, spec: Mapping[str, Any], table: Table, max_points: float, otherwise: str, way: Way
) -> Verdict:
    """Return the verdict on a value. Wrong or strange values never raise."""
    try:
        if isinstance(value, Unreadable):
            raise Problem("unreadable", value.reason)
        facets = KINDS[spec["kind"]].read(value, spec)
    except Problem as problem:
        known = table.find(PROBLEM_FACET, problem.code)
        if known is None:
            return Verdict("problem", 0, max_points, [problem.message], way=way)
        return _verdict([known], known.share, max_points, otherwise, way)
    found = _found(facets, table)
    return _verdict(found, _share(found), max_points, otherwise, way)


def exact_share(value: Any, spec: Mapping[str, Any], table: Table) -> float:
    """Return the exact share of the points of a value, which a verdict rounds to a hundredth of a point."""
    try:
        return _share(_found(KINDS[spec["kind"]].read(value, spec), table))
    except Problem as problem:
        known = table.find(PROBLEM_FACET, problem.code)
        return known.share if known else 0.0


def _found(facets: Facets, table: Table) -> list[Outcome]:
    return [outcome for facet, canonical in facets.items() if (outcome := table.find(facet, canonical))]


def _share(found: list[Outcome]) -> float:
    return min(1.0, max(0.0, sum(outcome.share for outcome in found)))


def _verdict(found: list[Outcome], share: float, max_points: float, otherwise: str, way: Way) -> Verdict:
    if share >= FULL:
        right = [outcome for outcome in found if outcome.id == RIGHT]
        code = next((outcome.code for outcome in right if outcome.code), "")
        return Verdict("right", max_points, max_points, _texts(right), [RIGHT], way, code)
    mistakes = [outcome for outcome in found if outcome.id != RIGHT]
    messages = _texts(mistakes) or [otherwise]
    outcomes = list(dict.fromkeys(outcome.id for outcome in mistakes))
    return Verdict(
        "partial" if share > 0 else "wrong", round(share * max_points, 2), max_points, messages, outcomes, way
    )


def _texts(outcomes: list[Outcome]) -> list[str]:
    """Return each distinct message once, in order."""
    return list(dict.fromkeys(outcome.message for outcome in outcomes if outcome.message))
