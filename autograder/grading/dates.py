"""Dates as people and nbgrader write them, read without a guess; nbgrader's own reader replaced by this one.

nbgrader's `parse_utc` takes « CEST » for UTC and « +0200 » for 200 seconds, without a word.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import nbgrader.apps.api
import nbgrader.apps.zipcollectapp
import nbgrader.exchange.default.collect
import nbgrader.utils
from nbgrader.coursedir import CourseDirectory
from traitlets.log import get_logger

TIMESTAMP = "timestamp.txt"
SHAPE = re.compile(
    r"(?P<moment>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2}(\.[0-9]{1,6})?)?)"
    r" ?(?P<zone>[+-][0-9]{2}:?[0-9]{2}|[A-Za-z][A-Za-z0-9_+/-]*)?"
)
FIXED = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "CEST": 2}
"""Hours ahead of UTC of the abbreviations that have one meaning here."""
UNREADABLE = (
    "Date illisible : « {text} ». Écrivez l’année, le mois, le jour, l’heure et le fuseau, "
    "par exemple « 2026-07-01 14:30 Europe/Paris »."
)
NO_DATE = "date de remise illisible (timestamp.txt) : copie corrigée sans date"


class UnreadableDate(SystemExit, ValueError):
    """The message, in French, shows how to write a date. Uncaught in a command, it ends it without a traceback."""


def read_date(text: str) -> datetime:
    """Return a date in UTC, without zone, as nbgrader stores it. Raises UnreadableDate.

    A date has an offset, a zone name, or one of a few abbreviations. Without any, it must have its seconds: what nbgrader itself
    writes, in UTC. The hour that a change of clocks skips or repeats has no sure meaning, and is refused.
    """
    with _told(text):
        return _read(text.strip()).astimezone(UTC).replace(tzinfo=None)


def read_zoned(text: str) -> datetime:
    """Return a date that a person types, in the zone that they wrote: it must have one. Raises UnreadableDate."""
    with _told(text):
        date = _read(text.strip(), needs_zone=True)
        return date.astimezone(UTC).astimezone(date.tzinfo)


@contextmanager
def _told(text: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, OSError, OverflowError):
        raise UnreadableDate(UNREADABLE.format(text=text.strip()[:60])) from None


def _read(text: str, needs_zone: bool = False) -> datetime:
    found = SHAPE.fullmatch(text)
    if not found or not (found["zone"] or (found["seconds"] and not needs_zone)):
        raise ValueError(text)
    date = datetime.fromisoformat(found["moment"]).replace(tzinfo=_zone(found["zone"] or "UTC"))
    if date.utcoffset() != date.replace(fold=1).utcoffset():
        raise ValueError(text)
    return date


def _zone(name: str) -> tzinfo:
    if name[0] in "+-":
        return datetime.strptime(name, "%z").tzinfo or UTC
    if name in FIXED:
        return timezone(timedelta(hours=FIXED[name]))
    return ZoneInfo(name)


def replace_nbgrader_reader() -> None:
    """Make nbgrader read dates as we do: it has no setting for that.

    A date that someone gives is refused when it is unreadable. One that a copy bears is only told: the copy is graded without date.
    """
    for module in (nbgrader.utils, nbgrader.exchange.default.collect, nbgrader.apps.zipcollectapp):
        module.parse_utc = _parse_utc
    nbgrader.apps.api.parse_utc = _copy_date
    CourseDirectory.get_existing_timestamp = _existing_timestamp


def _parse_utc(date: datetime | str | None) -> datetime | None:
    """nbgrader's function: dates that are not text are those of its gradebook."""
    if isinstance(date, str):
        return read_date(date)
    if date is None or date.tzinfo is None:
        return date
    return date.astimezone(UTC).replace(tzinfo=None)


def _existing_timestamp(course: CourseDirectory, folder: str) -> datetime | None:
    path = Path(folder, TIMESTAMP)
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    return _copy_date(text) if text else None


def _copy_date(text: str) -> datetime | None:
    try:
        return read_date(text)
    except UnreadableDate:
        get_logger().warning(NO_DATE)
        return None
