"""What may be told of a cohort without telling of anybody: numbers of people by answer, the small ones hidden.

A table parts people: each person is in one category. Where the small numbers are many, they hide one another: any of them could be
empty, and their sum is told. Elsewhere one large category, the screen, is hidden with them, and chosen by its name: any small number
could be one less and the screen one more, with the very same pages. The page that stays in the organisation tells more only where
small numbers hide one another at its own threshold; elsewhere it tells the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PUBLISHED = 11
"""Fewest people of what anybody may read: Insee's rule for natural persons in tax data."""
INTERNAL = 5
"""Fewest people of what stays in the organisation."""

Counts = Mapping[str, int]
"""People by category, those of nobody included. The first name, in order, of a large one is the screen."""


@dataclass(frozen=True)
class Told:
    """What is told of a table: categories with their people, the most frequent first, and all the others together."""

    shown: Counts
    others: int


def told(counts: Counts, fewest: int) -> Told | None:
    """Return what can be told of a table when `fewest` people, PUBLISHED or INTERNAL, make a number; None when nothing can.

    So nothing is told of few people, nor where everybody has done the same.
    """
    together = _hide_one_another(counts, PUBLISHED)
    least = fewest if together and _hide_one_another(counts, fewest) else PUBLISHED
    large = (one for one, people in counts.items() if people >= PUBLISHED)
    screen = "" if together else min(large, default="")
    shown = {one: people for one, people in counts.items() if people >= least and one != screen}
    if not shown:
        return None
    largest_first = sorted(shown.items(), key=lambda one: (-one[1], one[0]))
    return Told(dict(largest_first), sum(counts.values()) - sum(shown.values()))


def _hide_one_another(counts: Counts, fewest: int) -> bool:
    """Whether the numbers under `fewest` make together one that can be told, and no bound gives one of them back: any could be 0."""
    small = [people for people in counts.values() if people < fewest]
    return fewest <= sum(small) <= (len(small) - 1) * (fewest - 1)


def may_follow(old: Counts, new: Counts) -> bool:
    """Whether the counts of a table may take the place of those told before: what has changed between the two can be told too."""
    added = sum(new.values()) - sum(old.values())
    return added >= PUBLISHED and all(_apart(old, new, fewest, added) for fewest in (PUBLISHED, INTERNAL))


def _apart(old: Counts, new: Counts, fewest: int, added: int) -> bool:
    """Whether subtracting what is told of two tables, at one threshold, gives nothing small and nothing true of all who came since.

    What was shown stays shown, so that this holds for any two tables told, however many came between.
    """
    before, after = told(old, fewest), told(new, fewest)
    if before is None:
        return True
    if after is None or not before.shown.keys() <= after.shown.keys():
        return False
    changes = [after.shown[one] - count for one, count in before.shown.items()]
    changes = [one for one in (*changes, added - sum(changes)) if one]
    return len(changes) > 1 and min(changes) >= fewest
