"""Which questions of earlier modules to ask again: those that went wrong, and those not seen for long.

The rule and its source are in `docs/decisions/recall.md`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.progress.journal import Event

QUESTIONS = 3
REST_DAYS = 1.0
"""A question answered rightly rests for a day: spacing is the point."""


@dataclass(frozen=True)
class Past:
    """What the journal says of one question: `difficulty` counts wrong tries, second hints and failed recalls."""

    missed: bool
    difficulty: int
    days: float
    """Since the exercise, or the question, was last answered; infinite when it never was."""

    @property
    def rests(self) -> bool:
        """Whether it was answered rightly too short a time ago."""
        return not self.missed and self.days < REST_DAYS


def choose(bank: Sequence[str], events: Iterable[Event], now: datetime, number: int = QUESTIONS) -> list[str]:
    """Return at most `number` questions of `bank` ("module/exercise"), the most useful first.

    First those missed last time, then the hardest so far, then the longest unseen; those answered rightly within a
    day come last. Without a journal, the order of the bank.
    """
    known = list(events)
    past = {question: _past(question, known, now) for question in bank}
    return sorted(
        bank,
        key=lambda one: (past[one].rests, not past[one].missed, -past[one].difficulty, -past[one].days),
    )[:number]


def _past(question: str, events: list[Event], now: datetime) -> Past:
    about = [event for event in events if question in (event.about, f"{event.module}/{event.exercise}")]
    answered = [event for event in about if event.event in ("verdict", "recall")]
    wrong = sum(event.state != "right" for event in answered)
    hints = sum(event.event == "hint" and event.level == 2 for event in about)
    last = answered[-1] if answered else None
    days = (now - datetime.fromisoformat(last.at)).total_seconds() / 86_400 if last else float("inf")
    return Past(last is not None and last.state != "right", wrong + hints, days)
