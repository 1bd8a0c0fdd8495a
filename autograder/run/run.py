"""The proof of every module: full marks when solved, zero when untouched, each mistake met with its own message."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from autograder.build.pipeline import BuiltModule, build
from autograder.build.released import released
from autograder.build.variants import Variant, fill, variants
from autograder.checks import text
from autograder.checks.exercises import FILE_NAME as EXERCISES
from autograder.modules.model import Mistake
from autograder.run.execute import Ran, Task, execute

SOLVED = ("juste, par le code", "juste, par les formulaires")


@dataclass(frozen=True)
class Proof:
    """One execution compared with what it should give. `problems` are French; empty when all is as it should be."""

    module: str
    variant: Variant
    ran: Ran
    points: float
    problems: list[str]


@dataclass
class Report:
    """The proofs of one module, in the shape of `campus run --json`. `written` counts its author's alternatives and mistakes."""

    id: str
    written: int
    proofs: list[Proof] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not any(proof.problems for proof in self.proofs)

    @property
    def confined(self) -> bool:
        """Whether every notebook was out of reach of the network, and of all files but its own."""
        return all(proof.ran.confined for proof in self.proofs)

    def to_json(self) -> dict[str, Any]:
        by_name = {proof.variant.name: proof for proof in self.proofs}
        solved = [by_name[name] for name in SOLVED]
        empty = by_name["vide"]
        alternatives = [p for p in self.proofs if p.variant.name.startswith("autre")]
        mistaken = [p for p in self.proofs if p.variant.mistakes]
        answers = sum(len(p.variant.answers) for p in alternatives)
        mistakes = [
            (p, key, one) for p in mistaken for key, made in p.variant.mistakes.items() for one in made
        ]
        return {
            "id": self.id,
            "solved": {"points": min(p.points for p in solved), "max": solved[0].variant.max_points},
            "released": {"points": empty.points, "errors": [empty.ran.error] if empty.ran.error else []},
            "answers": {
                "accepted": sum(_is_right(p, key) for p in alternatives for key in p.variant.answers),
                "total": answers,
            },
            "mistakes": {
                "recognised": sum(_recognised(*each) for each in mistakes),
                "total": len(mistakes),
            },
            "set_aside": self.written - answers - len(mistakes),
            "confined": self.confined,
            "seconds": round(sum(p.ran.seconds for p in self.proofs), 1),
            "problems": [f"{p.variant.name} : {problem}" for p in self.proofs for problem in p.problems],
        }


def run(
    names: Sequence[str],
    config: Config,
    parameters: Mapping[str, Any],
    on_done: Callable[[int, int], None] = lambda done, total: None,
    workers: int | None = None,
    course: Path | None = None,
) -> list[Report]:
    """Build modules in `course` (a temporary one by default), execute every variant in parallel, and compare.

    `on_done(done, total)` reports progress. Solved variants, and those with hidden cases, are graded with
    the clear tables; the others are as learners see them.
    """
    with tempfile.TemporaryDirectory() as temporary:
        jobs = [
            (built, variant, _task(built, variant, config, parameters))
            for built in build(list(names), course or Path(temporary), parameters)
            for variant in variants(built.module, json.loads(built.private.read_text(encoding="utf-8")))
        ]
        reports = {built.module.folder_name: Report(built.module.id, _written(built)) for built, _, _ in jobs}
        found: dict[int, Ran] = {}
        # Fresh interpreters: a fork of this process would carry its threads and locks.
        with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(execute, task): index for index, (_, _, task) in enumerate(jobs)}
            for done, future in enumerate(as_completed(futures), start=1):
                found[futures[future]] = future.result()
                on_done(done, len(jobs))
        for index, (built, variant, _) in enumerate(jobs):
            reports[built.module.folder_name].proofs.append(_prove(built, variant, found[index]))
        return list(reports.values())


def _written(built: BuiltModule) -> int:
    exercises = [exercise for exercise in built.module.exercises.values() if not exercise.is_free]
    return sum(len(exercise.alternatives) + len(exercise.mistakes) for exercise in exercises)


def _task(built: BuiltModule, variant: Variant, config: Config, parameters: Mapping[str, Any]) -> Task:
    name = built.module.folder_name
    notebook, answers = fill(built.module, released(built.source / f"{name}.ipynb", config), variant)
    hidden = any("hidden" in built.module.exercises[key].answer for key in variant.answers)
    private = built.private.parent if variant.name in SOLVED or hidden else None
    exercises = (built.source / EXERCISES).read_text(encoding="utf-8")
    return Task(name, variant.name, nbformat.writes(notebook), exercises, answers, private, parameters)


def _prove(built: BuiltModule, variant: Variant, ran: Ran) -> Proof:
    points = sum(said.points for said in ran.checks.values())
    problems = []
    if ran.error:
        problems.append(f"le carnet s’arrête : {ran.error}")
    if abs(points - variant.points) > 0.011 * max(1, len(variant.answers)):
        problems.append(f"{text.points(points)} au lieu de {variant.points:g}")
    proof = Proof(built.module.folder_name, variant, ran, points, problems)
    for key, made in variant.mistakes.items():
        for mistake in made:
            if not _recognised(proof, key, mistake):
                problems.append(f"exercice « {key} » : l’erreur « {mistake.id} » n’a pas montré son message")
    return proof


def _is_right(proof: Proof, key: str) -> bool:
    said = proof.ran.checks.get(key)
    return said is not None and 'data-state="right"' in said.html


def _recognised(proof: Proof, key: str, mistake: Mistake) -> bool:
    said = proof.ran.checks.get(key)
    return said is not None and text.render(mistake.message) in said.html
