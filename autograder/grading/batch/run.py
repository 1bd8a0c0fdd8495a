"""Grade a whole cohort. Several threads read, run and write the copies; the calling thread alone writes the gradebook."""

import hashlib
import math
import shutil
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cache as cached
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from autograder.grading import last_done
from autograder.grading.alone import alone
from autograder.grading.batch.folder import Mark, final_folder, read_mark, replacing, write_folder
from autograder.grading.batch.gradebook import GradebookWriter
from autograder.grading.batch.module import GradedModule, load_graded_module
from autograder.grading.batch.result import Result, result_of
from autograder.grading.batch.reuse import ResultStore, kept_results
from autograder.grading.batch.submission import Prepared, copy_inputs, learners_of, prepare
from autograder.grading.batch.times import SLOW_SECONDS, first_turn
from autograder.grading.batch.version import activities_used, engine_version
from autograder.grading.engine.engine import Copy, Graded
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import in_words, is_busy, words
from autograder.grading.identifiers import remarks
from autograder.grading.layout import ignored
from autograder.grading.recognised import described
from autograder.printable import FIELD, printable, say
from autograder.records.writing import Described
from autograder.system_words import system_words

READ_IN_ADVANCE = 4
"""Copies read in advance, per worker."""
WORK = ".en-cours"
"""The folder, in `autograded/`, of the folders being written: on the same disk, so that they can be moved at once."""

BUSY = "Une autre correction est en cours dans ce cours : attendez qu’elle finisse, puis relancez."
UNKNOWN = "Aucune copie de {learners} pour ce module dans submitted/ : vérifiez l’identifiant."
NOBODY = "Aucune copie du module {name} dans submitted/. Ramassez-les d’abord : « campus collect {name} »."
UNEXPECTED = (
    "Erreur inattendue ({error}) : le détail est affiché plus haut. Relancez ; si elle revient, signalez-la."
)


class GradingEngine(Protocol):
    """The part of `autograder.grading.engine.engine.Engine` that a run uses. Several threads may use it."""

    @property
    def tier(self) -> str:
        """The protection in force."""

    def grade(self, copy: Copy) -> Graded:
        """Run a copy."""


OpenEngine = Callable[[GradedModule], AbstractContextManager[GradingEngine]]


@dataclass(frozen=True)
class Options:
    """What the instructor asks for. Without `learners`, all the learners are graded."""

    learners: tuple[str, ...] = ()
    workers: int = 1
    reuse: bool = True
    force: bool = False
    patient: bool = False
    """Give every copy all its time at once: see `times.py`."""


@dataclass
class Report:
    """The outcome of a run. `graded` counts the copies written; `reused`, the copies among them that were not run;
    `unchanged`, the copies that were already graded."""

    graded: int = 0
    reused: int = 0
    unchanged: int = 0
    done: list[str] = field(default_factory=list)
    """Learners whose copy is graded, now or before."""
    failed: dict[str, str] = field(default_factory=dict)
    """Reasons, in French, by learner."""
    postponed: list[str] = field(default_factory=list)
    """Learners whose copy needs more time than there was. An earlier grade of this copy stays."""
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Texts for the instructor, in French, by learner."""
    ignored: str | None = None
    """A French sentence on the folders of `submitted/` that are no copy of a module."""
    seconds: float = 0.0
    tiers: set[str] = field(default_factory=set)

    @property
    def ok(self) -> bool:
        """Whether every copy is graded."""
        return not self.failed and not self.postponed

    def add_flags(self, remarks: Mapping[str, Iterable[object]]) -> None:
        """Add remarks, by learner, for the learners whose copy is graded, now or before."""
        for learner in sorted(remarks.keys() & set(self.done)):
            self.flags[learner] = (*self.flags.get(learner, ()), *map(str, remarks[learner]))

    @property
    def tier(self) -> str | None:
        """The protection that was in force; the weakest when there were several."""
        order = ("none", "landlock", "namespaces")
        return min(self.tiers, key=lambda t: order.index(t) if t in order else -1, default=None)


def grade(
    course: Path,
    name: str,
    open_engine: OpenEngine,
    options: Options,
    on_copies: Callable[[int], None] = lambda total: None,
    on_copy: Callable[[], object] = lambda: None,
    store: ResultStore | None = None,
) -> Report:
    """Grade the submissions of a released module that are not graded yet, or have changed.

    `on_copies` receives the number of copies; `on_copy` is called after each copy. Raises GradingError when nothing can be
    graded, and the errors of `open_engine`. A bad copy raises nothing: it is in `Report.failed`.
    """
    started, began = time.monotonic(), time.time()
    with alone(course / "autograded" / WORK, BUSY) as work:
        module = load_graded_module(name, course)
        learners = _chosen(module, options)
        on_copies(len(learners))
        with in_words(module.db_url), GradebookWriter(module) as gradebook, ExitStack() as stack:
            store = store or ResultStore(kept_results())
            pool = stack.enter_context(ThreadPoolExecutor(options.workers))
            run = _Run(module, gradebook, options, work, store, pool, on_copy)
            # The engine is entered after the pool, so closed before the pool: an interruption waits for no learner's code.
            run.grade(learners, lambda: stack.enter_context(open_engine(module)))
            store.trim()
            run.report.add_flags(gradebook.late())
            run.report.add_flags(remarks(run.report.done, {*learners_of(module), *gradebook.students()}))
    if not options.learners:
        last_done.note(course, "grade", name, began)
    run.report.ignored = ignored(course, module.name, module.excluded)
    run.report.seconds = time.monotonic() - started
    return run.report


def _chosen(module: GradedModule, options: Options) -> list[str]:
    learners = learners_of(module)
    if not learners:
        elsewhere = ignored(module.course, module.name, module.excluded)
        raise GradingError(elsewhere or NOBODY.format(name=module.name))
    if unknown := [learner for learner in options.learners if learner not in learners]:
        raise GradingError(UNKNOWN.format(learners=", ".join(unknown)))
    return list(options.learners) or learners


class _Run:
    """One run of `grade`.

    `_waiting` has the copies whose result is being computed, by key: copies with the same key share one execution. `_slow`
    has the keys of the copies that need more than a first turn (`times.py`).
    """

    def __init__(
        self,
        module: GradedModule,
        gradebook: GradebookWriter,
        options: Options,
        work: Path,
        store: ResultStore,
        pool: ThreadPoolExecutor,
        on_copy: Callable[[], object],
    ):
        self.report = Report()
        self._module, self._gradebook, self._options = module, gradebook, options
        self._work, self._store, self._pool, self._on_copy = work, store, pool, on_copy
        self._accidents = ResultStore(work / "accidents")
        self._reuse = options.reuse and module.deterministic
        private = module.course / "private" / f"{module.name}.json"
        self._version = engine_version(activities_used(private))
        self._recorded, self._described = gradebook.scores(), gradebook.described()
        self._waiting: dict[str, list[Prepared]] = {}
        limits = module.limits
        self._first_turn = (
            None if options.patient else first_turn(limits.cell_seconds, limits.notebook_seconds)
        )
        self._slow: deque[str] = deque()
        self._slow_end = math.inf
        self._shown: set[str] = set()
        self._running: dict[Future[Any], Callable[[Future[Any]], None]] = {}

    def grade(self, learners: list[str], open_engine: Callable[[], GradingEngine]) -> None:
        """Grade every learner's copy. A few copies are read in advance; the engine is opened for the first copy to run."""
        todo = deque(learners)
        self._engine = cached(open_engine)
        try:
            while todo or self._running or self._slow:
                while todo and len(self._running) < READ_IN_ADVANCE * self._options.workers:
                    learner = todo.popleft()
                    self._start(partial(self._dispatch, learner), prepare, self._module, learner, self._work)
                if not todo:
                    self._start_slow()
                for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                    self._running.pop(future)(future)
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise

    def _start(self, then: Callable[[Future[Any]], None], function: Callable[..., Any], *args: Any) -> None:
        self._running[self._pool.submit(function, *args)] = then

    def _start_slow(self) -> None:
        """Start slow copies, while their total time lasts and a worker is free."""
        if self._slow and self._slow_end == math.inf:
            self._slow_end = time.monotonic() + SLOW_SECONDS
        while self._slow and len(self._running) < self._options.workers:
            key = self._slow.popleft()
            if time.monotonic() < self._slow_end:
                self._run(key, seconds=None)
            else:
                self._postpone(key)

    def _postpone(self, key: str) -> None:
        for copy in self._waiting.pop(key):
            self.report.postponed.append(copy.submission.learner)
            self._on_copy()

    def _run(self, key: str, seconds: float | None) -> None:
        then = partial(self._executed, key)
        self._start(then, self._execute, self._waiting[key][0], self._engine(), seconds)

    def _dispatch(self, learner: str, future: Future[Prepared]) -> None:
        """Decide what to do with a copy that has been read: nothing, save a known result, or run it."""
        try:
            copy = future.result()
        except Exception as error:
            self._fail(learner, error)
            return
        if not self._options.force and self._is_done(copy):
            return
        key = self._key(copy)
        if key in self._waiting:
            self._waiting[key].append(copy)
        elif self._reuse and (result := self._store.get(key) or self._accidents.get(key)):
            self._save(copy, result, reused=True)
        else:
            self._waiting[key] = [copy]
            self._run(key, self._first_turn)

    def _execute(self, copy: Prepared, engine: GradingEngine, seconds: float | None) -> Result | None:
        """Run a copy and return its result; None when it needs more than `seconds`."""
        with tempfile.TemporaryDirectory(dir=self._work) as folder:
            copy_inputs(self._module, copy.submission, Path(folder))
            graded = engine.grade(Copy(copy.notebook, Path(folder), seconds))
            return None if seconds and graded.late else result_of(graded, self._module.config)

    def _executed(self, key: str, future: Future[Result | None]) -> None:
        """Save the result for each learner who handed in the same work."""
        try:
            result = future.result()
        except Exception as error:
            for copy in self._waiting.pop(key):
                self._fail(copy.submission.learner, error)
            return
        if result is None:
            self._slow.append(key)
            return
        if self._reuse:
            # A limit of time or memory was reached: another day may be luckier. The result is kept for this run only.
            (self._store if result.repeatable else self._accidents).put(key, result)
        for number, copy in enumerate(self._waiting.pop(key)):
            self._save(copy, result, reused=number > 0)

    def _save(self, copy: Prepared, result: Result, reused: bool) -> None:
        """Start writing the graded folder, outside its final place."""
        mark = Mark(self._fingerprint(copy), result.scores, (*copy.notes, *result.flags), result.tier)
        new = self._work / "copies" / copy.submission.learner
        then = partial(self._record, copy, result, mark, reused, new)
        self._start(then, write_folder, self._module, copy.submission, result, mark, new)

    def _record(
        self, copy: Prepared, result: Result, mark: Mark, reused: bool, new: Path, future: Future[None]
    ) -> None:
        """Write the gradebook, and put the folder in place."""
        learner = copy.submission.learner
        try:
            future.result()
            with replacing(final_folder(self._module, learner), new, self._work / "ancien"):
                self._gradebook.save(learner, copy.timestamp, result, self._describe(copy, result))
        except Exception as error:
            shutil.rmtree(new, ignore_errors=True)
            if is_busy(
                error
            ):  # stop here: each other copy would wait as long. The copies already written stay.
                raise GradingError(words(error, self._module.db_url)) from error
            self._fail(learner, error)
            return
        self.report.graded += 1
        self.report.reused += reused
        self._dealt_with(learner, mark)

    def _describe(self, copy: Prepared, result: Result) -> Described | None:
        words = self._module.words
        return described(result.verdicts, copy.tries, words) if words else None

    def _is_done(self, copy: Prepared) -> bool:
        """Tell whether the folder and the gradebook both hold the result of this very copy. If so, count it as unchanged."""
        learner = copy.submission.learner
        mark = read_mark(self._module, learner)
        if mark is None or mark.fingerprint != self._fingerprint(copy):
            return False
        if self._module.words and learner not in self._described:
            return False
        recorded = self._recorded.get(learner, {})
        if any(name not in recorded or recorded[name] != points for name, points in mark.scores.items()):
            return False
        self.report.unchanged += 1
        self._dealt_with(learner, mark)
        return True

    def _dealt_with(self, learner: str, mark: Mark) -> None:
        self.report.done.append(learner)
        self.report.tiers.add(mark.tier)
        if mark.flags:
            self.report.flags[learner] = mark.flags
        self._on_copy()

    def _fail(self, learner: str, error: Exception) -> None:
        """Keep the reason of a failure. An earlier grade of this copy stays."""
        expected = isinstance(error, (GradingError, OSError, SQLAlchemyError))
        if not expected and repr(error) not in self._shown:
            self._shown.add(repr(error))
            say("".join(traceback.format_exception(error)))
        self.report.failed[learner] = self._reason(error)
        self._on_copy()

    def _reason(self, error: Exception) -> str:
        if isinstance(error, GradingError):
            return str(error)
        if isinstance(error, SQLAlchemyError):
            return words(error, self._module.db_url)
        if isinstance(error, OSError):
            return system_words(error)
        return UNEXPECTED.format(error=printable(repr(error), FIELD))

    def _fingerprint(self, copy: Prepared) -> str:
        return _hash(copy.fingerprint, self._module.fingerprint, self._version)

    def _key(self, copy: Prepared) -> str:
        """Return a hash of all that a result depends on. Without reuse, it also has the learner: no result is then shared."""
        owner = "" if self._reuse else copy.submission.learner
        return _hash(copy.inputs, self._module.fingerprint, self._version, self._engine().tier, owner)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
