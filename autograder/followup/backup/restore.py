"""Put a backup back in a course. What was there is moved aside, never overwritten."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from autograder import paths
from autograder.followup.backup.content import Manifest, is_of_the_course
from autograder.followup.backup.verify import verify
from autograder.followup.people.course import FORMER, GRADEBOOK, Course
from autograder.followup.people.purge import quiet
from autograder.grading.errors import GradingError
from autograder.grading.settings import CONFIG_FILE

WORK = ".restauration"
"""The folder, in the course, where a backup is opened: on the same disk, so that its files can be moved at once."""
NOT_THERE = "« {path} » n’existe pas : choisissez un fichier de « campus backup --list »."


def restore(course: Course, path: Path, now: datetime) -> tuple[Manifest, Path | None]:
    """Put a backup back; return what it holds, and where what was there is now.

    A restore that is cut off can be done again: nothing is lost. Raises GradingError when the backup is not good: nothing
    has changed then; raises OSError.
    """
    if not path.is_file():
        raise GradingError(NOT_THERE.format(path=path))
    with quiet(course):
        work = course.root / WORK
        shutil.rmtree(work, ignore_errors=True)
        try:
            paths.own(work)
            manifest = verify(path, work, shutil.disk_usage(course.root).free)
            _set_modes(manifest, work)
            aside = _swap(course, work, now)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return manifest, aside


def _set_modes(manifest: Manifest, work: Path) -> None:
    """Give files and folders, the deepest first, their modes and dates of before."""
    for name, entry in sorted(manifest.entries.items(), reverse=True):
        os.utime(work / name, (entry.modified, entry.modified))
        os.chmod(work / name, entry.mode & 0o777)


def _swap(course: Course, work: Path, now: datetime) -> Path | None:
    """Move aside all that a backup may hold, then put the new in place, the gradebook last.

    The settings are never missing: without them, an interrupted restore could not be done again.
    """
    aside = _free(course.root / FORMER, now)
    for place in sorted(course.root.iterdir()):
        if is_of_the_course(place.name):
            _move(place, aside / place.name, shutil.copy2 if place.name == CONFIG_FILE else shutil.move)
    gradebook = course.gradebook or course.root / GRADEBOOK
    if gradebook.exists():
        _move(gradebook, aside / GRADEBOOK)
    for place in sorted(work.iterdir(), key=lambda place: place.name == GRADEBOOK):
        to = gradebook if place.name == GRADEBOOK else course.root / place.name
        _move(place, to, os.replace if place.name == CONFIG_FILE else shutil.move)
    return aside if aside.exists() else None


def _free(folder: Path, now: datetime) -> Path:
    names = (f"{now:%Y%m%d-%H%M%S}{f'-{number}' if number else ''}" for number in count())
    return next(folder / name for name in names if not (folder / name).exists())


def _move(place: Path, to: Path, way: Callable[[Path, Path], object] = shutil.move) -> None:
    if not to.parent.is_dir():
        to.parent.mkdir(mode=0o700, parents=True)
    way(place, to)
