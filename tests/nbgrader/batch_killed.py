"""`python -m tests.nbgrader.batch_killed COURSE KEPT N`: grade, and die by SIGKILL at the N-th step of a copy.

A step is each moment where an interruption leaves something half done: before a run, before and after the
gradebook is written, before the folder is put in place.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from autograder.grading.batch import folder
from autograder.grading.batch.gradebook import GradebookWriter
from autograder.grading.batch.reuse import ResultStore
from tests.nbgrader.batch_course import BatchCourse, FakeEngine

left = 0


def step() -> None:
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def watch(owner: Any, name: str) -> None:
    """Count a step before and after each call of a function."""
    function = getattr(owner, name)

    def watched(*args: Any, **options: Any) -> Any:
        step()
        result = function(*args, **options)
        step()
        return result

    setattr(owner, name, watched)


if __name__ == "__main__":
    root, kept, left = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    watch(FakeEngine, "grade")
    watch(GradebookWriter, "save")
    watch(folder.os, "rename")
    BatchCourse(root, ResultStore(kept)).grade(workers=2)
