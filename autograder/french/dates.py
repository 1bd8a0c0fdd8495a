"""Dates and times as French readers write them: `1er mars 2026`, `8 h 05`."""

from datetime import date, datetime

from autograder.french.numbers import NO_BREAK

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def in_full(day: date) -> str:
    """Return a date in words: `30 novembre 2026`."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """Return a date in figures: `30/11/2026`."""
    return f"{day:%d/%m/%Y}"


def clock(at: datetime) -> str:
    """Return a time of day: `8 h 05`. The page has its own (`clock` in dom.js)."""
    return _hours(at.hour, f"{at.minute:02}")


def lasting(minutes: int) -> str:
    """Return a duration of an hour or more: `2 h 05`, `3 h`."""
    return _hours(minutes // 60, f"{minutes % 60:02}" if minutes % 60 else "")


def _hours(hours: int, minutes: str) -> str:
    return NO_BREAK.join(filter(None, (str(hours), "h", minutes)))
