"""One file searched for a person, whatever it is: text, archive, database, link."""

from pathlib import Path

from autograder.followup.people import gradebook
from autograder.followup.people.needles import Needles
from autograder.followup.people.texts import names

SQLITE = b"SQLite format 3\0"


def traces(path: Path, needles: Needles) -> list[str]:
    """Return where a file names the person: its path, or what to say of a part of it; nothing for a folder's content.

    Raises OSError, and TooMuch for a file too big to be searched.
    """
    if needles.search_name(path.name):
        return [str(path)]
    if path.is_dir() and not path.is_symlink():
        return []
    if _is_database(path):
        return [f"{path.parent / found}" for found in gradebook.traces(path, needles)]
    return [str(path)] if names(path, needles) else []


def _is_database(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE
