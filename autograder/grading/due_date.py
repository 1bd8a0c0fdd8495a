"""The due date of a module: set it, and say it in French."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.french.dates import clock, in_full
from autograder.grading.gradebook_file import in_words
from autograder.grading.release import load_config

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Due:
    """A due date, with a time zone; None without one. `is_after_grading`: copies were graded by another date."""

    date: datetime | None
    is_after_grading: bool


def set_due(folder_name: str, course: Path, date: datetime | None) -> Due:
    """Set the due date of a released module; None leaves it as it is. `date` has a time zone. Raises GradingError."""
    settings = CourseDirectory(config=load_config(course))
    with in_words(settings.db_url), Gradebook(settings.db_url, settings.course_id) as gradebook:
        before = gradebook.find_assignment(folder_name).duedate
        if date is None:
            return Due(before and before.replace(tzinfo=UTC).astimezone(), False)
        kept = date.astimezone(UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment(folder_name, duedate=kept)
        has_copies = bool(gradebook.assignment_submissions(folder_name))
    return Due(date, has_copies and before != kept)


def in_french(date: datetime) -> str:
    """Return a date that has a time zone: `1er juillet 2026 à 14 h 30 (Europe/Paris)`. A machine in universal time knows no other: that
    of Paris is added.
    """
    told = f"{in_full(date)} à {clock(date)} ({date.tzinfo})"
    return f"{told}, soit {clock(date.astimezone(PARIS))} à Paris" if str(date.tzinfo) == "UTC" else told
