"""Would copies that agree on their first answers gain by sharing that part of the execution too? An upper bound.

Today a copy starts from the state left by the cells that it has not changed. Here we count what would be left to run if
each different beginning ran once in the cohort, forks being free. `docs/decisions/split-grading.md` draws the conclusion.
"""

import statistics
import time
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.grading.engine.engine import Copy as Graded
from autograder.grading.engine.engine import Engine
from autograder.sandbox import Session
from autograder.sharing import roles
from tests.bench.assignments import Assignment, Copy, learner

TIMES = 5


def sharing(assignment: Assignment, copies: list[Copy]) -> dict[str, Any]:
    """Return the share of a copy's execution time that a tree of forks could save, at most."""
    notebooks = [nbformat.reads(copy.notebook, as_version=4) for copy in copies]
    seconds, whole = _seconds(assignment, copies[0])
    released = _texts(nbformat.read(_released(assignment), as_version=4))
    known: set[tuple[str, ...]] = set()
    now, tree = 0.0, 0.0
    for notebook in notebooks:
        texts = _texts(notebook)
        same = next((n for n, (a, b) in enumerate(zip(texts, released, strict=False)) if a != b), len(texts))
        for place in range(same, len(texts)):
            cost = seconds.get(texts[place], statistics.median(seconds.values()))
            now += cost
            if texts[: place + 1] not in known:
                known.add(texts[: place + 1])
                tree += cost
    number = len(copies)
    return {
        "module": assignment.name,
        "n": number,
        "copy_seconds": whole,
        "learner_cells_seconds_now": now / number,
        "learner_cells_seconds_tree": tree / number,
        "saved_share_of_a_copy": (now - tree) / number / whole,
    }


def _seconds(assignment: Assignment, copy: Copy) -> tuple[dict[str, float], float]:
    """Return the time of each cell of the learner's process, and of the whole copy: medians."""
    found: dict[str, list[float]] = {}
    whole = []
    plain = Session.execute

    def timed(self: Session, source: str, *args: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        try:
            return plain(self, source, *args, **options)
        finally:
            found.setdefault(source, []).append(time.perf_counter() - begun)

    assignment.hand_in(assignment.ours, [copy])
    folder = assignment.ours / "submitted" / learner(0) / assignment.name
    Session.execute = timed  # type: ignore[method-assign]
    try:
        with Engine(assignment.ours, assignment.name) as engine:
            for _ in range(TIMES):
                begun = time.perf_counter()
                engine.grade(Graded(nbformat.reads(copy.notebook, as_version=4), folder))
                whole.append(time.perf_counter() - begun)
    finally:
        Session.execute = plain  # type: ignore[method-assign]
    return {source: statistics.median(times) for source, times in found.items()}, statistics.median(whole)


def _texts(notebook: NotebookNode) -> tuple[str, ...]:
    return tuple(cell.source for cell in roles.trunk(notebook.cells))


def _released(assignment: Assignment) -> Path:
    return assignment.ours / "release" / assignment.name / f"{assignment.name}.ipynb"
