"""What the last gesture left: its words, the files that it wrote, the copies that wait for a decision."""

from dataclasses import dataclass
from pathlib import Path

from autograder.today import running
from autograder.today.running import Run


@dataclass(frozen=True)
class Told:
    """`run`: the gesture, None when there was none; `written`: files of the course, relative to it, that its words name."""

    run: Run | None = None
    said: str = ""
    written: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def told(course: Path) -> Told:
    """Return what the last gesture of a course left so far."""
    run = running.last(course)
    said = running.said(course)
    return Told(run, said, tuple(written(course, said)), tuple(running.held(course)))


def written(course: Path, said: str) -> list[str]:
    """Return the files of a course that lines end with, « Écrit : /…/suivi.html », in order; nothing outside it, nothing hidden."""
    ends = (line.rpartition(" : ")[2].strip() for line in said.splitlines())
    found = (Path(end).relative_to(course) for end in ends if end.startswith(f"{course}/"))
    return [one.as_posix() for one in found if _is_shown(course, one)]


def _is_shown(course: Path, path: Path) -> bool:
    plain = not any(part.startswith(".") for part in path.parts)
    return plain and (course / path).is_file() and (course / path).resolve().is_relative_to(course)
