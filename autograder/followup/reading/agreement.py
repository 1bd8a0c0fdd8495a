"""How far two readers agree: raw agreement, weighted kappa with its interval, AC1.

Each function takes the points that two readers gave to the same answers, in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
SEED = 20_261_201
"""The same answers give the same interval."""
LEVEL = 95
"""Percent."""
LOW = 0.6
"""Of kappa, under which disagreements are listed."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """`kappa` and `interval` are None where both readers gave one and the same mark to all: no chance to correct for."""

    answers: int
    raw: float
    """Share of the answers to which both gave the same points."""
    kappa: float | None
    interval: tuple[float, float] | None
    ac1: float

    @property
    def is_low(self) -> bool:
        """Whether the readers have to look at what parts them."""
        return self.kappa is not None and self.kappa < LOW


def agreement(first: Sequence[float], second: Sequence[float]) -> Agreement:
    """Compare two readers on one answer or more."""
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    kappa = float(weighted_kappa(one, other))
    return Agreement(
        answers=len(one),
        raw=float(np.mean(one == other)),
        kappa=None if np.isnan(kappa) else kappa,
        interval=None if np.isnan(kappa) else kappa_interval(one, other),
        ac1=ac1(one, other),
    )


def weighted_kappa(first: Points, second: Points) -> Points:
    """Return kappa with quadratic weights, along the last axis: 1 − observed over expected squared distance; NaN where no distance is expected.

    Cohen, J. (1968), Weighted kappa, Psychological Bulletin 70(4), 213–220. Two readers independent of each other, who keep
    their own means and variances (of the population), are at a mean squared distance of var a + var b + (mean a − mean b)².
    """
    observed = ((first - second) ** 2).mean(axis=-1)
    expected = first.var(axis=-1) + second.var(axis=-1) + (first.mean(axis=-1) - second.mean(axis=-1)) ** 2
    with np.errstate(invalid="ignore"):
        kappa: Points = 1 - observed / expected
    return kappa


def kappa_interval(first: Points, second: Points) -> tuple[float, float]:
    """Return the bounds that 95 % of resamples of the answers lie within; resamples without kappa are left out.

    Percentile bootstrap: Efron, B. (1979), Bootstrap methods, Annals of Statistics 7(1), 1–26.
    """
    drawn = np.random.default_rng(SEED).integers(0, len(first), (RESAMPLES, len(first)))
    kappas = weighted_kappa(first[drawn], second[drawn])
    outside = (100 - LEVEL) / 2
    low, high = np.nanpercentile(kappas, [outside, 100 - outside])
    return float(low), float(high)


def ac1(first: Points, second: Points) -> float:
    """Return Gwet's AC1, steady where nearly all answers get the same mark; 1 where all do, from both.

    Gwet, K. L. (2008), Computing inter-rater reliability and its variance in the presence of high agreement, British Journal of
    Mathematical and Statistical Psychology 61, 29–48. Chance agreement is Σ π(1 − π) / (q − 1), π the share of a mark among
    those of both readers, q the number of different marks.
    """
    counts = np.unique(np.concatenate([first, second]), return_counts=True)[1]
    if len(counts) == 1:
        return 1.0
    shares = counts / counts.sum()
    chance = (shares * (1 - shares)).sum() / (len(counts) - 1)
    return float((np.mean(first == second) - chance) / (1 - chance))
