"""The statistics of the report: those of Moodle, on its own published test data; intervals that hold what they promise."""

import numpy as np
import pytest

from autograder.followup.report import statistics

MARKS = np.array(
    [
        [1, 1, 1, 1, 1, 0, 1],
        [1, 1, 1, 1, 0.5, 1, 0],
        [1, 1, 1, 1, 0.5, 0, 1],
        [0, 0, 1, 1, 1, 0, 0],
        [1, 0, 1, 0, 0, 1, 0.5],
        [1, 1, 1, 1, 0.5, 0, 0.5],
        [0, 1, 1, 1, 0.5, 1, 0.5],
        [1, 1, 1, 0, 0.5, 1, 0.5],
        [1, 0, 1, 1, 1, 1, 1],
        [0, 1, 1, 0, 0.5, 1, 0.5],
        [0.8, 0, 1, 1, 0.5, 1, 0.5],
        [1, 1, 1, 0, 0.5, 1, 1],
        [1, 0, 1, 1, 0.5, 1, 0.5],
        [1, 0, 1, 1, 1, 0, 0.5],
        [0, 0, 1, 1, 0, 1, 1],
        [1, 0, 1, 0, 0.5, 1, 1],
        [0.8, 0, 1, 1, 0.5, 0, 1],
        [1, 0, 1, 1, 0, 1, 0.5],
        [1, 0, 1, 1, 0.5, 0, 0.5],
        [0, 1, 1, 0, 0.5, 1, 0],
        [1, 1, 0.3333333, 1, 0.5, 0, 0.5],
        [1, 1, 1, 0, 0.5, 0, 0.5],
        [1, 1, 1, 1, 0, 1, 0.5],
        [0, 0, 1, 0, 0.5, 1, 1],
        [0, 0, 1, 1, 1, 1, 1],
    ]
)
"""Marks and figures: moodle/moodle, mod/quiz/report/statistics/tests/fixtures/results00.csv and qstats00.csv, and
tests/stats_from_steps_walkthrough_test.php (© The Open University, GPL 3 or later; computed by its authors in a spreadsheet)."""
FACILITY = [0.704, 0.48, 0.973333332, 0.68, 0.52, 0.64, 0.62]
INDEX = [
    -7.0650767526,
    -28.8982125772,
    -9.1230674268,
    -22.6306444113,
    -17.6997047674,
    -45.3785178421,
    -5.6543166602,
]
EFFICIENCY = [
    -9.4550536967,
    -36.7834118938,
    -21.6545012165,
    -31.4411395613,
    -21.1794802584,
    -56.9365974439,
    -6.5043742058,
]
CONSISTENCY, STANDARD_ERROR = -87.2230935542, 1.1106813066


@pytest.mark.parametrize("exercise", range(7))
def test_facility_index_and_efficiency_are_those_of_moodle(exercise: int) -> None:
    facility = statistics.facility(MARKS[:, exercise])
    index = statistics.discrimination(MARKS, exercise)
    assert facility and facility.value == pytest.approx(FACILITY[exercise], abs=1e-6)
    assert index and index.value == pytest.approx(INDEX[exercise] / 100, abs=1e-6)
    assert statistics.efficiency(MARKS, exercise) == pytest.approx(EFFICIENCY[exercise] / 100, abs=1e-6)


def test_consistency_and_standard_error_are_those_of_moodle() -> None:
    assert statistics.consistency(MARKS) == pytest.approx(CONSISTENCY / 100, abs=1e-6)
    assert statistics.standard_error(MARKS) == pytest.approx(STANDARD_ERROR, abs=1e-6)


@pytest.mark.parametrize(("count", "people", "low", "high"), [(7, 12, 0.32, 0.81), (60, 100, 0.50, 0.69)])
def test_a_rate_has_the_interval_of_wilson(count: int, people: int, low: float, high: float) -> None:
    found = statistics.rate(count, people)
    assert found and (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_a_noise_exercise_among_six_correlates_with_the_total_and_not_with_the_rest() -> None:
    draw = np.random.default_rng(1)
    ability = draw.normal(size=(4000, 1))
    marks = (draw.random((4000, 6)) < 1 / (1 + np.exp(-ability))).astype(float)
    marks[:, 0] = draw.random(4000) < 0.5
    found = statistics.discrimination(marks, 0)
    assert found and found.low < 0 < found.high
    assert np.corrcoef(marks[:, 0], marks.sum(axis=1))[0, 1] > 0.25


@pytest.mark.parametrize("values", [[0, 0.5, 1], [0.5, 1], [0, 1]])
@pytest.mark.parametrize("people", [30, 200])
def test_the_interval_of_a_facility_holds_the_true_one(values: list[float], people: int) -> None:
    draw, truth = np.random.default_rng(1), np.mean(values)
    found = [statistics.facility(draw.choice(values, people)) for _ in range(300)]
    held = np.mean([one.low <= truth <= one.high for one in found if one])
    assert 0.925 <= held <= 0.975


def test_nothing_is_computed_from_nothing() -> None:
    assert statistics.rate(0, 0) is None
    assert statistics.facility(np.array([])) is None
    assert statistics.correlation(np.ones(50), np.arange(50.0)) is None
    assert statistics.discrimination(np.array([[1.0, 0.0]]), 0) is None
    assert statistics.consistency(np.ones((20, 3))) is None
    assert statistics.standard_error(np.ones((20, 3))) is None
    assert statistics.efficiency(np.ones((1, 3)), 0) is None
    assert statistics.adjusted([]) == []


def test_all_the_same_partial_mark_has_an_interval() -> None:
    found = statistics.facility(np.full(40, 0.5))
    assert found and found.low < 0.5 < found.high


def test_p_values_meet_the_ends_of_intervals() -> None:
    found = statistics.correlation(np.arange(40.0), np.random.default_rng(3).permutation(np.arange(40.0)))
    assert found
    assert statistics.correlation_below(found, found.high) == pytest.approx(0.025, abs=1e-6)
    assert statistics.correlation_above(found, found.low) == pytest.approx(0.025, abs=1e-6)
    assert statistics.rate_above(30, 40, 0.4) < 0.025 < statistics.rate_above(17, 40, 0.4)
    assert statistics.rate_below(5, 100, 0.3) < 0.025 < statistics.rate_below(28, 100, 0.3)
