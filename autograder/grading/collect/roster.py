"""The learners of a course: who is in the class list, who handed in, and whom a name stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry, Student, SubmittedAssignment
from sqlalchemy import or_, select
from traitlets.config import Config

from autograder.grading.gradebook_file import in_words
from autograder.grading.identifiers import fold
from autograder.identity import clean


@dataclass
class Roster:
    """`students`: the class list, identifiers and full names. `present`: those who have a folder in `submitted/`."""

    students: Mapping[str, str]
    present: set[str]
    due: datetime | None = None
    """In UTC, without zone."""
    extensions: Mapping[str, timedelta] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """Return the known learner for whom a name stands, to the case, accents' form, spaces, order of words; else the name, clean."""
        known = {*self.students, *self.present}
        if name in known:
            return name
        for same in (fold, _words):
            alike = [one for one in known if same(one) == same(name)]
            alike = alike or [one for one, full in self.students.items() if full and same(full) == same(name)]
            if len(alike) == 1:
                return alike[0]
        return clean(name)

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for one learner."""
        return self.find(one) == self.find(other) or _words(one) == _words(other)


def read_roster(config: Config, module: str, submitted: Path) -> Roster:
    """Read the learners from the gradebook and from `submitted/`. Raises GradingError when the gradebook cannot be read."""
    settings = config.CourseDirectory
    with in_words(settings.db_url), Gradebook(settings.db_url, settings.course_id) as gradebook:
        students = {one.id: full_name(one.first_name, one.last_name) for one in class_list(gradebook)}
        due, extensions = _dates(gradebook, module)
    return Roster(students, set(_folders(submitted)), due, extensions)


def class_list(gradebook: Gradebook) -> list[Student]:
    """Return the students that somebody listed: grading adds to the gradebook, without a name, whoever handed in."""
    described = (column != "" for column in (Student.first_name, Student.last_name, Student.email))
    handed_in = select(SubmittedAssignment.student_id)
    listed = select(Student).where(or_(*described, Student.id.not_in(handed_in))).order_by(Student.id)
    return list(gradebook.db.scalars(listed))


def _dates(gradebook: Gradebook, module: str) -> tuple[datetime | None, dict[str, timedelta]]:
    try:
        due = gradebook.find_assignment(module).duedate
    except MissingEntry:
        return None, {}
    submissions = gradebook.assignment_submissions(module) if due else []
    return due, {one.student.id: one.extension for one in submissions if one.extension}


def _folders(submitted: Path) -> Iterable[str]:
    return (path.name for path in submitted.glob("[!.]*") if path.is_dir())


def full_name(first: str | None, last: str | None) -> str:
    """Return the first name and the last one; "" for who has none."""
    return " ".join(part for part in (first, last) if part)


def _words(name: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return tuple(sorted(re.findall(r"\w+", plain.replace("_", " "))))
