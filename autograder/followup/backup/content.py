"""What a backup holds, and how it says so: a manifest of the hash of each file."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.files import LOCK, UNFINISHED
from autograder.followup.kept_backups import FOLDER
from autograder.followup.people.course import EXPORTS, FORMER, GRADES, REPORTS
from autograder.grading.errors import GradingError
from autograder.printable import printable

FORMAT, SCHEMA = "campus-backup", 1
MANIFEST = "MANIFESTE.json"
MADE_AGAIN = frozenset({EXPORTS, REPORTS, *GRADES})
"""In the course: what a command makes again from the rest."""
OF_THE_PROGRAM = frozenset({"guides", "facts.yml", "glossaire.yml", "competences.yml"})
"""In the course: what comes with the program, and is replaced with it."""
LEFT_OUT = MADE_AGAIN | OF_THE_PROGRAM | {FOLDER, FORMER, MANIFEST}
PASSING = (".ramassage", ".en-cours", ".restauration", LOCK)
"""How the names of work folders and locks begin."""

BAD_NAME = "Le nom de « {path} » n’est pas un texte lisible : renommez ce fichier, puis relancez."


@dataclass(frozen=True)
class Entry:
    """A file or a folder of a backup; a folder has no hash. `mode`: who may read and write it; `modified`: seconds since 1970."""

    sha256: str
    mode: int
    modified: float


@dataclass(frozen=True)
class Manifest:
    """`made`: when, in ISO 8601 with the offset."""

    made: str
    entries: dict[str, Entry]

    @property
    def files(self) -> list[str]:
        """The names of the files."""
        return [name for name, entry in self.entries.items() if entry.sha256]

    def to_json(self) -> str:
        """Return the text of the manifest."""
        entries = {name: asdict(entry) for name, entry in self.entries.items()}
        return json.dumps(
            {"format": FORMAT, "schema": SCHEMA, "made": self.made, "entries": entries}, indent=1
        )


def read_manifest(text: str) -> Manifest:
    """Return the manifest that a text holds. Raises ValueError, KeyError or TypeError for any other text."""
    data = json.loads(text)
    if (data["format"], data["schema"]) != (FORMAT, SCHEMA):
        raise ValueError(text[:80])
    entries = {
        name: Entry(str(one["sha256"]), int(one["mode"]), float(one["modified"]))
        for name, one in data["entries"].items()
    }
    return Manifest(str(data["made"]), entries)


def content(course: Path, gradebook: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield the name in the backup and the path of each folder and regular file of a course; the gradebook is apart."""
    aside = {f"{gradebook}{end}" for end in ("", "-journal", "-wal", "-shm")} if gradebook else set()
    for parent, folders, names in os.walk(course):
        at_top = Path(parent) == course
        folders[:] = sorted(name for name in folders if _is_kept(parent, name, at_top))
        for name in [*folders, *sorted(name for name in names if _is_kept(parent, name, at_top))]:
            path = Path(parent, name)
            if str(path) not in aside and stat.S_IFMT(path.lstat().st_mode) in (stat.S_IFREG, stat.S_IFDIR):
                yield _name(path, course), path


def is_of_the_course(name: str) -> bool:
    """Whether what is called so at the top of a course goes in its backups."""
    return name not in LEFT_OUT and not name.startswith(PASSING)


def _name(path: Path, course: Path) -> str:
    name = path.relative_to(course).as_posix()
    if not name.isprintable() and any(0xD800 <= ord(sign) <= 0xDFFF for sign in name):
        raise GradingError(BAD_NAME.format(path=printable(path)))
    return name


def _is_kept(parent: str, name: str, at_top: bool) -> bool:
    passing = (
        name.startswith(PASSING) or name.endswith(UNFINISHED) or os.path.islink(os.path.join(parent, name))
    )
    return not passing and (is_of_the_course(name) or not at_top)
