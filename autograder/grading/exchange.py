"""The exchange: what learners put there is hostile; copies that did not come through it are welcome."""

import glob
import os
import pwd
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import nbgrader.utils
from nbgrader.api import Gradebook
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from traitlets import Bool

from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import in_words, require_gradebook
from autograder.grading.handed_in import opened, read_start, readable, take
from autograder.grading.layout import left_out
from autograder.grading.marks import PROVISIONAL
from autograder.grading.waiting import waiting

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


HELD = (
    "%s : page retenue, une réponse libre attend votre lecture. Notez-la dans le formgrader, puis refaites la page "
    "(« campus feedback %s »). Pour remettre quand même ces pages, ajoutez « c.ReleaseFeedback.with_unread = True » "
    "à la fin de course/nbgrader_config.py."
)
STALE = (
    "%s : page retenue, elle date d’avant votre lecture. Refaites-la : « campus feedback %s », ou "
    "« nbgrader generate_feedback %s --force » puis la même commande."
)
BY_HAND = "%s : copie déposée hors de l’échange ; remettez-lui sa page vous-même (dans feedback/)."
NO_PAGE = "%s : copie corrigée sans page dans feedback/. Faites-la : « campus feedback %s »."


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's, that fails for everyone as soon as one copy was put in `submitted/` by hand.

    Holds back the pages of the copies whose free answers wait for a person. `only`: the learners, instead of those that
    nbgrader's options choose. `released`, `by_hand` and `held` name the
    learners, once it has run.
    """

    with_unread = Bool(
        False, help="Release the pages of the copies whose free answers nobody has marked yet."
    ).tag(config=True)

    def __init__(self, only: Collection[str] | None = None, **kw: Any):
        super().__init__(**kw)
        self._only = only
        self.released: list[str] = []
        self.by_hand: list[str] = []
        self.held: list[str] = []

    def copy_files(self) -> None:
        """Release the pages of the copies received through the exchange; name the others."""
        module = self.coursedir.assignment_id
        unread = {} if self.with_unread else self._unread()
        for page in self._pages():
            learner = page.parent.parent.name
            if not page.is_file():
                self.log.warning(NO_PAGE, learner, module)
            elif learner in unread:
                self._hold(learner, HELD, module)
            elif not self.with_unread and _is_provisional(page):
                self._hold(learner, STALE, module, module)
            elif not _came_by_exchange(page.parent):
                self.by_hand.append(learner)
                self.log.warning(BY_HAND, learner)
            else:
                with changed(self, src_path=glob.escape(str(page.parent))):
                    super().copy_files()
                self.released.append(learner)

    def _hold(self, learner: str, message: str, *modules: str) -> None:
        self.held.append(learner)
        self.log.warning(message, learner, *modules)

    def _unread(self) -> dict[str, list[str]]:
        course = self.coursedir
        try:
            require_gradebook(course.db_url, [course.assignment_id])
            with in_words(course.db_url), Gradebook(course.db_url, course.course_id) as gradebook:
                return waiting(gradebook, course.assignment_id)
        except GradingError as error:
            self.log.error("%s", error)
            raise ExchangeError(str(error)) from None

    def _pages(self) -> Iterator[Path]:
        """Yield where the page of each graded copy goes, for the learner that was asked for or for all."""
        course, module = self.coursedir, self.coursedir.assignment_id
        graded = Path(course.root, course.autograded_directory)
        excluded = left_out(course)
        for notebook in sorted(graded.glob(f"[!.]*/{glob.escape(module)}/{glob.escape(module)}.ipynb")):
            learner = notebook.parent.parent.name
            if learner in excluded or (self._only is not None and learner not in self._only):
                continue
            if course.student_id in ("", "*", learner):
                yield Path(course.root, course.feedback_directory, learner, module, f"{module}.html")


def _came_by_exchange(folder: Path) -> bool:
    one_line = "\n" not in folder.parent.name  # nbgrader's exchange leaves the other names out
    return one_line and all((folder / name).is_file() for name in SUBMITTED_WITH)


def _is_provisional(page: Path) -> bool:
    """Whether a page was made while free answers waited; its head is ours alone."""
    return PROVISIONAL in page.read_text(encoding="utf-8").partition("</head>")[0]


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
