"""Whose data are past the duration that the organisation has chosen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from nbgrader.api import Gradebook, SubmittedAssignment
from sqlalchemy import func, select

from autograder.followup.people import places
from autograder.followup.people.course import Course
from autograder.followup.people.person import everyone
from autograder.followup.people.texts import walk
from autograder.grading.gradebook_file import in_words


def last_dates(course: Course) -> dict[str, date | None]:
    """Return the day, in UTC, of the last hand-in of each person; None for who is listed and handed in nothing.

    A copy without a date has that of its files. Raises GradingError.
    """
    people = {*places.learners(course), *(one.learner for one in everyone(course))}
    recorded = _recorded(course)
    return {one: recorded.get(one) or max(_of_files(course, one), default=None) for one in sorted(people)}


def _recorded(course: Course) -> dict[str, date]:
    if course.gradebook is not None and not course.gradebook.exists():
        return {}
    last = select(SubmittedAssignment.student_id, func.max(SubmittedAssignment.timestamp))
    with in_words(course.db_url), Gradebook(course.db_url, course.course_id) as gradebook:
        rows = gradebook.db.execute(last.group_by(SubmittedAssignment.student_id)).all()
    return {learner: moment.date() for learner, moment in rows if moment is not None}


def _of_files(course: Course, learner: str) -> Iterator[date]:
    for place in places.own_folders(course, learner):
        yield from (_day(path) for path in [place, *walk(place, lambda _: False)] if path.is_file())


def _day(path: Path) -> date:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC).date()
