"""Grade a sample again with nbgrader's own executor, in a temporary course, and compare the points."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Base, Gradebook
from sqlalchemy import insert, select

from autograder.contract.names import PRIVATE_VARIABLE
from autograder.grading.batch.gradebook import recorded_scores
from autograder.grading.batch.module import GradedModule, load_graded_module
from autograder.grading.handed_in import opened, take
from autograder.grading.release import put_programs_on_path, write_config

MASTER_TABLES = (
    "assignment",
    "notebook",
    "base_cell",
    "grade_cells",
    "solution_cells",
    "task_cells",
    "source_cell",
)
"""The tables that a release writes in the gradebook; they name no learner."""

Scores = dict[str, dict[str, float | None]]

OWN_STEPS = """
from nbgrader.converters import Autograde

c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
"""
"""Settings read after ours: they put nbgrader's own steps back."""


@dataclass(frozen=True)
class Difference:
    """Points that differ; None when the cell is not graded automatically."""

    learner: str
    cell: str
    ours: float | None
    nbgrader: float | None


@dataclass(frozen=True)
class CrossCheck:
    """The number of copies compared, and every difference."""

    compared: int
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        return {"compared": self.compared, "differences": [asdict(row) for row in self.differences]}


def cross_check(course: Path, name: str, learners: Sequence[str], sample: int) -> CrossCheck:
    """Grade again `sample` of the graded copies of `learners` with nbgrader, unconfined. Raises GradingError."""
    put_programs_on_path()
    module = load_graded_module(name, course)
    chosen = spread(sorted(learners), sample)
    with tempfile.TemporaryDirectory(prefix="campus-nbgrader-") as folder:
        other = Path(folder)
        _copy_course(module, other, chosen)
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "autograde", name],
            cwd=other,
            env=os.environ | {PRIVATE_VARIABLE: str(other / "private")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,  # the code is 1 when a copy fails: this copy then has no points, which is a difference
        )
        nbgrader = _scores(_url(other), module)
    differences = _differences(chosen, _scores(module.db_url, module), nbgrader)
    return CrossCheck(len(chosen), tuple(differences))


def spread(learners: Sequence[str], number: int) -> list[str]:
    """Return `number` learners at regular distances; all the learners when there are fewer."""
    count = min(number, len(learners))
    return [learners[index * len(learners) // count] for index in range(count)]


def _scores(db_url: str, module: GradedModule) -> Scores:
    with Gradebook(db_url, module.course_id) as gradebook:
        return recorded_scores(gradebook, gradebook.find_notebook(module.name, module.name).id)


def _differences(learners: list[str], ours: Scores, nbgrader: Scores) -> Iterator[Difference]:
    for learner in learners:
        for cell, points in sorted(ours[learner].items()):
            other = nbgrader.get(learner, {}).get(cell)
            if points != other:
                yield Difference(learner, cell, points, other)


def _url(course: Path) -> str:
    return f"sqlite:///{course / 'gradebook.db'}"


def _copy_course(module: GradedModule, other: Path, learners: list[str]) -> None:
    """Copy the files that grading needs, and the gradebook without its learners."""
    write_config(other, OWN_STEPS)
    for part in ("source", "release"):
        shutil.copytree(module.course / part / module.name, other / part / module.name)
    if (module.course / "private").is_dir():
        shutil.copytree(module.course / "private", other / "private")
    for learner in learners:
        with opened(module.course / "submitted", learner, module.name) as copy:
            take(copy, other / "submitted" / learner / module.name, module.nbgrader.coursedir.ignore)
    with (
        Gradebook(module.db_url, module.course_id) as ours,
        Gradebook(_url(other), module.course_id) as theirs,
    ):
        for name in MASTER_TABLES:
            table = Base.metadata.tables[name]
            if rows := [dict(row) for row in ours.db.execute(select(table)).mappings()]:
                theirs.db.execute(insert(table), rows)
        theirs.db.commit()
