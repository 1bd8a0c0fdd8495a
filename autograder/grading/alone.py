"""One run at a time in a course: a lock, and a folder of its own to prepare what is then put in place at once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from autograder.grading.errors import GradingError


@contextmanager
def alone(work: Path, busy: str) -> Iterator[Path]:
    """Hold the lock beside `work`, and give this folder, cleared of what an interrupted run left.

    Raises GradingError with the message `busy` when another run holds it.
    """
    work.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(work.with_name(f"{work.name}.verrou")).acquire(blocking=False)
    except Timeout:
        raise GradingError(busy) from None
    with lock:
        shutil.rmtree(work)
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
