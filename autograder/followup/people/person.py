"""Who a person is in a course: the ways their identifier is written, and what the gradebook says of them."""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from nbgrader.api import Gradebook, Student
from sqlalchemy import select

from autograder.followup.people.course import Course
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import in_words
from autograder.records.tables import Person as KeyOf


@dataclass(frozen=True)
class Known:
    """A learner in the gradebook: a row of the class list, and their key in our tables."""

    learner: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""
    key: str = ""

    @property
    def full(self) -> tuple[str, str]:
        """Both orders of the full name; empty texts where a part is missing."""
        both = bool(self.first and self.last)
        return (f"{self.first} {self.last}", f"{self.last} {self.first}") if both else ("", "")


@dataclass(frozen=True)
class Person:
    """The person asked for. `rows`: theirs, one per form of the accents; `others`: everyone else's."""

    learner: str
    rows: tuple[Known, ...]
    others: tuple[Known, ...]


def same(one: str, other: str) -> bool:
    """Whether two identifiers are one: the same signs, whichever form each accent has."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def find(course: Course, learner: str) -> Person:
    """Look for a person in the gradebook; nobody is found in one that is missing. Raises GradingError."""
    known = everyone(course)
    mine = tuple(one for one in known if same(one.learner, learner))
    return Person(learner, mine, tuple(one for one in known if one not in mine))


def find_anywhere(course: Course, learner: str) -> Person:
    """Do the same in the course and in what restores put aside; a gradebook put aside that cannot be read is passed over."""
    found = [find(course, learner)]
    for state in course.states[1:]:
        with suppress(GradingError):
            found.append(find(state, learner))
    rows = dict.fromkeys(row for one in found for row in one.rows)
    others = dict.fromkeys(row for one in found for row in one.others)
    return Person(learner, tuple(rows), tuple(others))


def everyone(course: Course) -> list[Known]:
    """Return all the learners of the gradebook. Raises GradingError."""
    if course.gradebook is not None and not course.gradebook.exists():
        return []
    with in_words(course.db_url), Gradebook(course.db_url, course.course_id) as gradebook:
        students = {one.id: one for one in gradebook.db.scalars(select(Student))}
        keys = {one.learner: one.key for one in gradebook.db.scalars(select(KeyOf))}
        return [_known(learner, students.get(learner), keys) for learner in sorted({*students, *keys})]


def _known(learner: str, student: Student | None, keys: dict[str, str]) -> Known:
    fields = ("first_name", "last_name", "email", "lms_user_id")
    first, last, email, lms = ((getattr(student, name, None) or "").strip() for name in fields)
    return Known(learner, first, last, email, lms, keys.get(learner, ""))
