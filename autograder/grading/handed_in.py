"""What was handed in, read once: a private copy of regular files and folders, that grading reads instead of the original.

Nothing is followed on the way, neither link nor path: each folder and file is opened from the one above it. What
changes meanwhile in the original folder changes nothing in the copy.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.french.commands import some
from autograder.grading.errors import GradingError
from autograder.printable import FIELD, printable
from autograder.sandbox import copying

MAX_FILES = 1_500
"""Fewer than the confined copy may hold: the module's own files come beside."""
MAX_BYTES = 128 * 2**20
"""Half of the disk of a confined run (`Limits.disk_bytes`): the learner's code may still write."""

LEFT_OUT: dict[copying.Reason, tuple[str, str]] = {
    "special": (
        "{files} n’est pas un fichier ordinaire : laissé de côté",
        "{files} ne sont pas des fichiers ordinaires : laissés de côté",
    ),
    "foreign": (
        "{files} n’appartient pas à la personne qui a rendu la copie : laissé de côté",
        "{files} n’appartiennent pas à la personne qui a rendu la copie : laissés de côté",
    ),
    "unreadable": (
        "{files} ne peut pas être lu (droits d’accès) : laissé de côté",
        "{files} ne peuvent pas être lus (droits d’accès) : laissés de côté",
    ),
    "heavy": ("{files} est trop gros : laissé de côté", "{files} sont trop gros : laissés de côté"),
}
"""What is told of one file, or of several."""
NOT_A_FOLDER = (
    "« {path} » n’est pas un dossier ordinaire (c’est peut-être un lien) : il n’a pas été suivi. Mettez à sa place "
    "le dossier rendu lui-même."
)
CLOSED = (
    "« {path} » ne peut pas être lu : vérifiez que ce dossier existe et que vous y avez accès, puis relancez."
)
TOO_MANY_FILES = "La copie contient trop de fichiers ou de dossiers : elle n’a pas été corrigée. Retirez-en ce qui n’a pas été demandé."


@dataclass(frozen=True)
class HandedIn:
    """A private copy. `files` are the regular files, by relative path; `notes` tell what was left out, in French.

    `closed` are the relative paths of what our account may not read.
    """

    folder: Path
    files: dict[str, Path]
    notes: tuple[str, ...]
    closed: tuple[str, ...]


@contextmanager
def opened(root: Path, *names: str) -> Iterator[int]:
    """Open the folder `names` inside `root`, where nothing but `root` may be a link. Raises GradingError."""
    fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for number, name in enumerate(names, 1):
            inner = _open(fd, name, "/".join(names[:number]))
            os.close(fd)
            fd = inner
        yield fd
    finally:
        os.close(fd)


def _open(folder: int, name: str, path: str) -> int:
    try:
        if not stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise GradingError(NOT_A_FOLDER.format(path=readable(path)))
        return os.open(name, copying.FOLDER, dir_fd=folder)
    except OSError as error:
        raise GradingError(CLOSED.format(path=readable(path))) from error


def take(source: int, target: Path, ignored: Iterable[str], made_by: int | None = None) -> HandedIn:
    """Copy the open folder `source` into the new folder `target`; raise GradingError when it holds too much.

    `ignored` are patterns of names, as in `CourseDirectory.ignore`. With `made_by`, an account's number, only what this
    account owns is taken.
    """
    copier = copying.Copier(
        made_by=made_by, ignored=tuple(ignored), files_left=MAX_FILES, bytes_left=MAX_BYTES
    )
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    into = os.open(target, copying.FOLDER)
    try:
        copier.copy(source, into)
    except copying.TooMuch:
        raise GradingError(TOO_MANY_FILES) from None
    finally:
        os.close(into)
    closed = tuple(path for path, reason in sorted(copier.left_out.items()) if reason == "unreadable")
    return HandedIn(target, files_in(target), _told(copier.left_out), closed)


def _told(left_out: Mapping[str, copying.Reason]) -> tuple[str, ...]:
    """Say what was left out, in one line for each reason: a copy may hold thousands."""
    by_reason: dict[copying.Reason, list[str]] = {}
    for path, reason in sorted(left_out.items()):
        by_reason.setdefault(reason, []).append(path)
    return tuple(left_out_note(reason, paths) for reason, paths in by_reason.items())


def left_out_note(reason: copying.Reason, paths: Sequence[str]) -> str:
    """Return what to tell of the files left out for one reason."""
    one, several = LEFT_OUT[reason]
    files = some([f"« {readable(path)} »" for path in paths])
    return (several if len(paths) > 1 else one).format(files=files)


def files_in(folder: Path) -> dict[str, Path]:
    """Return the files of a private copy, by relative path, in order."""
    files = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return dict(sorted((path.relative_to(folder).as_posix(), path) for path in files))


def read_start(path: Path, most: int) -> bytes | None:
    """Return the beginning of a regular file, None for anything else: never a link, nor a pipe that blocks."""
    try:
        fd = os.open(path, copying.FILE)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        return None
    with open(fd, "rb") as file:
        return file.read(most)


def readable(name: str) -> str:
    """Return a name that can be shown, whatever it is made of."""
    return printable(name, FIELD)
