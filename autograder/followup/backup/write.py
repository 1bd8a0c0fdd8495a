"""Write a backup: one file, whole or absent, read again before it is called a backup."""

import errno
import hashlib
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from autograder import files, paths
from autograder.followup.backup.content import MANIFEST, Entry, Manifest, content
from autograder.followup.backup.verify import verify
from autograder.followup.kept_backups import FOLDER, remember
from autograder.followup.people.course import GRADEBOOK, Course
from autograder.followup.people.purge import quiet
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import WAIT_SECONDS, in_words
from autograder.grading.regular_files import CHUNK

FULL = (
    "Le disque est plein : la sauvegarde n’a pas pu être écrite dans « {folder} », et rien d’incomplet n’y reste. "
    "Libérez de la place, ou choisissez un autre disque : « campus backup --to DOSSIER »."
)
NO_FOLDER = "« {folder} » n’est pas un dossier : créez-le, ou vérifiez le chemin, puis relancez."


def backup(course: Course, to: Path | None, now: datetime) -> tuple[Path, Manifest]:
    """Write a backup in the course, or in another folder; return its path and what it holds.

    Raises GradingError, and OSError; no half file stays.
    """
    if to is not None and not to.is_dir():
        raise GradingError(NO_FOLDER.format(folder=to))
    folder = paths.own(course.root / FOLDER) if to is None else to.resolve()
    path = folder / f"campus-{now:%Y%m%d-%H%M%S}.zip"
    with quiet(course), _told_when_full(folder):
        with files.replacing(path, mode=0o600, lasting=True) as file:
            manifest = _write(course, file, now)
            file.flush()
            verify(Path(file.name))
        if to is not None:
            remember(course.root, path)
    return path, manifest


@contextmanager
def _told_when_full(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise GradingError(FULL.format(folder=folder)) from None


def _write(course: Course, file: BinaryIO, now: datetime) -> Manifest:
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in content(course.root, course.gradebook):
            entries[name] = _add(archive, name, path)
        if course.gradebook is not None and course.gradebook.exists():
            with tempfile.TemporaryDirectory(prefix=".ramassage-", dir=course.root) as work:
                entries[GRADEBOOK] = _add(archive, GRADEBOOK, _snapshot(course, Path(work)))
        manifest = Manifest(now.astimezone().isoformat(timespec="seconds"), entries)
        archive.writestr(MANIFEST, manifest.to_json())
    return manifest


def _snapshot(course: Course, work: Path) -> Path:
    """Return a copy of the gradebook as it is at one moment, whoever writes in it meanwhile."""
    path = work / GRADEBOOK
    assert course.gradebook is not None
    with (
        in_words(course.db_url),
        closing(sqlite3.connect(course.gradebook, timeout=WAIT_SECONDS)) as source,
        closing(sqlite3.connect(path)) as target,
    ):
        source.backup(target)
    path.chmod(course.gradebook.stat().st_mode & 0o777)
    return path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Entry:
    status = path.stat()
    mode = status.st_mode & 0o777
    if path.is_dir():
        archive.mkdir(f"{name}/", mode)
        return Entry("", mode, status.st_mtime)
    info, digest = zipfile.ZipInfo(name), hashlib.sha256()
    info.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return Entry(digest.hexdigest(), mode, status.st_mtime)
