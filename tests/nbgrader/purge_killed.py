"""`python -m tests.nbgrader.purge_killed ID N`: erase a person, and die by SIGKILL at the N-th step.

A step is each file or folder removed, and each moment before and after the gradebook changes.
"""

import sys

from autograder.cli import main
from autograder.followup.people import gradebook, purge
from tests.nbgrader import batch_killed

if __name__ == "__main__":
    batch_killed.left = int(sys.argv[2])
    batch_killed.watch(purge, "_remove")
    batch_killed.watch(purge, "is_named")
    batch_killed.watch(gradebook, "compact")
    batch_killed.watch(gradebook.Gradebook, "remove_student")
    sys.exit(main(["purge", "--yes", sys.argv[1]]))
