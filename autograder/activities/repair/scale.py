"""Where values stand along an axis, and the round numbers written there."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

TICKS = 5
"""About how many numbers are written along an axis."""


@dataclass(frozen=True)
class Scale:
    """An axis, from `low` to `high`, both round."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + place * self.step for place in range(count + 1)]

    def at(self, value: float) -> float:
        """Return where a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def scale(values: Iterable[float], from_zero: bool) -> Scale:
    """Return the axis of some values; it starts near the smallest of them unless it must start at zero."""
    known = list(values)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    cut = not from_zero and low < high
    if not cut:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round((high - low) / TICKS or 1.0)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    if cut and bottom == low:
        bottom -= step  # the smallest value is still seen
    return Scale(bottom, top if top > bottom else bottom + step, step)


def _round(step: float) -> float:
    """Return the round number (1, 2 or 5, then zeros) that is not below a step."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= step * (1 - 1e-9))
