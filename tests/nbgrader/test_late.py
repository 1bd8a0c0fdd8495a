"""Dates in French time, on both routes: nobody is punished two hours early, lateness is told, a doubtful date is never guessed."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.config import COURSE_ID
from autograder.grading.dates import NO_DATE
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

pytestmark = pytest.mark.slow

DUE = "2026-07-01 14:30 Europe/Paris"
EARLY = "2026-07-01 14:00:00.000000 CEST"
"""Half an hour before: what nbgrader writes in summer with `c.Exchange.timezone = "Europe/Paris"`."""
LATE = "2026-07-01 16:35 +0200"


def nbgrader(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=root, capture_output=True, text=True
    )


def due_date(root: Path) -> datetime:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        found: datetime = gradebook.find_assignment(MODULE).duedate
        return found


def scores(root: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        return {
            one.student.id: one.score
            - sum(notebook.late_submission_penalty or 0 for notebook in one.notebooks)
            for one in gradebook.assignment_submissions(MODULE)
        }


@pytest.fixture
def course(tmp_path: Path) -> BatchCourse:
    made = make_course(tmp_path)
    with (made.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    assert nbgrader(made.root, "db", "assignment", "add", MODULE, f"--duedate={DUE}").returncode == 0
    made.hand_in("ada", timestamp=EARLY)
    made.hand_in("bob", timestamp=LATE)
    made.hand_in("eve", timestamp="01/07/2026 23:00")
    return made


@pytest.mark.parametrize(
    "due", [DUE, "2026-07-01 14:30:00 CEST", "2026-07-01 14:30:00 +0200", "2026-07-01T14:30 +0200"]
)
def test_a_due_date_in_paris_time_is_kept_right(course: BatchCourse, due: str) -> None:
    assert nbgrader(course.root, "db", "assignment", "add", MODULE, f"--duedate={due}").returncode == 0
    assert due_date(course.root) == datetime(2026, 7, 1, 12, 30)


def test_a_doubtful_due_date_is_refused_and_the_old_one_kept(course: BatchCourse) -> None:
    ran = nbgrader(course.root, "db", "assignment", "add", MODULE, "--duedate=01/07/2026 14:30")
    assert ran.returncode == 1
    assert "2026-07-01 14:30 Europe/Paris" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert due_date(course.root) == datetime(2026, 7, 1, 12, 30)


def test_campus_grade_tells_who_is_late_and_what_it_costs(course: BatchCourse) -> None:
    report = course.grade()
    assert scores(course.root) == {"ada": 4, "bob": 0, "eve": 4}
    assert report.flags == {
        "bob": ("rendue 2\u00a0h\u00a005 après la date limite ; pénalité : 4 points",),
        "eve": (NO_DATE,),
    }
    assert course.grade().flags == report.flags, "told again when nothing is to be graded"


def test_nbgrader_autograde_reads_the_same_dates(course: BatchCourse) -> None:
    ran = nbgrader(course.root, "autograde", MODULE)
    assert ran.returncode == 0, ran.stderr
    assert NO_DATE in ran.stderr
    assert scores(course.root) == {"ada": 4, "bob": 0, "eve": 4}


def test_near_identical_learners_are_told_and_graded(course: BatchCourse) -> None:
    course.hand_in("Ada", timestamp=EARLY)
    course.hand_in("p[1]", timestamp=EARLY)
    flags = course.grade().flags
    assert "ressemble à « Ada »" in flags["ada"][0]
    assert "ressemble à « ada »" in flags["Ada"][0]
    assert "[ ]" in flags["p[1]"][0]
