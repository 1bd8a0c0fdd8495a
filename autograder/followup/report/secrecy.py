"""What may be told of a cohort without telling of anybody: numbers of people by answer, the small ones hidden behind a large one.

A table parts people: each person is in one category. One large category, the screen, is hidden in every table, whether there are small
ones or not, and chosen by its name: so any small number could be one less and the screen one more, with the very same pages. The page
that stays in the organisation has the same screen: both pages together tell no more than it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PUBLISHED = 11
"""Fewest people of what anybody may read: Insee's rule for natural persons in tax data."""
INTERNAL = 5
"""Fewest people of what stays in the organisation."""

Counts = Mapping[str, int]
"""People by category. The first name, in order, of a large one is the screen."""


@dataclass(frozen=True)
class Told:
    """What is told of a table: categories with their people, the most frequent first, and all the others together."""

    shown: Counts
    others: int


def told(counts: Counts, fewest: int) -> Told | None:
    """Return what can be told of a table when `fewest` people, PUBLISHED or INTERNAL, make a number; None when nothing can.

    So nothing is told of few people, nor where everybody has done the same.
    """
    screen = min((one for one, people in counts.items() if people >= PUBLISHED), default="")
    shown = {one: people for one, people in counts.items() if people >= fewest and one != screen}
    if not screen or not shown:
        return None
    largest_first = sorted(shown.items(), key=lambda one: (-one[1], one[0]))
    return Told(dict(largest_first), sum(counts.values()) - sum(shown.values()))


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
