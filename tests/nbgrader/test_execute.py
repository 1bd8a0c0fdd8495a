"""nbgrader's own step, by our engine (the default) and by a kernel (explicit, unsafe)."""

import os
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading.engine.engine import RECORD
from autograder.grading.errors import GradingError
from autograder.grading.execute import GradingExecute
from autograder.grading.kernel import DEAD, TOO_LONG
from autograder.sandbox.results import NOTES
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


def resources(folder: Path) -> dict[str, dict[str, str]]:
    names = {"assignment": "F99-essai", "notebook": "F99-essai", "student": "ines"}
    return {"nbgrader": names, "metadata": {"path": str(folder)}}


def text(cell: NotebookNode) -> str:
    """The plain text of a cell's only result."""
    return str(cell.outputs[0].data["text/plain"])


def errors(cell: NotebookNode) -> list[str]:
    return [output.evalue for output in cell.outputs if output.output_type == "error"]


def costly() -> NotebookNode:
    return notebook(
        locked("setup", "import time; time.sleep(6)"),
        own("import os; os.environ.get('CAMPUS_PRIVATE')"),
        own(ATTACK),
        own("while True: pass"),
        own("1 + 1"),
        own("os._exit(1)"),
        own("2 + 2"),
    )


def test_the_engine_bounds_what_learners_code_costs_and_tells_the_instructor(tmp_path: Path) -> None:
    nb, _ = GradingExecute(course=str(tmp_path), timeout=5).preprocess(costly(), resources(tmp_path))
    setup, secret, picture, loop, after, exit_, lost = nb.cells
    assert picture.outputs[0].metadata == {"image/png": {"alt": "Courbe"}}
    assert errors(setup) == []  # ours: not held to the learners' five seconds
    assert secret.outputs == []
    assert errors(loop)[-1] == NOTES["time"]
    assert text(after) == "2"
    assert errors(exit_) == [NOTES["died"]]
    assert errors(lost) == [NOTES["not_run"]]
    assert nb.metadata[RECORD]["flags"] == [
        "cellule n° 4 : temps dépassé, exécution interrompue",
        "cellule n° 6 : le programme s’est arrêté brutalement",
    ]


@pytest.mark.slow
def test_with_a_kernel_too_an_endless_loop_or_a_dead_kernel_leave_the_earlier_results(tmp_path: Path) -> None:
    step = GradingExecute(course=str(tmp_path), engine="kernel", timeout=5, shutdown_kernel="immediate")
    nb, _ = step.preprocess(costly(), resources(tmp_path))
    setup, secret, picture, loop, after, exit_, lost = nb.cells
    assert picture.outputs[0].metadata == {"image/png": {"alt": "Courbe"}}
    assert errors(setup) == []
    assert text(secret) == repr(str(tmp_path / "private"))
    assert "CAMPUS_PRIVATE" not in os.environ
    assert errors(loop)[-1] == TOO_LONG
    assert text(after) == "2"
    assert errors(exit_) == [DEAD]
    assert errors(lost) == [DEAD]


@pytest.mark.parametrize("engine", ["sandbox", "kernel"])
def test_without_the_truth_nobody_gets_a_silent_zero(tmp_path: Path, engine: str) -> None:
    step = GradingExecute(course=str(tmp_path), engine=engine)
    with pytest.raises(GradingError, match="Le barème du module manque"):
        step.preprocess(notebook(check("un")), resources(tmp_path))
