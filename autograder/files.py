"""Write a file beside its place, then rename it there: who reads sees the old content or the new one, never half of one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LOCK = ".verrou"
UNFINISHED = ".nouveau"
"""How the name of a file ends as long as its writing is not over; it begins with a dot, so no room takes it for work."""


@contextmanager
def replacing(path: Path, *, mode: int | None = None, lasting: bool = False) -> Iterator[BinaryIO]:
    """Give a new file to write, which takes the place of `path` at the end; what is raised meanwhile leaves `path` alone.

    `mode` says who may read the file, as in `os.chmod`; without it, the account's own rule (its umask). `lasting` waits for the disk: for what a person has written, which
    a power cut may not take away. Raises OSError.
    """
    fresh = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        with open(fresh, "xb", opener=lambda name, flags: os.open(name, flags, mode or 0o666)) as file:
            if mode is not None:
                os.chmod(fresh, mode)
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def write(path: Path, content: str | bytes, *, mode: int | None = None, lasting: bool = False) -> None:
    """Put `content` in place of a file, at once; texts are in UTF-8, their line ends are kept. Raises OSError."""
    with replacing(path, mode=mode, lasting=lasting) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time read and write in a folder. Nothing is left in it, except on Windows. Raises OSError."""
    try:
        import fcntl
    except ImportError:  # Windows
        from filelock import FileLock

        with FileLock(folder / LOCK):
            yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
