"""Copy a folder that was handed in: its regular files and folders, read once.

Links, devices and pipes are left out. A link is never followed.
"""

import contextlib
import errno
import fnmatch
import os
import stat
import sys
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Literal

MAX_FILES = 2000
MAX_DEPTH = 20

CHUNK = 2**20
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
# O_NONBLOCK: a pipe that took the place of the file must not make the opening wait.
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK

Reason = Literal["special", "foreign", "unreadable", "heavy"]


A_LINK = (errno.ELOOP, errno.ENOTDIR)
"""The errors of opening a link with O_NOFOLLOW."""

Entry = tuple[bytes, os.stat_result]


class TooMuch(Exception):
    """The folder has too many files to be a submission."""


@dataclass
class Copier:
    """Copies folders from open folder to open folder: nobody can change the destination by moving folders meanwhile.

    `left_out` is filled with the relative paths that are not copied, and the reasons.
    """

    owner: int = 0
    """The account that the copied files will belong to (0: unchanged)."""
    made_by: int | None = None
    """The only account whose files are copied; None for every account."""
    ignored: tuple[str, ...] = ()
    """Patterns of names that are not copied."""
    files_left: int = MAX_FILES
    """How many files and folders may still be copied."""
    bytes_left: int = sys.maxsize
    """How many bytes may still be copied: a file beyond them is left out."""
    left_out: dict[str, Reason] = field(default_factory=dict)

    def copy(self, source: int, target: int, inside: str = "", depth: int = MAX_DEPTH) -> None:
        """Copy the content of the open folder `source`: files first, the smallest first. Raises TooMuch, OSError."""
        for name, status in sorted(self._entries(source), key=_files_then_smallest):
            relative = os.path.join(inside, os.fsdecode(name))
            self.files_left -= 1
            if self.files_left < 0 or not depth:
                raise TooMuch
            if reason := self._refusal(status):
                self.left_out[relative] = reason
            elif stat.S_ISDIR(status.st_mode):
                self._copy_folder(name, source, target, relative, depth)
            else:
                self._copy_file(name, source, target, relative)

    def _entries(self, source: int) -> list[Entry]:
        with os.scandir(source) as entries:
            wanted = (entry.name for entry in entries if not self._is_ignored(entry.name))
            names = [os.fsencode(name) for name in islice(wanted, self.files_left + 1)]
        return [(name, status) for name in names if (status := _status(name, source))]

    def _is_ignored(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.ignored)

    def _refusal(self, status: os.stat_result) -> Reason | None:
        if not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
            return "special"
        if self.made_by is not None and status.st_uid != self.made_by:
            return "foreign"
        return "heavy" if stat.S_ISREG(status.st_mode) and status.st_size > self.bytes_left else None

    def _open(self, name: bytes, flags: int, source: int, relative: str) -> int | None:
        """Open an entry, then look at it again: another file may have taken its place."""
        try:
            fd = os.open(name, flags, dir_fd=source)
        except OSError as error:
            self.left_out[relative] = "special" if error.errno in A_LINK else "unreadable"
            return None
        if reason := self._refusal(os.fstat(fd)):
            os.close(fd)
            self.left_out[relative] = reason
            return None
        return fd

    def _copy_folder(self, name: bytes, source: int, target: int, relative: str, depth: int) -> None:
        inner = self._open(name, FOLDER, source, relative)
        if inner is None:
            return
        try:
            into = _make_folder(name, target)
            try:
                if self.owner:
                    os.fchown(into, self.owner, self.owner)
                self.copy(inner, into, relative, depth - 1)
            finally:
                os.close(into)
        finally:
            os.close(inner)

    def _copy_file(self, name: bytes, source: int, target: int, relative: str) -> None:
        reading = self._open(name, FILE, source, relative)
        if reading is None:
            return
        with open(reading, "rb") as old:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            with open(os.open(name, flags, 0o600, dir_fd=target), "wb") as new:
                self.bytes_left -= _copy_bytes(old, new)
                if self.owner:
                    os.fchown(new.fileno(), self.owner, self.owner)


def copy(source: str, target: str, owner: int) -> None:
    """Copy the content of the folder `source` into `target`; the files belong to `owner` (0: unchanged)."""
    fd = os.open(source, FOLDER)
    try:
        copy_folder(fd, target, owner)
    finally:
        os.close(fd)


def copy_folder(source: int, target: str, owner: int) -> None:
    """Copy the content of the open folder `source` into `target`. Raises TooMuch, or OSError when a file is unreadable."""
    copier = Copier(owner=owner)
    into = os.open(target, FOLDER)
    try:
        copier.copy(source, into)
    finally:
        os.close(into)
    if closed := [relative for relative, reason in copier.left_out.items() if reason == "unreadable"]:
        raise PermissionError(closed[0])


def _status(name: bytes, folder: int) -> os.stat_result | None:
    """Return the status of an entry; None when a program removed it meanwhile, such as a temporary file."""
    with contextlib.suppress(FileNotFoundError):
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    return None


def _files_then_smallest(entry: Entry) -> tuple[bool, int, bytes]:
    name, status = entry
    return stat.S_ISDIR(status.st_mode), status.st_size, name


def _make_folder(name: bytes, target: int) -> int:
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, 0o700, dir_fd=target)
    return os.open(name, FOLDER, dir_fd=target)


def _copy_bytes(old: BinaryIO, new: BinaryIO) -> int:
    """Copy the bytes that the file holds now, and return their number: the file may grow without end."""
    left = size = os.fstat(old.fileno()).st_size
    while left and (chunk := old.read(min(left, CHUNK))):
        new.write(chunk)
        left -= len(chunk)
    return size - left
