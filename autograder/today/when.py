"""Times of the page, in this machine's zone."""

from datetime import UTC, datetime


def local(moment: datetime) -> datetime:
    """Return a date in UTC without zone, as the gradebook keeps it, in this machine's time."""
    return moment.replace(tzinfo=UTC).astimezone()


def at(seconds: float) -> datetime:
    """Return a number of seconds since 1970 in this machine's time."""
    return datetime.fromtimestamp(seconds, UTC).astimezone()
