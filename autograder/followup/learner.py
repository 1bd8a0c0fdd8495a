"""A learner as the class list names them."""

import re
from dataclasses import dataclass

from nbgrader.api import Gradebook

from autograder.french.order import alphabetical
from autograder.grading.collect.roster import full_name

EMAIL = re.compile(r"\w[^\s@,;:<>()\"\\]*@\w[\w.-]*")
"""Enough to match a person in Moodle; no sign of a formula begins it."""


@dataclass(frozen=True)
class Learner:
    """`learner` is nbgrader's identifier; the other fields may be empty."""

    learner: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        return full_name(self.first_name, self.last_name)

    def in_order(self) -> tuple[str, str, str]:
        """Return what puts learners in order: last name, or identifier without one, then the rest; accents do not count."""
        return alphabetical(self.last_name or self.learner), alphabetical(self.first_name), self.learner


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    return EMAIL.fullmatch(text) is not None


def known_learners(gradebook: Gradebook) -> dict[str, Learner]:
    """Return the learners of a gradebook, by identifier: those of the class list, and whoever has a graded copy."""
    return {
        one.id: Learner(one.id, one.last_name or "", one.first_name or "", one.email or "")
        for one in gradebook.students
    }
