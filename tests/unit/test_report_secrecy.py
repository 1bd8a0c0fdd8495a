"""What the administration is told gives nobody away: each table by itself, two thresholds together, two reports one person apart."""

import random
from collections import Counter
from collections.abc import Mapping

import pytest

from autograder.followup.report.secrecy import INTERNAL, PUBLISHED, Told, may_follow, told

NAMES = ("~right", "=unanswered", "*", "moyenne", "somme", "ligne")
TRIES = 1_000


def cohort(draw: random.Random, most: int = 120) -> list[str]:
    """The answers of a cohort, some of them rare."""
    weights = [draw.random() ** 3 for _ in NAMES]
    return draw.choices(NAMES, weights, k=draw.randint(1, most))


def seen(counts: Mapping[str, int]) -> tuple[Told | None, Told | None]:
    """What the two pages tell, together."""
    return told(counts, PUBLISHED), told(counts, INTERNAL)


@pytest.mark.parametrize(
    ("counts", "shown", "others"),
    [
        ({"a": 50, "b": 20, "c": 11}, {"b": 20, "c": 11}, 50),
        ({"d": 50, "c": 20, "b": 8, "a": 4}, {"d": 50}, 32),
        ({"d": 50, "c": 20, "b": 8, "a": 0}, {"d": 50}, 28),
        ({"~acquired": 120, "=not-acquired": 16}, {"~acquired": 120}, 16),
        ({"d": 15, "c": 8, "b": 5, "a": 3, "x": 0}, {"d": 15}, 16),
    ],
)
def test_small_numbers_are_hidden_behind_one_another_or_behind_a_large_one(
    counts: dict[str, int], shown: dict[str, int], others: int
) -> None:
    assert told(counts, PUBLISHED) == Told(shown, others)


@pytest.mark.parametrize("counts", [{"a": 50}, {"a": 50, "b": 1}, {"a": 10, "b": 9}, {"a": 5, "b": 5}, {}])
def test_nothing_is_told_where_all_did_the_same_or_where_they_are_few(counts: dict[str, int]) -> None:
    assert told(counts, PUBLISHED) is None


def test_no_number_told_is_small_and_the_finer_page_tells_all_that_the_other_tells() -> None:
    draw = random.Random(1)
    for _ in range(TRIES):
        counts = Counter(cohort(draw))
        published, internal = seen(counts)
        for found, fewest in ((published, PUBLISHED), (internal, INTERNAL)):
            if found:
                assert min(found.shown.values()) >= fewest
                assert found.others >= fewest
                assert sum(found.shown.values()) + found.others == sum(counts.values())
        if published:
            assert internal and published.shown.items() <= internal.shown.items()


@pytest.mark.parametrize("pages", [(PUBLISHED,), (PUBLISHED, INTERNAL)])
def test_a_small_number_cannot_be_worked_out_from_one_page_nor_from_both(pages: tuple[int, ...]) -> None:
    """Another cohort, in which the number differs, gives the very same pages: whoever knows our rule learns nothing."""
    draw = random.Random(2)
    hidden = 0
    for _ in range(TRIES):
        counts = dict.fromkeys(NAMES, 0) | Counter(cohort(draw))
        if told(counts, min(pages)):
            small = [name for name in NAMES if 0 < counts[name] < min(pages)]
            hidden += len(small)
            assert all(_has_a_twin(counts, name, pages) for name in small), counts
    assert hidden > 100


def _has_a_twin(counts: dict[str, int], name: str, pages: tuple[int, ...]) -> bool:
    """Whether fewer people in a category, and as many more in others, give the same pages."""
    others = [other for other in counts if other != name]
    moved = [
        counts | {name: less, other: counts[other] + counts[name] - less}
        for less in range(counts[name])
        for other in others
    ]
    emptied = [
        twin | {third: 0, other: twin[other] + twin[third]}
        for twin in moved
        for third in others
        for other in others
        if third != other
    ]
    return any(all(told(twin, page) == told(counts, page) for page in pages) for twin in moved + emptied)


class Publisher:
    """Tells what our report would: the counts first told, until others may follow."""

    def __init__(self) -> None:
        self.kept: Mapping[str, int] = {}

    def publish(self, answers: list[str]) -> tuple[Told | None, Told | None]:
        counts = Counter(answers)
        if not self.kept or may_follow(self.kept, counts):
            self.kept = counts
        return seen(self.kept)


def test_two_reports_one_person_apart_are_the_same() -> None:
    """Somebody comes late, is erased, or is graded anew."""
    draw = random.Random(3)
    for _ in range(TRIES):
        answers, publisher = cohort(draw), Publisher()
        before = publisher.publish(answers)
        victim = draw.choice(NAMES)
        place = draw.randrange(len(answers))
        after = draw.choice(
            [
                [*answers, victim],
                answers[:place] + answers[place + 1 :],
                [*answers[:place], victim, *answers[place + 1 :]],
            ]
        )
        assert publisher.publish(after) == before


def test_subtracting_reports_recovers_nobody() -> None:
    """Eleven people or more come between two reports; the attacker knows who came, and subtracts."""
    draw = random.Random(4)
    changed = 0
    for _ in range(TRIES):
        answers, publisher = cohort(draw), Publisher()
        before = publisher.publish(answers)
        for _ in range(4):
            answers = answers + cohort(draw, 80)
            after = publisher.publish(answers)
            changed += before != after
            for one, other, fewest in zip(before, after, (PUBLISHED, INTERNAL), strict=True):
                assert _gives_nobody_away(one, other, fewest)
    assert changed > 100, "reports do follow one another"


def _gives_nobody_away(before: Told | None, after: Told | None, fewest: int) -> bool:
    """Whether the differences that can be computed are of several answers, none of them rare."""
    if before is None or after is None or before == after:
        return True
    apart = [after.shown[name] - count for name, count in before.shown.items()]
    rest = sum(after.shown.values()) + after.others - sum(before.shown.values()) - before.others - sum(apart)
    changes = [one for one in (*apart, rest) if one]
    return len(changes) > 1 and min(changes) >= fewest


def test_eleven_newcomers_who_all_did_the_same_are_not_told() -> None:
    old = {"~right": 40, "moyenne": 30}
    assert not may_follow(old, {"~right": 51, "moyenne": 30})
    assert may_follow(old, {"~right": 51, "moyenne": 41})
    assert not may_follow(old, {"~right": 50, "moyenne": 30})
    assert not may_follow(old, {"~right": 80, "moyenne": 29})
