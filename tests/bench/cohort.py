"""A cohort of learners among whom many hand in the same thing, and what a copy costs as the cohort grows."""

import hashlib
from typing import Any

from tests.bench.assignments import Assignment
from tests.bench.grading import environment
from tests.bench.processor import Spent, spent_by, tell

COHORT = 1_000
COHORT_BY_CODE = 200
"""By code, free answers make almost every copy different: more of them say nothing more."""
GROWTH = (10, 100, 1_000, 10_000)


def cohort(assignment: Assignment, number: int, nbgrader_wall: float, compared: int) -> dict[str, Any]:
    """Grade a cohort with two workers, results reused; compare with nbgrader's time per copy, measured on `compared`."""
    copies = assignment.copies(number, seed=2)
    spent = _grade(assignment, copies)
    distinct = len({hashlib.sha256(f"{one.notebook}{one.answers}".encode()).digest() for one in copies})
    return {
        "module": assignment.name,
        "n": len(copies),
        "distinct": distinct,
        "seconds": spent.wall,
        "cpu_seconds": spent.cpu,
        "throughput_ratio_nbgrader": nbgrader_wall * len(copies) / spent.wall,
        "extrapolated_from": compared,
    }


def growth(assignment: Assignment, quick: bool) -> list[dict[str, Any]]:
    """Return the processor time of whole commands per copy, for cohorts from 10 to 10,000 drawn alike."""
    rows = []
    for number in GROWTH[:2] if quick else GROWTH:
        spent = _grade(assignment, assignment.copies(number, seed=number))
        rows.append({"n": number, "cpu_per_submission": spent.cpu / number, "seconds": spent.wall})
    return rows


def _grade(assignment: Assignment, copies: list) -> Spent:
    tell(f"{assignment.name}: a cohort of {len(copies)}")
    assignment.hand_in(assignment.ours, copies)
    env = environment(assignment)
    env["CAMPUS_CACHE"] += f"-{len(copies)}"  # nothing is known in advance
    return spent_by(["campus", "grade", assignment.name, "--workers", "2"], env=env)
