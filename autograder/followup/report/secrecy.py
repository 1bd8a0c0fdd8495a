"""What may be told of a cohort without telling of anybody: numbers of people by answer, the small ones hidden together.

A table parts people: each person is in one category. The categories that are shown are the largest ones, and what is hidden is known by
its sum alone, which is never small. So the tables of two thresholds, put side by side, tell no more than the finer of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PUBLISHED = 11
"""Fewest people of what anybody may read: Insee's rule for natural persons in tax data."""
INTERNAL = 5
"""Fewest people of what stays in the organisation."""

Counts = Mapping[str, int]
"""People by category."""


@dataclass(frozen=True)
class Told:
    """What is told of a table: categories with their people, the most frequent first, and all the others together."""

    shown: Counts
    others: int


def told(counts: Counts, fewest: int) -> Told | None:
    """Return what can be told of a table when `fewest` people make a number; None when nothing can.

    The hidden ones are together `fewest` people at least, or nobody. Nothing is told where everybody has done the same.
    """
    ordered = sorted((one for one in counts if counts[one]), key=lambda one: (counts[one], one))
    hidden, others = 0, 0
    while hidden < len(ordered) and (counts[ordered[hidden]] < fewest or 0 < others < fewest):
        others += counts[ordered[hidden]]
        hidden += 1
    if hidden == len(ordered) or len(ordered) == 1:
        return None
    return Told({one: counts[one] for one in reversed(ordered[hidden:])}, others)


def may_follow(old: Counts, new: Counts) -> bool:
    """Whether the counts of a table may take the place of those told before: what has changed between the two can be told too."""
    added = sum(new.values()) - sum(old.values())
    return added >= PUBLISHED and all(_apart(old, new, fewest, added) for fewest in (PUBLISHED, INTERNAL))


def _apart(old: Counts, new: Counts, fewest: int, added: int) -> bool:
    """Whether subtracting what is told of two tables, at one threshold, gives nothing small and nothing true of all who came since."""
    before, after = told(old, fewest), told(new, fewest)
    if before is None:
        return True
    if after is None or not before.shown.keys() <= after.shown.keys():
        return False
    changes = [after.shown[one] - count for one, count in before.shown.items()]
    changes = [one for one in (*changes, added - sum(changes)) if one]
    return len(changes) > 1 and min(changes) >= fewest
