"""Copy a submission: its regular files and folders. Links, devices and pipes are left out, never followed."""

import contextlib
import os
import shutil
import stat

MAX_FILES = 2000
MAX_DEPTH = 20


class TooMuch(Exception):
    """The folder has too many files to be a submission."""


def copy(source: str, target: str, owner: int) -> None:
    """Copy the content of the folder `source` into `target`; the files belong to `owner` (0: unchanged)."""
    fd = os.open(source, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        copy_folder(fd, target, owner)
    finally:
        os.close(fd)


def copy_folder(source: int, target: str, owner: int) -> None:
    """Copy the content of the open folder `source` into `target`. Raises TooMuch, OSError."""
    into = os.open(target, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _copy(source, into, owner, MAX_DEPTH, [MAX_FILES])
    finally:
        os.close(into)


def _copy(source: int, target: int, owner: int, depth: int, left: list[int]) -> None:
    with os.scandir(source) as entries:
        names = sorted(os.fsencode(entry.name) for entry in entries)
    for name in names:
        left[0] -= 1
        if left[0] < 0 or not depth:
            raise TooMuch
        mode = os.stat(name, dir_fd=source, follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            _copy_folder(name, source, target, owner, depth, left)
        elif stat.S_ISREG(mode):
            _copy_file(name, source, target, owner)


def _copy_folder(name: bytes, source: int, target: int, owner: int, depth: int, left: list[int]) -> None:
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, 0o700, dir_fd=target)
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    inner, into = os.open(name, flags, dir_fd=source), os.open(name, flags, dir_fd=target)
    try:
        if owner:
            os.fchown(into, owner, owner)
        _copy(inner, into, owner, depth - 1, left)
    finally:
        os.close(inner)
        os.close(into)


def _copy_file(name: bytes, source: int, target: int, owner: int) -> None:
    # Opening without waiting: a pipe that took the file's place must not block.
    reading = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=source)
    writing = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600, dir_fd=target)
    with open(reading, "rb") as old, open(writing, "wb") as new:
        if stat.S_ISREG(os.fstat(reading).st_mode):
            shutil.copyfileobj(old, new)
        if owner:
            os.fchown(writing, owner, owner)
