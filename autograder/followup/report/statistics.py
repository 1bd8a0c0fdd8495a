"""The statistics of the report, from scipy: the only file that imports it.

Marks are an array of shares of points, 0 to 1: one row per person, one column per exercise. Discrimination is Moodle's: an exercise
against the *rest* of the marks (`question/classes/statistics/questions/calculator.php`), never against a total that holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Shares = NDArray[np.float64]

CONFIDENCE = 0.95
FEWEST_FOR_NORMAL = 30
"""People from which the mean of partial marks has a normal interval."""
FEWEST_FOR_CORRELATION = 4
"""People that Fisher's interval of a correlation needs."""


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval, drawn from `people`."""

    value: float
    low: float
    high: float
    people: int


def rate(count: int, people: int) -> Estimate | None:
    """Return the share of people who did something, with Wilson's interval (1927); None without people."""
    if not people:
        return None
    bounds = stats.binomtest(count, people).proportion_ci(CONFIDENCE, method="wilson")
    return Estimate(count / people, float(bounds.low), float(bounds.high), people)


def facility(shares: Shares) -> Estimate | None:
    """Return the mean share of the points, with its interval: Wilson's for right or wrong, Student's for partial marks.

    Under 30 people, partial marks have Wilson's interval too: wider, as no marks between 0 and 1 vary more than right or wrong.
    """
    people = len(shares)
    wilson = rate(round(float(shares.sum())), people)
    if wilson is None:
        return None
    mean, error = float(shares.mean()), float(stats.sem(shares)) if people > 1 else 0.0
    if np.isin(shares, (0, 1)).all() or people < FEWEST_FOR_NORMAL or not error:
        return Estimate(mean, min(mean, wilson.low), max(mean, wilson.high), people)
    low, high = stats.t.interval(CONFIDENCE, people - 1, mean, error)
    return Estimate(mean, max(0.0, float(low)), min(1.0, float(high)), people)


def correlation(one: Shares, other: Shares) -> Estimate | None:
    """Return Pearson's correlation with Fisher's interval; None where one of the two is constant, or under 4 people."""
    if len(one) < FEWEST_FOR_CORRELATION or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    found = stats.pearsonr(one, other)
    bounds = found.confidence_interval(CONFIDENCE)
    return Estimate(float(found.statistic), float(bounds.low), float(bounds.high), len(one))


def rest(marks: Shares, exercise: int) -> Shares:
    """Return what each person has in all the exercises but one."""
    others: Shares = marks.sum(axis=1) - marks[:, exercise]
    return others


def discrimination(marks: Shares, exercise: int) -> Estimate | None:
    """Return Moodle's discrimination index of an exercise, -1 to 1: item-rest correlation."""
    return correlation(marks[:, exercise], rest(marks, exercise))


def efficiency(marks: Shares, exercise: int) -> float | None:
    """Return Moodle's discriminative efficiency, -1 to 1: the covariance with the rest, out of the most that these marks allow."""
    if len(marks) < 2:
        return None
    item, others = marks[:, exercise], rest(marks, exercise)
    most = np.cov(np.sort(item), np.sort(others))[0, 1]
    return min(1.0, float(np.cov(item, others)[0, 1] / most)) if most else None


def consistency(marks: Shares) -> float | None:
    """Return Cronbach's alpha, Moodle's coefficient of internal consistency (`mod/quiz/report/statistics/classes/calculator.php`)."""
    people, exercises = marks.shape
    if people < 2 or exercises < 2 or not (whole := marks.sum(axis=1).var(ddof=1)):
        return None
    return float(exercises / (exercises - 1) * (1 - marks.var(axis=0, ddof=1).sum() / whole))


def standard_error(marks: Shares) -> float | None:
    """Return the standard error of measurement of a total, in exercises: s·√(1 − alpha), as Moodle."""
    alpha = consistency(marks)
    return None if alpha is None else float(marks.sum(axis=1).std(ddof=1) * sqrt(1 - alpha))


def correlation_below(found: Estimate, bound: float) -> float:
    """Return the p-value of a correlation that is under a bound: 0.025 where its 95 % interval ends at the bound."""
    return float(stats.norm.cdf(_distance(found, bound)))


def correlation_above(found: Estimate, bound: float) -> float:
    """Return the same of a correlation that is over a bound."""
    return float(stats.norm.sf(_distance(found, bound)))


def rate_below(count: int, people: int, bound: float) -> float:
    """Return the p-value of a rate that is under a bound."""
    return float(stats.binomtest(count, people, bound, alternative="less").pvalue)


def rate_above(count: int, people: int, bound: float) -> float:
    """Return the same of a rate that is over a bound."""
    return float(stats.binomtest(count, people, bound, alternative="greater").pvalue)


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted by Benjamini and Hochberg (1995): the expected share of false ones among those named."""
    return [float(one) for one in stats.false_discovery_control(p_values)] if p_values else []


def _distance(found: Estimate, bound: float) -> float:
    """Return how far a correlation is from a bound, in standard errors of Fisher's transform."""
    inside = max(-0.999999, min(0.999999, found.value))
    return (atanh(inside) - atanh(bound)) * sqrt(found.people - 3)
