"""The files and folders that bear a person's identifier, by equality: no identifier is ever read as a pattern."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbgrader.utils import notebook_hash

from autograder.followup.people.course import REPLACED, Course, folders
from autograder.followup.people.person import same
from autograder.grading.handed_in import read_start

SECRET = "submission_secret.txt"
MAX_SECRET = 1_000
HAND_IN = re.compile(r"(?P<learner>.+)\+[^+]+\+[0-9]{4}-[0-9]{2}-[0-9]{2} [^+]*(\+[^+]*){0,2}", re.DOTALL)
"""What nbgrader calls a hand-in: learner, module, date, and in the exchange a random end."""


def own_folders(course: Course, learner: str) -> list[Path]:
    """Return what bears the identifier in the course and in the exchange; what is handed in comes first.

    So that an erasure cut off in the middle cannot be undone by a collect or a grading.
    """
    received = [*_named(course.exchange / "inbound", learner), *_named(course.handed_in, learner)]
    return [*received, *(own for place in _of_folders(course) for own in _called(place, learner))]


def learners(course: Course) -> set[str]:
    """Return every identifier that a folder of the course or of the exchange bears."""
    received = {_learner_of(entry.name) for entry in _entries(course.exchange / "inbound")} - {""}
    return {entry.name for place in _of_folders(course) for entry in _entries(place)} | received


def _of_folders(course: Course) -> list[Path]:
    """Return the folders of learners' folders."""
    return [*(course.root / step for step in course.steps), *folders(course.root / REPLACED)]


def released_pages(course: Course, own: Iterable[Path]) -> list[Path]:
    """Return the pages of a person that the exchange holds: their names are hashes of the secrets of their hand-ins."""
    secrets = {_secret(path) for folder in own for path in _files(folder) if path.name == SECRET} - {""}
    modules = [path.name for path in folders(course.root / "release")]
    names = {notebook_hash(secret=secret, notebook_id=module) for secret in secrets for module in modules}
    places = [course.exchange / "feedback" / f"{name}.html" for name in sorted(names)]
    return [place for place in places if place.is_file()]


def _secret(path: Path) -> str:
    return (read_start(path, MAX_SECRET) or b"").decode(errors="replace")


def _called(place: Path, learner: str) -> list[Path]:
    return [Path(entry.path) for entry in _entries(place) if same(entry.name, learner)]


def _named(place: Path, learner: str) -> list[Path]:
    return [Path(entry.path) for entry in _entries(place) if same(_learner_of(entry.name), learner)]


def _learner_of(name: str) -> str:
    """Return the learner that the name of a hand-in bears; an identifier may itself have a « + »."""
    found = HAND_IN.fullmatch(name)
    return found["learner"] if found else ""


def _entries(place: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, but for hidden entries; a link to a folder is not entered."""
    if not place.is_dir() or place.is_symlink():
        return []
    with os.scandir(place) as entries:
        return sorted((one for one in entries if one.name[0] != "."), key=lambda one: one.name)


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in names)
