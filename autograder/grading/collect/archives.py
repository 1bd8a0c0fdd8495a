"""Archives that others made: regular files only, of bounded size, and never outside their folder."""

import errno
import lzma
import mmap
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.identity import shown

MAX_FILES = 2_000
MAX_BYTES = 100 * 2**20
"""Bytes of one copy, once unpacked."""
MAX_RATIO = 100
"""Unpacked over packed, from `SMALL` bytes on."""
SMALL = 10 * 2**20
MANY = 50
"""What the archive of a whole class may hold, in copies."""
LONGEST_NAME = 255  # bytes: what file systems accept
LONGEST_PATH = 1_000
"""Bytes: what is left, of the 4,096 that systems accept, goes to the folders of the course."""
UTF8 = 0x800
ENCRYPTED = 0x1
JUNK = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})

OUTSIDE = "l’archive contient « {name} », qui sortirait de son dossier"
LONG = "l’archive contient un nom trop long (« {name}… »)"
TWICE = "l’archive contient deux fichiers du même nom (« {name} »)"
TOO_MANY = "l’archive contient plus de {files} fichiers"
TOO_BIG = "l’archive contient plus de {size} Mo, une fois décompressée"
TOO_DENSE = "l’archive se décompresserait en plus de {ratio} fois sa taille"
LOCKED = "l’archive est protégée par un mot de passe"
DAMAGED = "l’archive ne peut pas être lue (abîmée, ou d’un autre format que zip)"

UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
)


class ArchiveError(Exception):
    """An archive is refused; the message, in French, says why, without a full stop."""


def unpack(archive: Path, folder: Path, copies: int = 1) -> list[str]:
    """Write the files of an archive in the new `folder`; return the names of what is not a file, left aside.

    `copies`: how many copies it may hold. Raises ArchiveError, and writes nothing then; raises OSError when the disk refuses.
    """
    try:
        _count(archive, copies)
        with zipfile.ZipFile(archive) as opened:
            files, others = _sort(opened)
            _bound(files, archive.stat().st_size, copies)
            for name, info in files.items():
                _write(opened, info, folder / name)
    except UNREADABLE:
        shutil.rmtree(folder, ignore_errors=True)
        raise ArchiveError(DAMAGED) from None
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        if error.errno == errno.EINVAL:  # an impossible position in the archive
            raise ArchiveError(DAMAGED) from None
        raise
    return others


def _count(archive: Path, copies: int) -> None:
    """Refuse an archive of too many entries before `zipfile` makes an object of each: every one has this signature."""
    most = MAX_FILES * copies
    with archive.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        entries = sum(1 for _ in islice(re.finditer(rb"PK\x01\x02", content), most + 1))
    if entries > most:
        raise ArchiveError(TOO_MANY.format(files=most))


def _sort(opened: zipfile.ZipFile) -> tuple[dict[PurePosixPath, zipfile.ZipInfo], list[str]]:
    """Return the files by their path, and the names of links and devices."""
    files: dict[PurePosixPath, zipfile.ZipInfo] = {}
    others: list[str] = []
    taken: set[str] = set()
    for info in opened.infolist():
        name = _name(info)
        path = _inside(name)
        if info.is_dir() or JUNK & set(path.parts):
            continue
        if info.flag_bits & ENCRYPTED:
            raise ArchiveError(LOCKED)
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            others.append(shown(name))
            continue
        files[path] = info
        taken |= _take(path, taken)
    return files, others


def _name(info: zipfile.ZipInfo) -> str:
    """Return a name as it was meant: some programs write UTF-8 without saying so; Windows' own separators are accepted."""
    name = info.orig_filename
    if not info.flag_bits & UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    parts = path.parts
    if not parts or path.is_absolute() or ".." in parts or ":" in parts[0] or shown(name) != name:
        raise ArchiveError(OUTSIDE.format(name=shown(name)[:80]))
    if (
        max(len(part.encode()) for part in parts) > LONGEST_NAME
        or len(parts) > 20
        or len(name.encode()) > LONGEST_PATH
    ):
        raise ArchiveError(LONG.format(name=name[:80]))
    return path


def _take(path: PurePosixPath, taken: set[str]) -> set[str]:
    """Return the places that a file takes, as disks that ignore case see them; one file cannot be another's folder."""
    place = str(path).casefold()
    folders = {f"{str(parent).casefold()}/" for parent in path.parents}
    if place in taken or f"{place}/" in taken or any(folder.rstrip("/") in taken for folder in folders):
        raise ArchiveError(TWICE.format(name=shown(str(path))))
    return {place, *folders}


def _bound(files: dict[PurePosixPath, zipfile.ZipInfo], packed: int, copies: int) -> None:
    """Refuse before writing: `zipfile` never gives more of a file than the size that the archive announces."""
    size = sum(info.file_size for info in files.values())
    if size > MAX_BYTES * copies:
        raise ArchiveError(TOO_BIG.format(size=MAX_BYTES * copies // 2**20))
    if size > SMALL and size > MAX_RATIO * packed:
        raise ArchiveError(TOO_DENSE.format(ratio=MAX_RATIO))


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(info) as source, place.open("xb") as target:
        shutil.copyfileobj(source, target)
