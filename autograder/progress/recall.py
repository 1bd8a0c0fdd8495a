"""Which questions of earlier modules to ask again: those that went wrong, and those not seen for long.

The rule and its source are in `docs/decisions/recall.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from autograder.contract.names import Audience
from autograder.progress.journal import Event

QUESTIONS = 3
REST_DAYS = 1.0
"""A question answered rightly rests for a day: spacing is the point."""


@dataclass(frozen=True)
class Past:
    """What the journal says of one question: `difficulty` counts wrong tries, second hints and failed recalls.

    `recalled`: it was asked again, and that is what was answered last.
    """

    recalled: bool
    missed: bool
    difficulty: int
    days: float
    """Since the exercise, or the question, was last answered; infinite when it never was."""

    @property
    def rests(self) -> bool:
        """Whether it was answered rightly too short a time ago."""
        return not self.missed and self.days < REST_DAYS


def choose(
    bank: Mapping[str, Audience], events: Iterable[Event], now: datetime, number: int = QUESTIONS
) -> list[str]:
    """Return at most `number` questions of `bank` ("module/exercise" -> who is asked), the most useful first.

    First those missed last time, then the hardest so far, then the longest unseen; those answered rightly within a day come
    last, and those asked again and answered rightly within a day do not come.
    """
    known = list(events)
    answered = [event for event in known if event.event == "verdict"]
    begun = {event.module for event in answered}
    codes = any(event.way == "code" for event in answered)
    met = {f"{event.module}/{event.exercise}" for event in answered}
    past = {
        question: _past(question, known, now)
        for question, audience in bank.items()
        if question.partition("/")[0] in begun
        and {"begun": True, "code": codes, "answered": question in met}[audience]
    }
    return sorted(
        [question for question, one in past.items() if not (one.recalled and one.rests)],
        key=lambda one: (past[one].rests, not past[one].missed, -past[one].difficulty, -past[one].days),
    )[:number]


def _past(question: str, events: list[Event], now: datetime) -> Past:
    about = [event for event in events if question in (event.about, f"{event.module}/{event.exercise}")]
    answered = [event for event in about if event.event in ("verdict", "recall")]
    wrong = sum(event.state != "right" for event in answered)
    hints = sum(event.event == "hint" and event.level == 2 for event in about)
    last = answered[-1] if answered else None
    days = (now - datetime.fromisoformat(last.at)).total_seconds() / 86_400 if last else float("inf")
    recalled = last is not None and last.event == "recall"
    return Past(recalled, last is not None and last.state != "right", wrong + hints, days)
