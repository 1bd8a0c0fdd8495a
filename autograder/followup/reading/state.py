"""What a reader gave to an answer, as the page and the server tell it to each other."""

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

MAX_COMMENT = 10_000
"""Characters."""


@dataclass(frozen=True)
class State:
    """What stands for one answer. `points` of a text that changed since wait to be confirmed."""

    points: float | None
    waiting: bool
    comment: str
    criteria: tuple[int, ...]

    def written(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {**asdict(self), "criteria": list(self.criteria)}


UNREAD = State(points=None, waiting=True, comment="", criteria=())


def read_state(given: Any, most: float) -> State:
    """Return what a page sent; raise ValueError for anything that no page sends, and for points out of 0 to `most`."""
    if not isinstance(given, dict):
        raise ValueError("no state")
    points, comment, criteria = given.get("points"), given.get("comment"), given.get("criteria")
    if not isinstance(comment, str) or len(comment) > MAX_COMMENT or not isinstance(criteria, list):
        raise ValueError("no comment, or no criteria")
    return State(
        _points(points, most),
        given.get("waiting") is True or points is None,
        comment.strip(),
        _numbers(criteria),
    )


def _points(given: Any, most: float) -> float | None:
    if given is None:
        return None
    if type(given) not in (int, float) or not math.isfinite(given) or not 0 <= given <= most:
        raise ValueError("points out of bounds")
    return float(given)


def _numbers(given: Iterable[Any]) -> tuple[int, ...]:
    numbers = sorted({one for one in given if type(one) is int and 0 < one < 100})
    return tuple(numbers)


def join(criteria: Iterable[int]) -> str:
    """Return numbers of criteria as a column keeps them."""
    return ",".join(map(str, criteria))


def split(kept: str) -> tuple[int, ...]:
    """Return the numbers of criteria that a column keeps."""
    return tuple(int(one) for one in kept.split(",") if one)
