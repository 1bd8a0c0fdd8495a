"""Dates as French readers write them: `1er mars 2026`."""

from datetime import date

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
