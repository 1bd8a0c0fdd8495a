"""A run killed at any moment: the same command again ends as if nothing had happened."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from autograder.grading.batch.run import WORK
from tests.nbgrader.batch_course import BatchCourse, make_course
from tests.nbgrader.test_batch_nbgrader import files, rows

STEPS = (3, 4, 5, 6, 7, 9)


def test_a_run_killed_again_and_again_ends_like_one_that_was_not(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    for number in range(9):
        course.hand_in(f"l{number}", f"total = {number}", timestamp="2026-01-01 00:00:00 UTC")
    other = BatchCourse(tmp_path / "whole", course.store)
    shutil.copytree(course.root, other.root)
    other.grade(reuse=False)

    # Copies graded before, then handed in anew: the killed runs replace folders and rows.
    course.hand_in("l0", "total = 'avant'")
    course.grade(learners=("l0",), reuse=False)
    course.hand_in("l0", "total = 0", timestamp="2026-01-01 00:00:00 UTC")

    for number in STEPS:
        command = [sys.executable, "-m", "tests.nbgrader.batch_killed"]
        arguments = [str(course.root), str(tmp_path / "kept"), str(number)]
        assert subprocess.run([*command, *arguments]).returncode == -signal.SIGKILL
    assert course.grade(workers=2).ok
    assert rows(course.root) == rows(other.root)
    assert files(course.root) == files(other.root)
    assert not list((course.root / "autograded" / WORK).glob("*"))
    assert course.grade().graded == 0
