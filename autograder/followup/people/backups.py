"""Which backups still hold a person: an erasure does not open them."""

import sqlite3
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from autograder.followup.people import gradebook
from autograder.followup.people.course import GRADEBOOK
from autograder.followup.people.needles import Needles
from autograder.followup.people.person import same
from autograder.grading.collect.archives import UNREADABLE


def holds(backup: Path, learner: str, needles: Needles) -> bool:
    """Whether a backup holds a person, by the names of its files or in its gradebook; true for one that cannot be read."""
    try:
        with zipfile.ZipFile(backup) as archive:
            parts = (part for name in archive.namelist() for part in PurePosixPath(name).parts)
            if any(same(part, learner) or needles.search_name(part) for part in parts):
                return True
            return GRADEBOOK in archive.namelist() and _in_gradebook(archive, needles)
    except (*UNREADABLE, OSError, sqlite3.Error):
        return True


def _in_gradebook(archive: zipfile.ZipFile, needles: Needles) -> bool:
    with tempfile.TemporaryDirectory(prefix="campus-") as folder:
        return bool(gradebook.traces(Path(archive.extract(GRADEBOOK, folder)), needles))
