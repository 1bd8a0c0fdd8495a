"""From an answer and a table of outcomes to a verdict. The same code judges in the learner's kernel and in grading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.kinds import kind_of
from autograder.checks.outcomes import PROBLEM_FACET, RIGHT, Outcome, Table
from autograder.checks.verdict import Verdict, Way
from autograder.contract.kinds import Facets, Kind, Partwise, Problem, Rounded, Unreadable

FULL = 1 - 1e-9
"""Shares are sums of fractions: a total this close to 1 is the whole."""

LOOK_AGAIN = "look-again"
"""Id of what is said of a wrong part that no author foresaw: where it is, and not why."""

SEEN = "seen-number"
"""Id of what is said of a number that stands in a table on the page."""

MOST_PARTS = 3
"""How many of the parts that nobody foresaw are named."""
LONGEST_LABEL = 60
"""Characters of the label of a part that is named."""
"""Wrong parts named at once."""


@dataclass(frozen=True)
class Landmarks:
    """What everybody can see around a question: the labels of its parts, and the numbers of its tables with their places."""

    labels: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Landmarks()


def judge(
    value: Any,
    spec: Mapping[str, Any],
    table: Table,
    max_points: float,
    otherwise: str,
    way: Way,
    landmarks: Landmarks = NOWHERE,
) -> Verdict:
    """Return the verdict on a value. Wrong or strange values never raise."""
    kind = kind_of(spec["kind"])
    try:
        if isinstance(value, Unreadable):
            raise Problem("unreadable", value.reason)
        facets = kind.read(value, spec)
    except Problem as problem:
        known = table.find(PROBLEM_FACET, problem.code)
        if known is None:
            return Verdict("problem", 0, max_points, [problem.message], way=way)
        return _verdict([known], known.share, max_points, otherwise, way)
    found = _found(facets, table)
    share = _share(found)
    if share >= FULL:
        return _verdict(list(found.values()), share, max_points, otherwise, way)
    if not found and isinstance(kind, Rounded):
        facets = kind.as_written(value)
        found = _found(facets, table)
        share = _share(found)
    mistakes = [*_told(kind, facets, found), *_pointed(kind, facets, found, landmarks)]
    return _verdict(mistakes, share, max_points, otherwise, way)


def exact_share(value: Any, spec: Mapping[str, Any], table: Table) -> float:
    """Return the exact share of the points of a value, which a verdict rounds to a hundredth of a point."""
    try:
        return _share(_found(kind_of(spec["kind"]).read(value, spec), table))
    except Problem as problem:
        known = table.find(PROBLEM_FACET, problem.code)
        return known.share if known else 0.0


def _found(facets: Facets, table: Table) -> dict[str, Outcome]:
    """Return what was foreseen, by facet."""
    outcomes = {facet: table.find(facet, canonical) for facet, canonical in facets.items()}
    return {facet: outcome for facet, outcome in outcomes.items() if outcome}


def _share(found: Mapping[str, Outcome]) -> float:
    return min(1.0, max(0.0, sum(outcome.share for outcome in found.values())))


def _told(kind: Kind[Any], facets: Facets, found: Mapping[str, Outcome]) -> list[Outcome]:
    """Return the mistakes that are told at this try."""
    mistaken = [facet for facet, outcome in found.items() if outcome.id != RIGHT]
    if isinstance(kind, Partwise):
        mistaken = kind.told_first(facets, mistaken)
    return [found[facet] for facet in mistaken]


def _pointed(
    kind: Kind[Any], facets: Facets, found: Mapping[str, Outcome], landmarks: Landmarks
) -> list[Outcome]:
    """Return what can be said of wrong parts, or of a wrong number, that nobody foresaw."""
    if isinstance(kind, Partwise):
        brings = {facet: outcome.share for facet, outcome in found.items()}
        untold = [f for f in kind.wrong(facets, brings) if f not in found or not found[f].message]
        met = {_part(facet) for facet in found if found[facet].message and found[facet].id != RIGHT}
        labels = [
            landmarks.labels[facet]
            for facet in untold
            if facet in landmarks.labels and _part(facet) not in met
        ]
        return [Outcome(LOOK_AGAIN, 0, _look_again(labels))] if labels else []
    places = [landmarks.numbers[text] for text in facets.values() if text in landmarks.numbers]
    return [Outcome(SEEN, 0, places[0])] if places and not found else []


def _part(facet: str) -> str:
    """Return the part of a form that a facet is about: a log has several cells for an item."""
    return facet.partition(".")[0]


def _look_again(labels: list[str]) -> str:
    others = len(labels) - MOST_PARTS
    more = f" ; et {others} autre{'s' if others > 1 else ''}" if others > 0 else ""
    named = " ; ".join(map(_short, labels[:MOST_PARTS])) + more
    return f"Regardez encore : {named.removesuffix('.')}" + ("" if named.endswith("…") else ".")


def _short(label: str) -> str:
    """Return enough of a label to find it again."""
    if len(label) <= LONGEST_LABEL:
        return label
    quoted = "\u00a0»" if label.startswith("«") else ""
    return f"{label[:LONGEST_LABEL].rsplit(' ', 1)[0]}…{quoted}"


def _verdict(outcomes: list[Outcome], share: float, max_points: float, otherwise: str, way: Way) -> Verdict:
    if share >= FULL:
        right = [outcome for outcome in outcomes if outcome.id == RIGHT]
        code = next((outcome.code for outcome in right if outcome.code), "")
        return Verdict("right", max_points, max_points, _texts(right), [RIGHT], way, code)
    mistakes = [outcome for outcome in outcomes if outcome.id != RIGHT]
    messages = _texts(mistakes) or [otherwise]
    if all(outcome.id in (LOOK_AGAIN, "extra") for outcome in mistakes) and otherwise not in messages:
        messages.append(otherwise)
    ids = list(dict.fromkeys(outcome.id for outcome in mistakes))
    return Verdict(
        "partial" if share > 0 else "wrong", round(share * max_points, 2), max_points, messages, ids, way
    )


def _texts(outcomes: list[Outcome]) -> list[str]:
    """Return each distinct message once, in order."""
    return list(dict.fromkeys(outcome.message for outcome in outcomes if outcome.message))
