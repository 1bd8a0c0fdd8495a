"""The files of a submission or of a module: which ones count, and what they hold."""

import hashlib
import os
import stat
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

CHUNK = 2**20


def regular_files(folder: Path, ignore: Iterable[str]) -> tuple[dict[str, Path], list[str]]:
    """Return the regular files under `folder`, by relative path, and the relative paths of what is not one.

    `ignore` are patterns of names of files and folders, as in `CourseDirectory.ignore`. Links are never
    followed: one could lead to the gradebook or to another copy.
    """
    patterns = list(ignore)
    found: dict[str, Path] = {}
    others: list[str] = []
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        folders[:] = [name for name in folders if name not in links and not _matches(name, patterns)]
        for name in [*links, *names]:
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            if _matches(name, patterns):
                continue
            if stat.S_ISREG(path.lstat().st_mode):
                found[relative] = path
            else:
                others.append(relative)
    return dict(sorted(found.items())), sorted(others)


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def sha256(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
