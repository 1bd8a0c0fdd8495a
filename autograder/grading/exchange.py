"""The exchange: what learners put there is hostile; copies that did not come through it are welcome."""

import glob
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import nbgrader.utils
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback

from autograder.grading.errors import GradingError
from autograder.grading.handed_in import opened, read_start, readable, take

State = Literal["new", "replaced", "unchanged", "refused"]

SUBMITTED_WITH = ("timestamp.txt", "submission_secret.txt")  # written by `nbgrader submit`
MAX_DATE = 200
REPLACED = "replaced/{now:%Y%m%d-%H%M%S-%f}/{learner}/{module}"
"""In the course, where neither nbgrader nor `campus grade` looks."""

NOT_THEIRS = (
    "« {folder} » est au nom de {learner}, mais appartient au compte {owner} : ce rendu n’a pas été ramassé"
)
NO_DATE = "« {folder} » n’est plus là, ou n’a pas de date lisible dans son nom : ce rendu n’a pas été ramassé"
BAD_PLACE = "le dossier submitted/{learner} n’est pas un dossier ordinaire (c’est peut-être un lien) : rien n’y a été écrit"
KEPT = "copie plus récente ramassée ; l’ancienne est gardée dans {place}"
TOLD: dict[State, str] = {
    "new": "copie ramassée",
    "replaced": "copie remplacée",
    "unchanged": "rien de nouveau",
    "refused": "aucune copie ramassée",
}
NOBODY = "Aucun rendu du module {module} dans l’échange."


@dataclass(frozen=True)
class Collected:
    """What became of a learner's last hand-in, and what must be told of it, in French."""

    state: State
    notes: tuple[str, ...] = ()


class Collect(ExchangeCollect):  # type: ignore[misc]
    """Takes each learner's last hand-in: only the files and folders that belong to the account that it names.

    nbgrader's copies with the instructor's rights and follows links, so that a learner could have the instructor's files
    put in their own copy. It also keeps an older copy without a word. `collected` holds, after `start`, what happened by
    learner.
    """

    collected: dict[str, Collected]

    def init_src(self) -> None:
        """Find the last hand-in of each learner. Those that are refused count only where there is no other."""
        self._refused: dict[str, list[str]] = {}
        super().init_src()

    def _path_to_record(self, path: str) -> dict[str, Any]:
        folder = os.path.basename(path)
        learner, _, date = [*folder.rsplit("+", 3), "", ""][:3]
        record = {"username": learner, "filename": folder, "timestamp": datetime.min, "refused": None}
        try:
            record["timestamp"] = nbgrader.utils.parse_utc(date)
            record["refused"] = self._not_theirs(os.lstat(path).st_uid, folder, learner)
        except (ValueError, OverflowError, OSError):  # OSError: taken away meanwhile
            record["refused"] = NO_DATE.format(folder=readable(folder))
        if record["refused"]:
            self._refused.setdefault(learner, []).append(str(record["refused"]))
        return record

    def _not_theirs(self, owner: int, folder: str, learner: str) -> str | None:
        """Say when a hand-in is not owned by the account that it names, as far as `check_owner` asks."""
        account = _account(owner)
        if learner.startswith(".") or (self.check_owner and account != learner):
            return NOT_THEIRS.format(folder=readable(folder), learner=readable(learner), owner=account)
        return None

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(
            records, key=lambda record: (record["refused"] is None, record["timestamp"]), reverse=True
        )

    def copy_files(self) -> None:
        """Collect, and say for each learner what was done."""
        self.collected = {}
        for record in sorted(self.src_records, key=lambda record: str(record["username"])):
            learner, done = str(record["username"]), self._collect(record)
            notes = (*self._refused.get(learner, []), *done.notes)
            self.collected[learner] = Collected(done.state, notes)
            self.log.info("%s : %s", readable(learner), TOLD[done.state])
            for note in notes:
                self.log.warning("%s : %s", readable(learner), note)
        if not self.collected:
            self.log.info(NOBODY.format(module=self.coursedir.assignment_id))

    def _collect(self, record: dict[str, Any]) -> Collected:
        if record["refused"]:
            return Collected("refused")
        course = self.coursedir
        place = Path(course.format_path(course.submitted_directory, record["username"], course.assignment_id))
        if self._is_there(place, record["timestamp"]):
            return Collected("unchanged")
        try:
            with (
                opened(Path(self.inbound_path), record["filename"]) as source,
                tempfile.TemporaryDirectory(prefix=".ramassage-", dir=course.root) as work,
            ):
                owner = os.fstat(source).st_uid
                if problem := self._not_theirs(owner, record["filename"], record["username"]):
                    raise GradingError(problem)
                handed_in = take(source, Path(work, "copie"), course.ignore, made_by=owner)
                _set_permissions(handed_in.folder, course.groupshared)
                kept = self._put(handed_in.folder, place)
        except GradingError as error:
            return Collected("refused", (str(error),))
        if kept is None:
            return Collected("new", handed_in.notes)
        return Collected("replaced", (KEPT.format(place=readable(kept)), *handed_in.notes))

    def _put(self, new: Path, place: Path) -> str | None:
        """Put a copy in its place; return where, in the course, the one that was there is kept. Raises GradingError."""
        learner, module = place.parent, place.name
        if learner.is_symlink() or (learner.exists() and not learner.is_dir()):
            raise GradingError(BAD_PLACE.format(learner=readable(learner.name)))
        learner.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(place):
            new.rename(place)
            return None
        kept = REPLACED.format(now=datetime.now(), learner=learner.name, module=module)
        aside = Path(self.coursedir.root, kept)
        aside.parent.mkdir(parents=True)
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        return kept

    def _is_there(self, place: Path, date: datetime) -> bool:
        """Whether this hand-in, or a later one, has been put in `submitted/` already."""
        text = (read_start(place / "timestamp.txt", MAX_DATE) or b"").decode(errors="replace").strip()
        try:
            there = nbgrader.utils.parse_utc(text) if text else datetime.min
        except (ValueError, OverflowError):
            return False
        return there == date or (there > date and not self.before_duedate)


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"n° {number}"


def _set_permissions(folder: Path, shared: bool) -> None:
    """Readable as everything in the course; writable by the group where the course is shared."""
    for place, _, names in os.walk(folder):
        os.chmod(place, 0o2775 if shared else 0o755)
        for name in names:
            os.chmod(os.path.join(place, name), 0o664 if shared else 0o644)


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's, that fails for everyone as soon as one copy was put in `submitted/` by hand."""

    def copy_files(self) -> None:
        """Release the pages of the copies received through the exchange; name the others."""
        folders = {Path(page).parent for page in glob.glob(f"{self.src_path}/*.html")}
        by_hand = sorted(folder.parent.name for folder in folders if not _came_by_exchange(folder))
        for learner in by_hand:
            self.log.warning(
                "%s : copie déposée hors de l’échange ; remettez-lui sa page vous-même (dans feedback/).",
                learner,
            )
        excluded = self.coursedir.student_id_exclude
        with changed(self.coursedir, student_id_exclude=",".join(filter(None, [excluded, *by_hand]))):
            super().copy_files()


def _came_by_exchange(folder: Path) -> bool:
    return all((folder / name).is_file() for name in SUBMITTED_WITH)


@contextmanager
def changed(thing: Any, **values: Any) -> Iterator[None]:
    """Give attributes other values around the block; unlike nbgrader's `temp_attrs`, also when it raises."""
    before = {name: getattr(thing, name) for name in values}
    try:
        for name, value in values.items():
            setattr(thing, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(thing, name, value)
