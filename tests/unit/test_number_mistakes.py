"""Wrong numbers that no author wrote, and whose cause is told: slips, roundings, numbers on the way, numbers of the table."""

from dataclasses import replace

import pytest

from autograder.authoring import number_mistakes
from autograder.authoring.number_mistakes import (
    COPIED,
    ONE,
    PERCENT,
    ROUNDED,
    TEN,
    THOUSAND,
    as_written,
    on_the_way,
    roundings,
)
from autograder.authoring.seen_numbers import tables_in
from autograder.checks.kinds.scalars import canonical_number
from autograder.modules.model import COMPUTE, ExerciseSpec

EXERCISE = ExerciseSpec(
    id="part", title="", objective="", answer={"kind": "number", "name": "part"}, form={"widget": "number"}, hints=(),
    success="", otherwise="", alternatives=(), mistakes=(), points=1, solution=None,
)  # fmt: skip


def told(truth, number, mistakes=()):
    """The first thing that is said of a number, as it is written."""
    said = {canonical_number(n): slip.id for slip, n in reversed(list(as_written(truth, list(mistakes))))}
    return said.get(canonical_number(number))


@pytest.mark.parametrize(
    ("truth", "number", "slip"),
    [
        (25, 0.25, PERCENT),  # within the tolerance of nothing: a share typed for a percentage
        (2.8421, 284.21, PERCENT),
        (2.8421, 284, PERCENT),
        (2.8421, 0.0284, PERCENT),
        (97.43, 97, ROUNDED),
        (459, 460, ROUNDED),
        (1_914_667, 1914.667, THOUSAND),
        (1_914_667, 1915, THOUSAND),
        (33_085, 330_000, TEN),
        (12, 13, ONE),
        (33_085, 33_805, COPIED),
        (33_085, 3_385, COPIED),
        (33_085, 330_085, COPIED),
        (-4_817, -4_871, COPIED),
    ],
)
def test_a_slip_is_known_by_the_number_that_people_write(truth, number, slip):
    assert told(truth, number) == slip.id


def test_a_rounding_of_the_right_answer_comes_before_the_rounding_of_a_mistake():
    other = replace(ROUNDED, id="autre")
    assert told(2.44, 2.4, [(other, 2.41)]) == ROUNDED.id
    assert told(2.44, 3.1, [(other, 3.14)]) == "autre"


@pytest.mark.parametrize(
    ("truth", "number"), [(459, 495), (28.42, 28.24), (33_085, 33_185), (33_085, 85_033)]
)
def test_another_number_is_not_said_to_be_copied_wrong(truth, number):
    assert told(truth, number) != COPIED.id


def test_zero_and_the_number_itself_are_no_roundings():
    assert roundings(0.0004) == []
    assert roundings(66) == []
    assert roundings(34_957) == [35_000]


def test_a_number_on_the_way_is_told_as_such():
    solution = "### BEGIN SOLUTION\npart = alertes / messages * 100\n### END SOLUTION"
    variables = {"alertes": 16, "messages": 64, "part": 25.0}
    steps = on_the_way(replace(EXERCISE, solution=solution), 25.0, variables)
    assert sorted(number for _, number in steps) == [16, 64]
    assert all(
        "mais pas le dernier" in slip.message and slip.id in number_mistakes.DERIVED for slip, _ in steps
    )


def test_a_number_on_the_way_is_known_in_what_a_form_computes():
    exercise = replace(EXERCISE, form={"widget": "number", "solution": {COMPUTE: "12 * budget / actifs"}})
    assert sorted(n for _, n in on_the_way(exercise, 53.3, {"budget": 200, "actifs": 45})) == [45, 200, 2400]


def test_parts_that_mean_nothing_alone_are_left_out():
    solution = "### BEGIN SOLUTION\npart = sum(x * 2 for x in notes) + len('abc')\n### END SOLUTION"
    numbers = {
        number for _, number in on_the_way(replace(EXERCISE, solution=solution), 43.0, {"notes": [10, 10]})
    }
    assert numbers == {40, 3}


def test_a_table_is_read_with_its_caption_its_heads_and_its_rows():
    page = "<table><caption>Les types</caption><tr><th>type</th><th>lignes</th></tr><tr><td>ville</td><td>1\u202f959</td></tr></table>"
    (table,) = tables_in(page)
    assert (table.caption, table.heads, table.rows) == (
        "Les types",
        ["type", "lignes"],
        [["ville", "1\u202f959"]],
    )
    assert tables_in("<p>rien</p><td>3</td>") == []
