"""The verdicts met in a module, that a learner may enclose when handing in: their names and their order, never an answer or a date.

Declared by the learner, so worth no point. Whoever reads them treats them as hostile: bounded, and of the expected types.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.progress.journal import Event, since_restart

MOST = 2_000
"""Verdicts kept, the last ones."""
MAX_BYTES = 1_000_000
LONGEST = 128
"""Characters of a name."""


@dataclass(frozen=True)
class Try:
    """One verdict: the state of the answer, its points (`share` of those of the exercise, 0 to 1), the names of what was recognised."""

    exercise: str
    state: str
    share: float
    outcomes: tuple[str, ...] = ()


def tries_of(events: Iterable[Event], module: str, version: int) -> list[Try]:
    """Return the verdicts met in a module since it was last begun again, the oldest first."""
    own = (
        event
        for event in since_restart(events)
        if event.event == "verdict" and (event.module, event.version) == (module, version)
    )
    return [Try(one.exercise, one.state, _share(one), tuple(one.outcomes)) for one in own][-MOST:]


def write(tries: Sequence[Try]) -> str:
    """Return the text of the file that is handed in."""
    rows = [
        {"exercise": one.exercise, "state": one.state, "share": one.share, "outcomes": list(one.outcomes)}
        for one in tries
    ]
    return json.dumps({"verdicts": rows}, ensure_ascii=False, indent=1) + "\n"


def read(content: bytes) -> list[Try] | None:
    """Return what a file handed in tells; None when it is not of ours. What is not a verdict is left out."""
    try:
        rows = json.loads(content[:MAX_BYTES])["verdicts"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return [row for one in rows[-MOST:] if (row := read_one(one))] if isinstance(rows, list) else None


def read_one(row: Any) -> Try | None:
    """Return one verdict; None when it is not one."""
    try:
        found = Try(row["exercise"], row["state"], float(row["share"]), tuple(row["outcomes"]))
    except (TypeError, KeyError, ValueError, OverflowError):
        return None
    texts = (found.exercise, found.state, *found.outcomes)
    sound = all(isinstance(text, str) and len(text) <= LONGEST for text in texts) and 0 <= found.share <= 1
    return found if sound else None


def _share(event: Event) -> float:
    return round(event.points / event.max_points, 4) if event.max_points else 0.0
