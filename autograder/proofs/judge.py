"""Submissions judged in forks of one warm process: our own cells run once, each submission then runs its answers alone."""

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.contract.names import (
    ANSWERS,
    EXERCISES,
    PRIVATE_VARIABLE,
    exercise_of,
    grade_id,
    name_of,
    role_of,
)
from autograder.data import texts
from autograder.proofs.execute import Ran, Said
from autograder.proofs.variants import Variant, answer_cell, fill
from autograder.sandbox import Limits, SandboxFailed, Session, Spec, Zygote
from autograder.sharing import rewind, roles
from autograder.sharing.beginning import Beginning, beginning
from autograder.sharing.own_cells_last import Ours
from autograder.sharing.start import Start

T = TypeVar("T")
VERDICTS = """
import json, os
from autograder.checks.check import check
_seen = check({key!r})
os.environ[{variable!r}] = {folder!r}
print(json.dumps([{{"state": v.state, "outcomes": v.outcomes, "messages": v.messages}} for v in (_seen, check({key!r}))]))
"""
GONE = {"state": "problem", "outcomes": [], "messages": ["Le programme s’est arrêté."]}
"""Said of an answer that ended its process, or that took too long."""

ANSWER_SECONDS = 30
"""For an answer written by somebody else, which may never end."""

LIMITS = Limits(cell_seconds=120, notebook_seconds=600)
STOPPED = "l’une d’elles s’arrête tant que les réponses ne sont pas écrites"
GRADE = f"import os; os.environ[{PRIVATE_VARIABLE!r}] = {{folder!r}}"


@dataclass(frozen=True)
class Judged:
    """What the check cells of a submission say to learners, from the sealed tables, and in grading, from the clear ones."""

    seen: Ran
    graded: Ran


class Judge:
    """Judges submissions to one built module. May be used by several threads. Raises SandboxFailed.

    A submission starts where our cells have left the process, as a learner's copy does in grading. It is its author's own: the
    same process reads the sealed tables, then the clear ones, that a learner's code must never reach.
    """

    def __init__(
        self, zygote: Zygote, built: BuiltModule, notebook: NotebookNode, parameters: Mapping[str, Any]
    ):
        self._built, self._notebook = built, with_parameters(notebook, parameters)
        self._confined = zygote.tier == "namespaces"
        self._folder = tempfile.TemporaryDirectory(prefix="campus-preuve-")
        self._put_files(Path(self._folder.name), {})
        trunk = roles.trunk(self._notebook.cells)
        sources = [cell.source for cell in trunk]
        self._ours = Ours(sources)
        self._places = _places(trunk)
        self._start = Start(zygote, sources, roles.branches(trunk), self._spec(Path(self._folder.name)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._start.close()
        self._folder.cleanup()

    def unshared(self) -> str:
        """Return why the cells that are ours cannot all be shared between copies, in French; "" when they can."""
        whole = len(self._start.cells)
        return "" if self._start.depth(whole) == whole else self._start.problem or STOPPED

    def judge(self, variant: Variant) -> Judged:
        """Return what is said of a submission."""
        return self._twice(lambda: self._judge(variant))

    def verdicts(self, key: str, code: str) -> list[dict[str, Any]]:
        """Return the two verdicts, as JSON, on one answer by code: on the sealed table, then on the clear one.

        The answer runs in its place, whatever it does, and nothing after it: answers do not depend on each other.
        """
        return self._twice(lambda: self._verdicts(key, code))

    def _twice(self, judge: Callable[[], T]) -> T:
        """Try again what could not start: a loaded machine deserves another chance, as in grading."""
        try:
            return judge()
        except SandboxFailed:
            self._start.revive()
            return judge()

    def _verdicts(self, key: str, code: str) -> list[dict[str, Any]]:
        place = self._places[key]
        depth = self._start.depth(place)
        with self._start.session(self._spec(Path(self._folder.name)), depth) as session:
            for source in [*self._start.cells[depth:place], answer_cell(self._built.module, key, code)]:
                session.execute(source, ANSWER_SECONDS)
            folder = str(self._built.private.parent)
            shown = session.execute(VERDICTS.format(key=key, variable=PRIVATE_VARIABLE, folder=folder))
        texts = [output["text"] for output in shown.outputs if output["output_type"] == "stream"]
        return list(json.loads(texts[0])) if texts else [GONE, GONE]

    def _judge(self, variant: Variant) -> Judged:
        began = time.monotonic()
        filled, answers = fill(self._built.module, self._notebook, variant)
        sources = [cell.source for cell in roles.trunk(filled.cells)]
        at = beginning(self._start, self._ours, sources)
        with tempfile.TemporaryDirectory(prefix="campus-preuve-") as name:
            self._put_files(Path(name), answers)
            with self._start.session(self._spec(Path(name)), at.depth) as session:
                shown = _forms(filled, answers["answers"])
                error = _run(session, [*_own(session, sources, at), *shown])
                seen = _checks(session, filled)
                session.execute(GRADE.format(folder=str(self._built.private.parent)))
                graded = _checks(session, filled)
        seconds = time.monotonic() - began
        name = self._built.module.folder_name
        return Judged(
            Ran(name, variant.name, seen, error, seconds, self._confined),
            Ran(name, variant.name, graded, error, 0, self._confined),
        )

    def _put_files(self, folder: Path, answers: Mapping[str, Any]) -> None:
        (folder / EXERCISES).write_bytes((self._built.source / EXERCISES).read_bytes())
        if answers.get("answers"):
            (folder / ANSWERS).write_text(json.dumps(answers), encoding="utf-8")

    def _spec(self, folder: Path) -> Spec:
        return Spec(
            files=folder,
            readable=(paths.datasets(), *texts.archives(), self._built.private),
            env={"CAMPUS_DATASETS": str(paths.datasets()), "CAMPUS_CACHE": str(paths.cache())},
            limits=LIMITS,
        )


def with_parameters(notebook: NotebookNode, parameters: Mapping[str, Any]) -> NotebookNode:
    """Return a copy of a notebook with other values of its parameters, as papermill gives them."""
    copied = nbformat.from_dict(notebook)
    for cell in copied.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += "".join(f"\n{name} = {value!r}" for name, value in parameters.items())
    return copied


def _places(trunk: list[NotebookNode]) -> dict[str, int]:
    """Return, by exercise, after how many cells its answer cell comes."""
    names = map(name_of, trunk)
    return {exercise_of(name): place for place, name in enumerate(names) if role_of(name) == "answer"}


def _own(session: Session, sources: list[str], at: Beginning) -> list[str]:
    """Return the cells that a submission does not share, the session being ready for them."""
    if at.own_last is None:
        return sources[at.depth :]
    session.call(rewind.CALL, at.own_last.forgotten, 1)
    return [sources[index] for index in sorted(at.own_last.indexes)]


def _forms(notebook: NotebookNode, answered: Iterable[str]) -> list[str]:
    """Return the cells of the forms that a submission has answered: they read the saved answers."""
    forms = {grade_id(key, "form") for key in answered}
    return [cell.source for cell in notebook.cells if name_of(cell) in forms]


def _run(session: Session, sources: list[str]) -> str | None:
    """Run cells in order; return the first exception that a learner would have met, after which nothing runs."""
    for source in sources:
        result = session.execute(source)
        if result.status != "ok":
            raised: Any = next((one for one in result.outputs if one["output_type"] == "error"), {})
            return f"{raised.get('ename', result.status)} : {raised.get('evalue', '')}"
    return None


def _checks(session: Session, notebook: NotebookNode) -> dict[str, Said]:
    """Run every check cell, and return what each says."""
    said = {}
    for cell in notebook.cells:
        if key := roles.checked_exercise(cell):
            for output in session.execute(cell.source).outputs:
                if output["output_type"] == "execute_result":
                    data: Any = output["data"]
                    said[key] = Said(float(data["text/plain"]), data.get("text/html", ""))
    return said
