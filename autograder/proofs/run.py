"""The proof of every module: full marks when solved, zero when untouched, each mistake met with its own message."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Self

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.authoring.apart import build_apart, import_first
from autograder.authoring.pipeline import BuiltModule
from autograder.contract.names import EXERCISES
from autograder.kernels import warm
from autograder.modules.load import find_folders
from autograder.proofs import parent, tables, trials
from autograder.proofs.execute import Ran, Task, execute
from autograder.proofs.judge import Judge, Judged
from autograder.proofs.released import released
from autograder.proofs.report import SOLVED, Proof, Report, differences
from autograder.proofs.variants import FIRST_MISTAKES, NOTHING, Variant, fill, variants
from autograder.sharing.truth import ShownTruth

WHOLE = (*SOLVED, NOTHING, FIRST_MISTAKES)
"""The submissions whose whole notebook papermill always executes: the others differ from them by their answers alone."""

ASIDE = (
    "{count} réponse(s) de « answers.yml » manquent dans les tables construites, sans que les paramètres aient changé. "
    "Lancez « campus build », puis recommencez ; si cela persiste, la fabrication est en cause."
)
UNSHARED = (
    "les cellules communes ne peuvent pas être partagées entre les copies, chacune les exécutera : {reason}"
)
DISAGREE = (
    "le carnet entier et la reprise des cellules communes ne disent pas la même chose (exercices : {keys})"
)


@dataclass
class _Job:
    """A submission to prove, and what it gave: executed whole, judged in a fork, or both."""

    variant: Variant
    task: Task
    whole: bool
    executed: Ran | None = None
    judged: Judged | None = None

    def proof(self) -> Proof:
        """Compare what was found with what should be, on each table."""
        ran, problems = self.executed, []
        if self.judged is not None:
            seen, graded = self.judged.seen, self.judged.graded
            main = seen if self.task.private is None else graded
            if main is seen:  # else there are cases that only grading judges
                problems += differences(self.variant, seen)
            problems += [f"à la correction : {one}" for one in differences(self.variant, graded)]
            problems += _disagreements(self.executed, main)
            ran = main if ran is None else replace(ran, seconds=ran.seconds + seen.seconds)
        elif ran is not None:
            problems += differences(self.variant, ran)
        assert ran is not None
        return Proof(self.variant, ran, problems)


Progress = Callable[[int, int], None]


def run(
    names: Sequence[str],
    config: Config,
    parameters: Mapping[str, Any],
    on_done: Progress = lambda done, total: None,
    workers: int | None = None,
    course: Path | None = None,
    whole: bool = False,
) -> list[Report]:
    """Build modules in `course` (a temporary one by default), try every submission to each in parallel, and compare.

    `on_done(done, total)` reports progress; the total grows with each module.

    Forks judge every submission, on the sealed tables and on the clear tables. Papermill also executes the submissions named in
    `WHOLE`, or all of them with `whole`, and must find the same. It gives the clear tables to solved submissions and to submissions
    with hidden cases, and the sealed tables, as learners have them, to the other submissions. Where no process can be confined,
    papermill alone executes all the submissions.
    """
    import_first()

    def executed(name: str) -> bool:
        return whole or name in WHOLE

    with (
        tempfile.TemporaryDirectory() as temporary,
        Prover(config, parameters, workers or os.cpu_count() or 1, executed, on_done) as prover,
    ):
        # All are built before any is proved: a build is a fork, and a fork made beside the event loops of the pool ends them.
        folders = [folder.name for folder in find_folders(list(names))]
        built = build_apart(folders, course or Path(temporary), parameters=parameters)
        warm.CONFINED.start()
        return [
            prover.prove(one) for one in built
        ]  # one after the other: their states are processes that take memory


@dataclass
class Prover:
    """Proves modules, one after the other, with `workers` submissions at a time.

    `whole` tells, by its name, whether papermill too executes a submission.
    """

    config: Config
    parameters: Mapping[str, Any]
    workers: int
    whole: Callable[[str], bool]
    on_done: Progress = lambda done, total: None
    done: int = 0
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def pool(self) -> Executor:
        """What executes notebooks and judges forks: threads that share one warm process; where nothing can be confined, processes.

        These are fresh interpreters: a fork of this process would carry its threads and locks.
        """
        if warm.can_confine():
            return self._stack.enter_context(_ending(ThreadPoolExecutor(self.workers)))
        context = get_context("spawn")
        pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=parent.follow)
        return self._stack.enter_context(_ending(pool))

    def prove(self, built: BuiltModule) -> Report:
        """Return what the proofs of a module found."""
        with ShownTruth(built.private) as shown:
            return self._prove(replace(built, private=shown.path))

    def _prove(self, built: BuiltModule) -> Report:
        notebook = released(built.source / f"{built.module.folder_name}.ipynb", self.config)
        private = json.loads(built.private.read_text(encoding="utf-8"))
        report = Report(built.module.id, _written(built), tables.differences(built.source, private))
        jobs = [
            _Job(
                variant,
                _task(built, variant, notebook, self.parameters),
                self.whole(variant.name) or not warm.can_confine(),
            )
            for variant in variants(built.module, private)
        ]
        with self._judge(built, notebook) as judge:
            if judge and (reason := judge.unshared()):
                report.problems.append(UNSHARED.format(reason=reason))
            self._try(jobs, judge)
            if not self.parameters:  # trials are answers to the author's own
                self._try_blind(report, built, private, notebook, judge)
        report.proofs = [job.proof() for job in jobs]
        if not self.parameters and report.set_aside():
            report.problems.append(ASIDE.format(count=report.set_aside()))
        return report

    def _try_blind(
        self,
        report: Report,
        built: BuiltModule,
        private: Mapping[str, Any],
        notebook: NotebookNode,
        judge: Judge | None,
    ) -> None:
        """Judge what people who had only read the released notebook answered."""
        report.release = trials.release_of(notebook, built.source)
        by_code = judge.verdicts if judge else None
        report.trials = trials.try_all(built, private, report.release, by_code, self.pool)
        report.problems += trials.without_trials(built, report.trials)

    def _judge(self, built: BuiltModule, notebook: NotebookNode) -> AbstractContextManager[Judge | None]:
        if not warm.can_confine():
            return nullcontext()
        return Judge(warm.CONFINED.started(), built, notebook, self.parameters)

    def _try(self, jobs: list[_Job], judge: Judge | None) -> None:
        """Have every submission executed whole, judged in a fork, or both."""
        futures: dict[Future[Any], tuple[_Job, str]] = {}
        for job in jobs:
            if job.whole:
                futures[self.pool.submit(execute, job.task)] = job, "executed"
            if judge is not None:
                futures[self.pool.submit(judge.judge, job.variant)] = job, "judged"
        for number, future in enumerate(as_completed(futures), start=1):
            job, what = futures[future]
            setattr(job, what, future.result())
            self.on_done(self.done + number, self.done + len(futures))
        self.done += len(futures)


@contextmanager
def _ending(executor: Executor) -> Iterator[Executor]:
    """Interrupted, do what is begun, and nothing more."""
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _written(built: BuiltModule) -> int:
    exercises = [exercise for exercise in built.module.exercises.values() if not exercise.is_free]
    return sum(len(exercise.alternatives) + len(exercise.mistakes) for exercise in exercises)


def _task(
    built: BuiltModule, variant: Variant, notebook: NotebookNode, parameters: Mapping[str, Any]
) -> Task:
    filled, answers = fill(built.module, notebook, variant)
    hidden = any("hidden" in built.module.exercises[key].answer for key in variant.answers)
    private = built.private if variant.name in SOLVED or hidden else None
    exercises = (built.source / EXERCISES).read_text(encoding="utf-8")
    name = built.module.folder_name
    return Task(name, variant.name, nbformat.writes(filled), exercises, answers, private, parameters)


def _disagreements(executed: Ran | None, judged: Ran) -> Iterable[str]:
    """Say where the whole notebook and the fork differ, by a point or a letter."""
    if executed is None or executed.checks == judged.checks:
        return []
    keys = sorted(
        key
        for key in {*executed.checks, *judged.checks}
        if executed.checks.get(key) != judged.checks.get(key)
    )
    return [DISAGREE.format(keys=", ".join(keys))]
