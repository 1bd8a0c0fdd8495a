"""The tables. `Gradebook` makes them when it opens, as it makes nbgrader's own."""

from nbgrader.api import Base
from sqlalchemy import Boolean, Column, Float, Integer, String

OTHER = "*"
"""Stands for a mistake that the module does not foresee; no mistake can have this name."""
FIRST = ""
"""Stands, among the readers of a free answer, for whoever gives the mark."""


class Person(Base):  # type: ignore[misc]
    """The only table that names people: nbgrader's identifier of a learner, and their key."""

    __tablename__ = "campus_person"

    learner = Column(String(128), primary_key=True)
    key = Column(String(16), unique=True, nullable=False)
    """Drawn at random: nothing leads from it to the learner once this row is gone."""


class GradedCopy(Base):  # type: ignore[misc]
    """One row per graded copy: the last one that a learner handed in for a module."""

    __tablename__ = "campus_copy"

    key = Column(String(16), primary_key=True)
    module = Column(String(128), primary_key=True)
    """nbgrader's name of the assignment."""
    version = Column(Integer, nullable=False)
    """The version of the module with which the copy was graded."""
    has_tries = Column(Boolean, nullable=False)
    """Whether the learner enclosed the verdicts met on the way."""


class Answer(Base):  # type: ignore[misc]
    """One row per exercise of a graded copy that is judged at once, answered or not."""

    __tablename__ = "campus_answer"

    key = Column(String(16), primary_key=True)
    module = Column(String(128), primary_key=True)
    exercise = Column(String(128), primary_key=True)
    state = Column(String(16), nullable=False)
    """`autograder.checks.verdict.State` of the answer that counts in the copy."""
    share = Column(Float, nullable=False)
    """Points of this answer, of those of the exercise: 0 to 1."""
    first_share = Column(Float)
    """The same of the first verdict met; None where the copy tells no verdict of this exercise."""
    tries = Column(Integer)
    """Verdicts met until the first right one, included; all of them where none is right; None as above."""


class Mistake(Base):  # type: ignore[misc]
    """One row per mistake that a person made in an exercise, in the copy or on the way; `OTHER` for one not foreseen."""

    __tablename__ = "campus_mistake"

    key = Column(String(16), primary_key=True)
    module = Column(String(128), primary_key=True)
    exercise = Column(String(128), primary_key=True)
    mistake = Column(String(128), primary_key=True)
    """Its name in `answers.yml`, as of the grading. A renamed mistake says its former names (`was`)."""
    is_kept = Column(Boolean, nullable=False)
    """Whether it is still in the copy handed in."""
    is_first = Column(Boolean, nullable=False)
    """Whether the first verdict met showed it."""
    times = Column(Integer, nullable=False)
    """Verdicts met that showed it: 0 where the copy tells none."""


class Reading(Base):  # type: ignore[misc]
    """One row per text of a free answer and reader: what was ticked in its scheme. The mark itself is nbgrader's."""

    __tablename__ = "campus_reading"

    key = Column(String(16), primary_key=True)
    module = Column(String(128), primary_key=True)
    exercise = Column(String(128), primary_key=True)
    reader = Column(String(40), primary_key=True)
    """The name that a second reader gave; `FIRST` for whoever gives the mark."""
    text = Column(String(64), nullable=False)
    """Fingerprint of the text that was read (`autograder.grading.marked`)."""
    points = Column(Float, nullable=False)
    """Of the reader; those of `FIRST` tell whether the mark was changed elsewhere since."""
    criteria = Column(String(256), nullable=False)
    """Numbers of the criteria of the scheme that are met: `1,3`."""
