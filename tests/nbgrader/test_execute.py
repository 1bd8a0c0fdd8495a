"""Running a copy: what learners' code costs is bounded, and its kernel alone knows where the truth is."""

import os
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading.errors import GradingError
from autograder.grading.execute import DEAD, TOO_LONG, GradingExecute
from tests.nbgrader.cells import check, locked, notebook, own

# nbconvert would write this width as it stands, in the page that a grader opens.
ATTACK = """
from IPython.display import display
display(
    {"image/png": "AAAA"},
    raw=True,
    metadata={
        "image/png": {"width": "1 onerror=steal() ", "alt": "Courbe"},
        "filenames": {"image/png": "https://exemple.fr/pixel.png"},
    },
)
"""
RESOURCES = {"nbgrader": {"assignment": "F99-essai"}, "metadata": {}}


def text(cell: NotebookNode) -> str:
    """The plain text of a cell's only result."""
    return str(cell.outputs[0].data["text/plain"])


def errors(cell: NotebookNode) -> list[str]:
    return [output.evalue for output in cell.outputs if output.output_type == "error"]


@pytest.mark.slow
def test_an_endless_loop_or_a_dead_kernel_leave_the_earlier_results(tmp_path: Path) -> None:
    nb = notebook(
        locked("setup", "import time; time.sleep(6)"),
        own("import os; os.environ['CAMPUS_PRIVATE']"),
        own(ATTACK),
        own("while True: pass"),
        own("1 + 1"),
        own("os._exit(1)"),
        own("2 + 2"),
    )
    step = GradingExecute(private=str(tmp_path), timeout=5, shutdown_kernel="immediate")
    step.preprocess(nb, RESOURCES)
    setup, secret, picture, loop, after, exit_, lost = nb.cells
    assert errors(setup) == []  # ours: not held to the learners' five seconds
    assert text(secret) == repr(str(tmp_path))
    assert "CAMPUS_PRIVATE" not in os.environ
    assert picture.outputs[0].metadata == {"image/png": {"alt": "Courbe"}}
    assert errors(loop)[-1] == TOO_LONG
    assert text(after) == "2"
    assert errors(exit_) == [DEAD]
    assert errors(lost) == [DEAD]


def test_without_the_truth_nobody_gets_a_silent_zero(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="Le barème du module manque"):
        GradingExecute(private=str(tmp_path)).preprocess(notebook(check("un")), RESOURCES)
