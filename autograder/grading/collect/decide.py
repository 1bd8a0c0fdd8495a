"""What to do with a copy: whose it is, whether it is new, and whether it may take the place of another."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from autograder import identity
from autograder.grading.collect.copies import Found, Module, text_of
from autograder.grading.collect.roster import Roster
from autograder.grading.dates import TIMESTAMP, UnreadableDate, read_date
from autograder.grading.exchange import SUBMITTED_WITH
from autograder.grading.regular_files import regular_files, sha256
from autograder.identity import FILE_NAME, shown

DISAGREE = "la copie se dit de « {declared} », mais son dossier dit « {named} »"
OTHER_SPACE = "une copie est déjà là sous ce nom, venue d’un autre espace"
OTHER_WAY = "une copie est déjà là sous ce nom, venue par un autre moyen que ce fichier"
OLDER_PROVEN = "la copie de l’échange est plus ancienne que celle qui est déjà là, rendue par fichier"
NAMELESS = "copie sans nom : rangez-la dans un dossier qui porte l’identifiant de l’apprenant, puis donnez le dossier qui le contient"
BAD_NAME = (
    f"identifiant « {{name}} » impossible. {{problem}} Rangez la copie dans un dossier nommé comme il faut, sans {FILE_NAME}, puis "
    "donnez le dossier qui le contient"
)


class State(Enum):
    """What becomes of a copy."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    OLDER = "older"  # a later one is there
    HELD = "held"  # waits for `--accept`
    REFUSED = "refused"  # nobody's, or not one that can bear a name


PLACED = (State.NEW, State.REPLACED, State.UNCHANGED, State.OLDER)
"""What asks for nothing."""


@dataclass(frozen=True)
class Decision:
    """`learner` is "" when nobody is named; `reason`, in French, says why a copy is held or refused."""

    state: State
    found: Found
    learner: str
    reason: str = ""


@dataclass(frozen=True)
class Stored:
    """The copy that is in `submitted/`, or that was. `space`: the one it says to come from, or ""."""

    content: str
    space: str
    handed_in: datetime | None

    def holds(self, found: Found) -> bool:
        """Whether this is that very hand-in: the same work, at the same moment."""
        return (self.content, self.handed_in) == (digest(found.files), found.handed_in)


def decide(found: Found, module: Module, roster: Roster, course: Path, accepted: Collection[str]) -> Decision:
    """Say what to do with a copy; `accepted`: the learners for whom the instructor said yes."""
    name = _name(found, roster)
    learner = roster.find(name) if name else ""
    if not name or _problem(found, learner, roster):
        return Decision(State.REFUSED, found, learner, _problem(found, learner, roster) or NAMELESS)
    place = course / "submitted" / learner / module.name
    stored = read_stored(place, module) if place.is_dir() else None
    if stored and stored.holds(found):
        return Decision(State.UNCHANGED, found, learner)
    if learner not in accepted:
        if stored and any(past.holds(found) for past in _replaced(course, learner, module)):
            return Decision(State.OLDER, found, learner)
        if reason := _conflict(found, name, stored, roster):
            return Decision(State.HELD, found, learner, reason)
        if stored and _before(found.handed_in, stored.handed_in):
            return Decision(State.OLDER, found, learner)
    return Decision(State.REPLACED if stored else State.NEW, found, learner)


def _name(found: Found, roster: Roster) -> str:
    """The exchange and Moodle come first; then a folder that bears a known learner's name; then what the copy says."""
    if found.proven:
        return found.proven
    if found.folder and (not found.declared or _is_known(found.folder, roster)):
        return found.folder
    return found.declared.learner if found.declared else ""


def _is_known(name: str, roster: Roster) -> bool:
    return roster.find(name) in {*roster.students, *roster.present}


def _problem(found: Found, learner: str, roster: Roster) -> str:
    """Why no folder can bear this name: accounts, and folders that are already there, are what they are."""
    problem = None if found.from_exchange or _is_known(learner, roster) else identity.problem(learner)
    return BAD_NAME.format(name=shown(learner), problem=problem) if problem and learner else ""


def _conflict(found: Found, name: str, stored: Stored | None, roster: Roster) -> str:
    declared = found.declared
    if declared and not roster.same(declared.learner, name):
        return DISAGREE.format(declared=shown(declared.learner), named=shown(name))
    if not stored:
        return ""
    if declared and stored.space and declared.space != stored.space:
        return OTHER_SPACE
    if declared and not stored.space and not found.proven:
        return OTHER_WAY
    if found.from_exchange and stored.space and _before(found.handed_in, stored.handed_in):
        return OLDER_PROVEN
    return ""


def _before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def read_stored(folder: Path, module: Module) -> Stored:
    """Read what a folder of `submitted/` holds."""
    files, _ = regular_files(folder, module.ignore)
    declared = identity.read(text_of(folder / identity.FILE_NAME))
    return Stored(digest(files), declared.space if declared else "", _date(text_of(files.get(TIMESTAMP))))


def _replaced(course: Path, learner: str, module: Module) -> Sequence[Stored]:
    folders = (moment / learner for moment in (course / "replaced").glob("[!.]*"))
    return [
        read_stored(copy, module)
        for folder in folders
        if folder.is_dir()
        for copy in folder.iterdir()
        if copy.name.startswith(module.name) and copy.is_dir()
    ]


def digest(files: Mapping[str, Path]) -> str:
    """Return the fingerprint of a copy: of what was handed in, not of how it came."""
    parts = [
        f"{name}\0{sha256(path)}\0" for name, path in sorted(files.items()) if name not in SUBMITTED_WITH
    ]
    return hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _date(text: str) -> datetime | None:
    try:
        return read_date(text)
    except UnreadableDate:
        return None
