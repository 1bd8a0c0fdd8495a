"""How late a copy is, and the words for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.french.dates import lasting
from autograder.french.numbers import points


@dataclass(frozen=True)
class Late:
    """A copy handed in after the due date, extension included. `penalty`: the points taken off; None before grading."""

    delay: timedelta
    penalty: float | None = None

    def __str__(self) -> str:
        """Return what the instructor reads after grading."""
        return f"rendue {spell(self.delay)} après la date limite ; {_spell_penalty(self.penalty or 0)}"


def delay(handed_in: datetime | None, due: datetime | None, extension: timedelta | None) -> timedelta:
    """Return how late a copy is; zero when it is on time, or when a date is unknown. Dates in UTC, without zone."""
    if handed_in is None or due is None:
        return timedelta()
    return max(timedelta(), handed_in - due - (extension or timedelta()))


def spell(delay: timedelta) -> str:
    """Return a duration in French, to the minute: « 2 h 05 »."""
    minutes = int(delay.total_seconds()) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    if not minutes:
        return "moins d’une minute"
    if days:
        return f"{days} j {hours} h" if hours else f"{days} j"
    if not hours:
        return f"{minutes} min"
    return lasting(minutes)


def _spell_penalty(lost: float) -> str:
    return f"pénalité : {points(lost)}" if lost else "sans pénalité"
