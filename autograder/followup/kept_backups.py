"""The backups of a course: those in its folder, and the list of those written elsewhere."""

from pathlib import Path

from autograder import files, paths

FOLDER = "backups"
ELSEWHERE = "ailleurs.txt"
"""In this folder: the paths of the backups written elsewhere, one a line."""


def known_backups(course: Path) -> list[Path]:
    """Return the backups in the course, then those written elsewhere, that may be gone since."""
    return [*sorted((course / FOLDER).glob("*.zip")), *_elsewhere(course)]


def remember(course: Path, backup: Path) -> None:
    """Add a backup written elsewhere to the list. Raises OSError."""
    paths_known = list(dict.fromkeys([*map(str, _elsewhere(course)), str(backup)]))
    place = paths.own(course / FOLDER) / ELSEWHERE
    files.write(place, "".join(f"{path}\n" for path in paths_known), mode=0o600)


def _elsewhere(course: Path) -> list[Path]:
    place = course / FOLDER / ELSEWHERE
    return [Path(line) for line in place.read_text("utf-8").splitlines() if line] if place.is_file() else []
