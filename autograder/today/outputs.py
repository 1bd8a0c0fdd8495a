"""The files that the course keeps for the instructor, to open again on another day: reports and marks."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.today.when import at

NAMES = {
    "reports/suivi.html": "le suivi, avec des noms, pour vous seul",
    "reports/bilan.html": "le bilan pour l’administration, sans aucun nom",
    "reports/bilan-interne.html": "le bilan interne, à ne pas diffuser",
    "exports/notes.csv": "les notes, pour un tableur",
    "exports/notes-par-exercice.csv": "les points de chaque exercice, pour un tableur",
    "exports/notes-moodle.csv": "les notes, pour Moodle",
}


@dataclass(frozen=True)
class Output:
    """`path`: relative to the course."""

    path: str
    name: str
    written: datetime


def outputs(course: Path) -> tuple[Output, ...]:
    """Return the files of a course that are there."""
    return tuple(
        Output(path, name, at((course / path).stat().st_mtime))
        for path, name in NAMES.items()
        if (course / path).is_file()
    )
