"""The regular files of a folder, and the hash of a file's bytes."""

import hashlib
import os
import stat
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

CHUNK = 2**20


def regular_files(folder: Path, ignore: Iterable[str]) -> tuple[dict[str, Path], list[str]]:
    """Return the regular files under `folder`, by relative path, then the relative paths of the other entries.

    `ignore` are patterns of names of files and folders, as in `CourseDirectory.ignore`. Links are never followed: a link could
    lead to the gradebook or to another copy.
    """
    patterns = list(ignore)
    regular: dict[str, Path] = {}
    others: list[str] = []
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        folders[:] = [name for name in folders if name not in links and not _matches(name, patterns)]
        for name in [*links, *names]:
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            if _matches(name, patterns):
                continue
            if stat.S_ISREG(path.lstat().st_mode):
                regular[relative] = path
            else:
                others.append(relative)
    return dict(sorted(regular.items())), sorted(others)


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
