"""Put a copy in `submitted/`: written whole beside, then in place at once; the one that was there is kept apart."""

import os
import shutil
import stat
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from autograder import identity
from autograder.grading.collect.copies import Found
from autograder.grading.dates import TIMESTAMP
from autograder.grading.exchange import SUBMITTED_WITH

KEPT = "replaced"
"""Folder of the course where neither nbgrader nor `campus grade` looks."""
AS_NBGRADER = "%Y-%m-%d %H:%M:%S.%f UTC"


@dataclass
class Writer:
    """Writes the copies of one run. `work` is a folder on the disk of `submitted/`; `now` names the folder of what is replaced."""

    course: Path
    module: str
    work: Path
    now: datetime
    _numbers: "count[int]" = field(default_factory=count)

    def write(self, found: Found, learner: str) -> Path | None:
        """Put a copy in its place; return where the one before is kept now. Raises OSError, and changes nothing then."""
        new = self.work / f"copie-{next(self._numbers)}"
        _write(found, new)
        place = self.course / "submitted" / learner / self.module
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = self._put_aside(place, learner) if os.path.lexists(place) else None
        try:
            os.rename(new, place)
        except OSError:
            if kept:
                shutil.move(kept, place)
            raise
        return kept

    def _put_aside(self, place: Path, learner: str) -> Path:
        folder = self.course / KEPT / f"{self.now:%Y%m%d-%H%M%S}" / learner
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{self.module}-{number}" if number else self.module for number in count())
        kept = next(folder / name for name in names if not os.path.lexists(folder / name))
        shutil.move(place, kept)
        return kept


def _write(found: Found, folder: Path) -> None:
    """Write what is to be kept; what a copy declares goes with it, and takes the place of what only the exchange writes."""
    folder.mkdir()
    left = SUBMITTED_WITH if found.declared else ()
    for name, path in found.files.items():
        if name not in left:
            _copy(path, folder / name)
    if not found.declared:
        return
    (folder / identity.FILE_NAME).write_text(identity.write(found.declared), encoding="utf-8")
    if found.handed_in:
        (folder / TIMESTAMP).write_text(f"{found.handed_in:{AS_NBGRADER}}", encoding="utf-8")


def _copy(path: Path, place: Path) -> None:
    """Copy a regular file; what became a link or a device since it was found is refused."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as source, place.open("xb") as target:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path.name} : ce n’est plus un fichier ordinaire")
        shutil.copyfileobj(source, target)
