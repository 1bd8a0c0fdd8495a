"""A person in the gradebook: erased from nbgrader's tables and from ours, without a trace in the file's pages."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from nbgrader.api import Base, Gradebook, Student
from sqlalchemy import Table, delete, text

from autograder.followup.people.course import Course
from autograder.followup.people.needles import Needles, fold
from autograder.followup.people.person import Person
from autograder.grading.gradebook_file import WAIT_SECONDS, in_words

AROUND = 4
"""Signs on each side of a word that tell where in the gradebook it comes from."""
BESIDE = ("", "-journal", "-wal", "-shm")
"""The gradebook's file, and those that SQLite writes beside it."""


def erase(course: Course, person: Person) -> None:
    """Remove all the rows of a person. Raises GradingError; what is done already stays done."""
    with in_words(course.db_url), Gradebook(course.db_url, course.course_id) as gradebook:
        if course.gradebook is not None:
            gradebook.db.execute(text("PRAGMA secure_delete = ON"))
        for table in _ours():
            for column, values in _columns(table, person):
                gradebook.db.execute(delete(table).where(column.in_(values)))
        gradebook.db.commit()
        for row in person.rows:
            if gradebook.db.get(Student, row.learner) is not None:
                gradebook.remove_student(row.learner)


def _ours() -> list[Table]:
    """Return our tables, that of the keys last: an erasure that is cut off can then be done again."""
    ours = [table for name, table in Base.metadata.tables.items() if name.startswith("campus_")]
    return sorted(ours, key=lambda table: "learner" in table.c)


def _columns(table: Table, person: Person) -> Iterator[tuple[Any, list[str]]]:
    if "key" in table.c:
        yield table.c.key, [row.key for row in person.rows if row.key]
    if "learner" in table.c:
        yield table.c.learner, [row.learner for row in person.rows]


def compact(path: Path) -> None:
    """Write the file anew, so that no freed page holds what was erased. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def traces(path: Path, needles: Needles) -> list[str]:
    """Return the tables of a gradebook's file that name the person, and the files whose very bytes do.

    In bytes, values touch each other: a word found there counts unless the text around it is that of a living row, where
    it is a part of a longer word.
    """
    try:
        found, around = _in_tables(path, needles)
    except sqlite3.Error:  # a damaged file: its bytes tell
        found, around = set(), set()
    bytes_of = [path.with_name(path.name + end) for end in BESIDE]
    return sorted(found) + [one.name for one in bytes_of if one.exists() and _in_bytes(one, needles, around)]


def _in_tables(path: Path, needles: Needles) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Return the tables that name the person, and what is around each of the words in all the values."""
    found, around = set(), set()
    with closing(
        sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True, timeout=WAIT_SECONDS)
    ) as connection:
        for table, value in _values(connection):
            folded = fold(value)
            if needles.search_folded(folded):
                found.add(f"{path.name}, table {table}")
            around |= {one for word in needles.words for one in _contexts(folded, word)}
    return found, around


def _values(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in ["sqlite_master", *tables]:  # the definitions are in the bytes too
        quoted = table.replace('"', '""')
        for row in connection.execute(f'SELECT * FROM "{quoted}"'):
            yield from ((table, value) for value in row if isinstance(value, str))


def _contexts(text: str, word: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is before and after each place of a word in a text, with the word."""
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        yield text[max(0, place - AROUND) : place], word, text[end : end + AROUND]
        place = text.find(word, place + 1)


def _in_bytes(path: Path, needles: Needles, around: set[tuple[str, str, str]]) -> bool:
    known = {(before, word, after) for before, word, after in around if before or after}
    raw = fold(path.read_bytes().decode("utf-8", "replace"))
    return any(
        not any(
            before.endswith(left) and after.startswith(right) for left, same, right in known if same == word
        )
        for word in needles.words
        for before, _, after in _contexts(raw, word)
    )
