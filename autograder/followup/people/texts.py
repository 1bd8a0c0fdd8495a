"""Look for a person in files: their names, their bytes, the members of archives. Links are read, never followed."""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from autograder.followup.people.needles import Needles, readings
from autograder.grading.collect.archives import UNREADABLE

MAX_BYTES = 256 * 2**20
"""Bytes of a file that is looked at, and of what an archive holds once unpacked."""
DEEPEST = 3
"""Archives in archives."""


class TooMuch(Exception):
    """A file is too big to be searched."""


def names(path: Path, needles: Needles) -> bool:
    """Whether a file, its own name left out, names the person. Raises OSError, and TooMuch."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return needles.search(os.readlink(path))
    if not stat.S_ISREG(status.st_mode):
        return False
    if status.st_size > MAX_BYTES:
        raise TooMuch
    return in_bytes(path.read_bytes(), needles)


def in_bytes(raw: bytes, needles: Needles, depth: int = 0, left: list[int] | None = None) -> bool:
    """Whether bytes, or the members of the archive that they are, name the person. Raises TooMuch."""
    if needles.may_be_in(raw) and any(needles.search(text) for text in readings(raw)):
        return True
    if raw[:2] != b"PK":
        return False
    if depth == DEEPEST:
        raise TooMuch
    return any(_in_members(raw, needles, depth, left or [MAX_BYTES]))


def _in_members(raw: bytes, needles: Needles, depth: int, left: list[int]) -> Iterator[bool]:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for member in archive.infolist():
                left[0] -= member.file_size
                if left[0] < 0:
                    raise TooMuch
                yield needles.search_name(member.filename) or in_bytes(
                    archive.read(member), needles, depth + 1, left
                )
    except UNREADABLE:  # not an archive: its bytes have been looked at
        return


def walk(root: Path, left_out: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield the folders, files and links under a folder, but for what is left out. A link is not entered."""
    for parent, inside, files in os.walk(root):
        inside[:] = sorted(name for name in inside if not left_out(Path(parent, name)))
        yield from (
            Path(parent, name) for name in [*inside, *sorted(files)] if not left_out(Path(parent, name))
        )
        inside[:] = [name for name in inside if not os.path.islink(os.path.join(parent, name))]
