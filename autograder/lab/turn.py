"""One opening at a time: two that prepare the same files would each spoil what the other does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from autograder.lab.launch import LaunchError

LOCK = ".verrou"
WAIT_SECONDS = 600
WAITING = "Une autre ouverture du cours est en cours et prépare les mêmes fichiers. Celle-ci attend son tour, {minutes} minutes au plus…"
TOO_LONG = (
    "Une autre ouverture du cours est toujours en cours après {minutes} minutes. Attendez qu’elle soit prête, ou fermez-la, puis "
    "recommencez."
)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have a folder to oneself; the lock of a program that dies is given back. Raises LaunchError after WAIT_SECONDS."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        _wait(lock)
    try:
        yield
    finally:
        lock.release()


def _wait(lock: FileLock) -> None:
    start, minutes = time.monotonic(), WAIT_SECONDS // 60
    print(WAITING.format(minutes=minutes), flush=True)
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout:
        raise LaunchError(TOO_LONG.format(minutes=minutes)) from None
    print(f"L’autre ouverture est prête, après {time.monotonic() - start:.0f} s d’attente.", flush=True)
