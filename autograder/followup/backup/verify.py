"""Read a backup whole, and refuse it unless it is one: every file listed once, with its hash; nothing else."""

import hashlib
import stat
import zipfile
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from autograder.followup.backup.content import MANIFEST, Manifest, is_of_the_course, read_manifest
from autograder.grading.collect.archives import UNREADABLE
from autograder.grading.errors import GradingError
from autograder.grading.regular_files import CHUNK
from autograder.printable import FIELD, printable

MAX_MANIFEST = 512 * 2**20
"""Bytes: a million files take 200 MB."""
NOT_OURS = (
    "« {path} » n’est pas une sauvegarde entière du cours : autre fichier, ou fichier coupé. Choisissez-en une dans "
    "« campus backup --list ». Rien n’a changé."
)
DAMAGED = "La sauvegarde « {path} » ne peut pas servir : {reason}. Essayez-en une autre (« campus backup --list »). Rien n’a changé."
CHANGED = "« {name} » est abîmé"
UNSAFE = "elle contient « {name} », qui n’a pas sa place dans un cours"
OTHER_NAMES = "ses fichiers ne sont pas ceux de sa liste"
UNREADABLE_FILE = "un de ses fichiers ne se lit pas"
NO_ROOM = (
    "Il manque de la place sur le disque : la sauvegarde « {path} » prend {size} Mo une fois ouverte, il en reste {free}. "
    "Libérez de la place, puis relancez. Rien n’a changé."
)


def verify(path: Path, unpack_to: Path | None = None, room: int | None = None) -> Manifest:
    """Return the manifest of a backup whose every file has the hash that it says; write them in a new folder when asked.

    `room`: bytes that the files may take. Raises GradingError for any other file, and OSError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _require_good_names(archive.infolist(), manifest, path)
            _require_room(archive, manifest, path, room)
            for name in manifest.entries:
                _read(archive, name, manifest, path, unpack_to)
    except GradingError:  # a RuntimeError, as what zipfile raises
        raise
    except zipfile.BadZipFile:
        raise GradingError(NOT_OURS.format(path=path)) from None
    except UNREADABLE:
        raise _refused(path, UNREADABLE_FILE) from None
    return manifest


def peek(path: Path) -> Manifest:
    """Return the manifest of a backup, without a look at its files. Raises GradingError and OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _manifest(archive, path)
    except GradingError:
        raise
    except UNREADABLE:
        raise GradingError(NOT_OURS.format(path=path)) from None


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
            raise GradingError(NOT_OURS.format(path=path))
        return read_manifest(archive.read(MANIFEST).decode("utf-8"))
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise GradingError(NOT_OURS.format(path=path)) from None


def _require_good_names(members: list[zipfile.ZipInfo], manifest: Manifest, path: Path) -> None:
    """Refuse what would go out of the course, or over another of its files, and any link."""
    others = [member for member in members if member.filename != MANIFEST]
    names = [member.filename.removesuffix("/") for member in others]
    for member, name in zip(others, names, strict=True):
        if not _is_safe(name, manifest) or stat.S_ISLNK(member.external_attr >> 16):
            raise _refused(path, UNSAFE.format(name=printable(name, FIELD)))
    if sorted(names) != sorted(manifest.entries):
        raise _refused(path, OTHER_NAMES)


def _is_safe(name: str, manifest: Manifest) -> bool:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\0" in name or str(place) != name:
        return False
    under_files = any(
        str(one) in manifest.entries and manifest.entries[str(one)].sha256 for one in place.parents
    )
    return bool(place.parts) and is_of_the_course(place.parts[0]) and not under_files


def _require_room(archive: zipfile.ZipFile, manifest: Manifest, path: Path, room: int | None) -> None:
    files = [name for name, entry in manifest.entries.items() if entry.sha256]
    size = sum(archive.getinfo(name).file_size for name in files)
    if room is not None and size > room:
        raise GradingError(NO_ROOM.format(path=path, size=size // 2**20 + 1, free=room // 2**20))


def _read(archive: zipfile.ZipFile, name: str, manifest: Manifest, path: Path, folder: Path | None) -> None:
    if not manifest.entries[name].sha256:
        if folder:
            (folder / name).mkdir(parents=True, exist_ok=True)
        return
    digest = hashlib.sha256()
    with ExitStack() as stack:
        source = stack.enter_context(archive.open(name))
        target = stack.enter_context(_new(folder / name)) if folder else None
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            if target:
                target.write(chunk)
    if digest.hexdigest() != manifest.entries[name].sha256:
        raise _refused(path, CHANGED.format(name=printable(name, FIELD)))


def _new(place: Path) -> BinaryIO:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place.open("xb")


def _refused(path: Path, reason: str) -> GradingError:
    return GradingError(DAMAGED.format(path=path, reason=reason))
