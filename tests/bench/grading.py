"""What grading one copy costs: the bare floor, ours with sandbox and split, nbgrader, otter; same copies, same run.

Each command runs once on one copy, then on the others: the difference is the cost of a copy, without the start.
"""

import dataclasses
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.sandbox.client import SETTINGS
from tests.bench.assignments import Assignment, learner
from tests.bench.otter import otter
from tests.bench.processor import Spent, spent_by, tell

SEED = 1


@dataclasses.dataclass(frozen=True)
class Sizes:
    """How many copies are graded: by nbgrader, which is slow; by the floor and ours, which are not."""

    slow: int = 40
    fast: int = 200
    slowest: int = 10
    """By otter, in one process: each copy takes it as long as two of nbgrader's."""


def measure(assignment: Assignment, sizes: Sizes, scratch: Path) -> dict[str, Any]:
    """Return the figures of `build/bench.json` for one assignment; leave the course directories graded."""
    copies = assignment.copies(sizes.fast, SEED)
    tell(f"{assignment.name}: {sizes.fast} copies")
    floor = _floor(assignment, copies, scratch / "few")
    alone = ours(assignment, copies, "--workers", "1", "--no-reuse")
    one_worker = ours(assignment, copies, "--workers", "1")
    two_workers = ours(assignment, copies, "--workers", "2")
    mine = scores(assignment, assignment.ours)
    nbgrader = _nbgrader(assignment, copies[: sizes.slow])
    theirs = scores(assignment, assignment.theirs)
    row: dict[str, Any] = {
        "copies": sizes.fast,
        "distinct": len(set(copies)),
        "copies_nbgrader": sizes.slow,
        "floor_cpu": floor.cpu,
        "ours_cpu": one_worker.cpu,
        "ours_no_reuse_cpu": alone.cpu,
        "nbgrader_cpu": nbgrader.cpu,
        "otter_cpu": None,
        "floor_wall": floor.wall,
        "ours_wall": one_worker.wall,
        "ours_no_reuse_wall": alone.wall,
        "ours_wall_2_workers": two_workers.wall,
        "nbgrader_wall": nbgrader.wall,
        "cpu_ratio_nbgrader": nbgrader.cpu / one_worker.cpu,
        "cpu_ratio_floor": one_worker.cpu / floor.cpu,
        "cpu_ratio_nbgrader_no_reuse": nbgrader.cpu / alone.cpu,
        "cpu_ratio_floor_no_reuse": alone.cpu / floor.cpu,
        "throughput_ratio_1_worker": nbgrader.wall / one_worker.wall,
        "throughput_ratio_2_workers": nbgrader.wall / two_workers.wall,
        "scores_compared": len(theirs),
        "score_differences": [
            {"learner": who, "cell": cell, "ours": mine.get((who, cell)), "nbgrader": points}
            for (who, cell), points in theirs.items()
            if mine.get((who, cell)) != points
        ],
    }
    if assignment.otter:
        found = otter(assignment, sizes.slowest, scratch / "otter")
        row["otter_cpu"] = found.cpu if found else None
    return row


def ours(assignment: Assignment, copies: list, *options: str) -> Spent:
    """Return what `campus grade` spends per copy, as it comes but for `options`, with nothing kept from an earlier run."""
    assignment.hand_in(assignment.ours, copies)
    command = ["campus", "grade", assignment.name, *options]
    env = environment(assignment)
    one = spent_by([*command, "--learner", learner(0)], env=env)
    assignment.hand_in(assignment.ours, copies)
    shutil.rmtree(env["CAMPUS_CACHE"], ignore_errors=True)
    spent = (spent_by(command, env=env) - one) / (len(copies) - 1)
    shutil.rmtree(env["CAMPUS_CACHE"], ignore_errors=True)
    return spent


def environment(assignment: Assignment) -> dict[str, str]:
    """Return the variables that make `campus` work in this course directory, with a cache of its own."""
    return {"CAMPUS_COURSE": str(assignment.ours), "CAMPUS_CACHE": str(assignment.ours.parent / "cache")}


def scores(assignment: Assignment, course: Path) -> dict[tuple[str, str], float | None]:
    """Return the automatic points by learner and cell, as the gradebook of `course` has them."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "campus") as gradebook:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(assignment.name)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def _floor(assignment: Assignment, copies: list, few: Path) -> Spent:
    env = SETTINGS | {"NBGRADER_EXECUTION": "autograde", "CAMPUS_PRIVATE": str(assignment.ours / "private")}
    command = [sys.executable, "-m", "tests.bench.floor", assignment.name]
    assignment.hand_in(assignment.ours, copies)
    one = few / learner(0)
    one.parent.mkdir(parents=True)
    os.symlink(assignment.ours / "submitted" / learner(0), one)
    first = spent_by([*command, str(few)], env=env)
    rest = spent_by([*command, str(assignment.ours / "submitted")], env=env)
    return (rest - first) / (len(copies) - 1)


def _nbgrader(assignment: Assignment, copies: list) -> Spent:
    assignment.hand_in(assignment.theirs, copies)
    command = ["nbgrader", "autograde", assignment.name]
    one = spent_by([*command, "--student", learner(0)], cwd=assignment.theirs)
    return (spent_by(command, cwd=assignment.theirs) - one) / (len(copies) - 1)
