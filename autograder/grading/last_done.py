"""When each step of a module was last done, whatever started it: the page « Aujourd’hui » tells by it what came since."""

import contextlib
import os
from pathlib import Path

from autograder import paths

FOLDER = ".gestes"
"""In the course; its own account alone enters it."""


def note(course: Path, step: str, module: str, started: float) -> None:
    """Remember that a step of a module that began at `started` (seconds since 1970) is done.

    What cannot be remembered is proposed again, no more: the disk may be full, or the course of another account.
    """
    with contextlib.suppress(OSError):
        place = paths.own(course / FOLDER) / f"{step}-{module}"
        place.touch(0o600)
        os.utime(place, (started, started))


def last(course: Path, step: str, module: str) -> float:
    """Return when the step that was done last began, in seconds since 1970; 0 when it never was."""
    try:
        return (course / FOLDER / f"{step}-{module}").stat().st_mtime
    except OSError:
        return 0.0
