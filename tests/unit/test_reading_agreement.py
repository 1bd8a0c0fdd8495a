"""Two readers compared: the published figures of worked examples, and a careless reader who is found."""

from collections.abc import Sequence
from itertools import repeat

import numpy as np
import pytest

from autograder.followup.reading.agreement import Agreement, agreement, weighted_kappa

MARKS = np.array([0, 0.5, 1, 1.5, 2])
DOUBLE_READINGS = 40
COHORTS = 200


def from_table(table: Sequence[Sequence[int]]) -> Agreement:
    """Compare two readers, of whom a table counts the answers that got the mark of a line and the mark of a column."""
    cells = [(i, j, count) for i, line in enumerate(table) for j, count in enumerate(line)]
    first = [mark for i, _, count in cells for mark in repeat(i, count)]
    second = [mark for _, j, count in cells for mark in repeat(j, count)]
    return agreement(first, second)


def by_definition(table: Sequence[Sequence[int]]) -> float:
    """Cohen's own formula: 1 − Σ w·observed / Σ w·expected, w the square of the distance."""
    observed = np.array(table) / np.sum(table)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    rows, columns = np.indices(observed.shape)
    weights = (rows - columns) ** 2
    return float(1 - (weights * observed).sum() / (weights * expected).sum())


def test_the_example_where_kappa_collapses_and_ac1_does_not() -> None:
    """Gwet (2002), Kappa statistic is not satisfactory: with two marks, all weights give the same kappa."""
    found = from_table([[118, 5], [2, 0]])
    assert found.raw == pytest.approx(0.944)
    assert found.kappa == pytest.approx(-0.0234, abs=5e-5)
    assert found.ac1 == pytest.approx(0.9408, abs=5e-5)


def test_the_example_of_the_two_abstractors() -> None:
    """Gwet's own package irrCAC, data set `cont3x3abstractors`."""
    found = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert found.raw == pytest.approx(0.89)
    assert found.ac1 == pytest.approx(0.8493305, abs=5e-8)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [
        ([1, 3, 5], [2, 4, 6], 0.8421052631578947),
        ([1, 3, 3, 5], [2, 4, 5, 6], 0.6956521739130435),
        ([1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 3, 2], 0.75),
        ([1, 2, 1], [1, 2, 2], 0.4),
    ],
)
def test_quadratic_kappa_is_that_of_the_contests_of_marked_essays(
    first: list[float], second: list[float], kappa: float
) -> None:
    """The figures of the tests of `Metrics` (B. Hamner), the measure of the Automated Student Assessment Prize."""
    assert agreement(first, second).kappa == pytest.approx(kappa)


def test_the_short_form_of_kappa_is_cohen_s() -> None:
    table = np.random.default_rng(16).integers(0, 9, (5, 5)).tolist()
    assert from_table(table).kappa == pytest.approx(by_definition(table))


def test_one_mark_for_all_leaves_no_chance_to_correct_for() -> None:
    found = agreement([2, 2, 2], [2, 2, 2])
    assert (found.raw, found.kappa, found.interval, found.ac1) == (1, None, None, 1)
    assert not found.is_low


def test_an_interval_holds_its_kappa_and_is_always_the_same() -> None:
    first, second = readings(1, careless=False)
    found = agreement(first, second)
    assert found.interval and found.kappa
    assert found.interval[0] < found.kappa < found.interval[1]
    assert agreement(first, second) == found


def readings(seed: int, careless: bool, double: int = DOUBLE_READINGS) -> tuple[np.ndarray, np.ndarray]:
    """Answers of four criteria worth half a point. An honest reader misjudges one criterion in ten; a careless one marks without reading."""
    draw = np.random.default_rng(seed)
    met = draw.random((double, 4)) < draw.beta(2, 1.2, (double, 1))
    first = (met ^ (draw.random(met.shape) < 0.05)).sum(axis=1) / 2
    honest = (met ^ (draw.random(met.shape) < 0.10)).sum(axis=1) / 2
    return first, draw.permutation(honest) if careless else honest


@pytest.fixture(scope="module")
def honest() -> list[Agreement]:
    return [agreement(*readings(seed, careless=False)) for seed in range(COHORTS)]


def test_a_careless_reader_is_found_with_forty_double_readings(honest: list[Agreement]) -> None:
    careless = [agreement(*readings(seed, careless=True)) for seed in range(COHORTS)]
    assert np.mean([one.is_low for one in careless]) >= 0.99
    assert np.mean([one.is_low for one in honest]) <= 0.03


def test_intervals_hold_the_kappa_of_very_many_readings(honest: list[Agreement]) -> None:
    truth = float(weighted_kappa(*readings(0, careless=False, double=200_000)))
    held = [low <= truth <= high for one in honest if one.interval for low, high in [one.interval]]
    assert 0.90 <= np.mean(held) <= 0.98
