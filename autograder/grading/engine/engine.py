"""Grade one copy safely: the learner's code in one confined process, the checks in another."""

import copy as copying
import itertools
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import Self

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_locked

from autograder import paths
from autograder.checks.exercises import ExercisesError, load_exercises
from autograder.contract.names import EXERCISES, NBGRADER_VARIABLE, PRIVATE_VARIABLE
from autograder.grading.engine import cells, values, warm
from autograder.grading.engine.flags import NO_SHARED_START
from autograder.grading.engine.folders import TrustedFiles
from autograder.grading.engine.memo import Memo
from autograder.grading.engine.split import CHECKER_TIMES, GIVE, Split
from autograder.grading.errors import GradingError
from autograder.sandbox import Limits, SandboxError, SandboxFailed, Session, Spec, places
from autograder.sandbox.isolation import Tier
from autograder.sharing import roles
from autograder.sharing.beginning import beginning
from autograder.sharing.own_cells_last import Ours
from autograder.sharing.start import Start, answers
from autograder.sharing.truth import ShownTruth

IN_SIGHT = (
    "Le cours est dans {shown}, un dossier du système que le code des apprenants peut lire : rien n’est corrigé. "
    "Déplacez le cours, par exemple dans /srv, /opt ou votre dossier personnel."
)
CHECKER_FIRST = (
    "from autograder.checks.check import check\nfrom autograder.checks.text import render\nrender('**prêt**')"
)
BAD_EXERCISES = "Le fichier des exercices du module est abîmé. Lancez « rm {path} && campus build {name} », puis corrigez de nouveau."
NOTHING = values.encode({"value": None})
RECORD = "campus_grading"
"""The key of a graded notebook's metadata where the protection and the flags are kept."""


@dataclass(frozen=True)
class Copy:
    """What to grade: a notebook whose locked cells were replaced by ours, and the folder of the submission."""

    notebook: NotebookNode
    files: Path
    seconds: float | None = None
    """Seconds of wall clock for the learner's code; None gives all the time of a notebook."""


@dataclass(frozen=True)
class Graded:
    """A notebook with its outputs, in which nbgrader counts the points, and the flags for the instructor, in French."""

    notebook: NotebookNode
    flags: list[str]
    tier: str
    """The protection that was in force."""
    late: bool = False
    """Whether the time was used up: some of the learner's code may have been stopped, or not run."""


class Engine:
    """Grades copies of one assignment of the course directory `course`. May be used by several threads.

    `tier` and `unsafe` are passed to `Zygote`. `notebook_name` is for assignments of several notebooks. `reuse` keeps what a
    plain check showed on some values, and shows it again for other copies that have the same values (`memo.py`). Raises
    GradingError when nothing can be graded safely.
    """

    def __init__(
        self,
        course: Path,
        folder_name: str,
        *,
        notebook_name: str | None = None,
        tier: Tier | None = None,
        unsafe: bool = False,
        limits: Limits | None = None,
        reuse: bool = True,
    ):
        _require_out_of_sight(course)
        self._tier, self._unsafe, self._limits = tier, unsafe, limits or Limits()
        self._source = course / "source" / folder_name
        self._truth = (course / "private").resolve() / f"{folder_name}.json"  # where the checker will see it
        trusted = _trusted_cells(course, folder_name, notebook_name or folder_name)
        self._trunk = roles.trunk(trusted)
        self._ours = Ours([cell.source for cell in self._trunk])
        self._memo = Memo() if reuse and cells.is_deterministic(self._truth) else None
        plain = any(map(roles.is_plain_check, trusted))
        first = [cell.source for cell in itertools.takewhile(is_locked, self._trunk)]
        self._checker_cells = [CHECKER_FIRST, *(first if plain else [])]
        self._names = self._answer_names()
        self._untouched: dict[str, bytes] | None = None
        self._lock = threading.Lock()
        self._files = TrustedFiles(self._source)
        self._shown = ShownTruth(self._truth)
        try:
            self._begin()
        except SandboxError as error:
            self._files.close()
            self._shown.close()
            raise GradingError(str(error)) from error

    @property
    def tier(self) -> str:
        """The protection in force."""
        return self._zygote.tier

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes kept for this assignment; the warm process stays for other assignments."""
        self._learners.close()
        self._checkers.close()
        self._files.close()
        self._shown.close()

    def grade(self, copy: Copy) -> Graded:
        """Run a copy's notebook and return it. Raises GradingError when the copy or its module cannot be graded at all."""
        cells.require_truth(copy.notebook, self._truth)
        try:
            try:
                return self._grade(copy)
            except SandboxFailed:
                self._revive()
                return self._grade(copy)
        except SandboxError as error:
            raise GradingError(str(error)) from error

    def _grade(self, copy: Copy) -> Graded:
        notebook = copying.deepcopy(copy.notebook)
        trunk = roles.trunk(notebook.cells)
        at = beginning(self._learners, self._ours_for(notebook), [cell.source for cell in trunk])
        depth, own_last = at.depth, at.own_last
        untouched = depth == len(trunk) == len(self._trunk) and own_last is None
        with Split(
            lambda: self._learner(copy, depth),
            self._learners.results(depth),
            own_last,
            lambda: self._checker(copy),
            self._names,
            self._released_answers(depth) if untouched else {},
            self._limits,
            self._memo,
            copy.seconds or self._limits.notebook_seconds,
        ) as split:
            split.run(notebook)
            if self._learners.problem:
                split.flags.add(NO_SHARED_START.format(reason=self._learners.problem))
            graded = Graded(notebook, split.flags.texts(), self._zygote.tier, split.late)
        notebook.metadata[RECORD] = {"tier": graded.tier, "flags": graded.flags}
        return graded

    def _ours_for(self, notebook: NotebookNode) -> Ours | None:
        """Return our cells, so that the copy's own cells may run after them.

        Return None when a check of the notebook may read any variable: a plain check, or a check that stays with the learner.
        """
        plain = any(roles.is_plain_check(cell) or roles.stays_with_learner(cell) for cell in notebook.cells)
        return None if plain else self._ours

    def _learner(self, copy: Copy, depth: int) -> Session:
        with self._files.for_learner(copy.files, complete=not depth) as folder:
            return self._learners.session(self._learner_spec(folder), depth)

    def _released_answers(self, depth: int) -> dict[str, bytes]:
        """Return the answers, as bytes, of a copy that changed no code: the variables that are still None.

        They are the same in all these copies, and asked once. Such a copy needs no process for the learner's code.
        """
        with self._lock:
            if self._untouched is None:
                with self._learners.session(self._learner_spec(self._files.folder), depth) as session:
                    names = {name for name in self._names.values() if name}
                    given = {name: session.call(GIVE, name) for name in names}
                self._untouched = {name: value for name, value in given.items() if value == NOTHING}
            return self._untouched

    def _checker(self, copy: Copy) -> Session:
        depth = self._checkers.depth(len(self._checker_cells))
        with self._files.for_checker(copy.files, complete=not depth) as folder:
            session = self._checkers.session(self._checker_spec(folder), depth)
        for source in self._checker_cells[depth:]:
            session.execute(source, self._limits.notebook_seconds)
        return session

    def _begin(self) -> None:
        self._zygote = warm.zygote(self._tier, self._unsafe)
        sources = [cell.source for cell in self._trunk]
        self._learners = Start(
            self._zygote, sources, roles.branches(self._trunk), self._learner_spec(self._files.folder)
        )
        self._checkers = Start(
            self._zygote,
            self._checker_cells,
            [len(self._checker_cells)],
            self._checker_spec(self._files.folder),
        )

    def _revive(self) -> None:
        """Start again the processes that are gone. Raises SandboxError."""
        with self._lock:
            if answers(self._zygote):
                self._learners.revive()
                self._checkers.revive()
            else:
                warm.forget(self._zygote)
                self._begin()

    def _learner_spec(self, files: Path) -> Spec:
        env = {
            NBGRADER_VARIABLE: "autograde",
            "CAMPUS_DATASETS": str(paths.datasets()),
            "CAMPUS_CACHE": str(paths.cache()),  # only its texts are visible: see warm.py
        }
        return Spec(files=files, env=env, limits=self._limits)

    def _checker_spec(self, files: Path) -> Spec:
        spec = self._learner_spec(files)
        limits = replace(self._limits, notebook_seconds=self._limits.notebook_seconds * CHECKER_TIMES)
        truth = (self._shown.path,) if self._shown.path.is_file() else ()
        env = {**spec.env, PRIVATE_VARIABLE: str(self._shown.path.parent)}
        return replace(spec, readable=truth, env=env, limits=limits)

    def _answer_names(self) -> dict[str, str]:
        """Return the variable of each exercise that can be answered by code. Raises GradingError."""
        if not (self._source / EXERCISES).is_file():
            return {}
        try:
            exercises = load_exercises(self._source).exercises
        except ExercisesError as error:
            path = self._source / EXERCISES
            message = BAD_EXERCISES.format(path=quote(str(path)), name=self._source.name)
            raise GradingError(message) from error
        return {
            key: exercise.answer.get("name", "")
            for key, exercise in exercises.items()
            if "code" in exercise.questions
        }


def _require_out_of_sight(course: Path) -> None:
    """Raise GradingError when the course is in a folder that every run may read, such as /usr."""
    for shown in places.base(["autograder"]):
        if course.resolve().is_relative_to(Path(shown).resolve()):
            raise GradingError(IN_SIGHT.format(shown=shown))


def _trusted_cells(course: Path, folder_name: str, notebook_name: str) -> list[NotebookNode]:
    """Return the cells of the notebook that learners received; no cell when there is no such notebook."""
    for step in ("release", "source"):
        path = course / step / folder_name / f"{notebook_name}.ipynb"
        if path.is_file():
            return list(nbformat.read(path, as_version=4).cells)
    return []
