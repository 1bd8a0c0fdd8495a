"""A module that says nothing is held to its word: run twice, from the start, it shows the same; or it must say otherwise."""

import json
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading.engine.engine import Copy, Engine
from tests.nbgrader.cells import answer, locked, notebook
from tests.security.graded import PLAIN, check, plain_assignment

SAYS_SO = "La cellule « {cell} » ne montre pas deux fois la même chose : fixez-en le tirage, ou écrivez « deterministic: false » dans module.yml."


def shown(graded: NotebookNode) -> list[tuple[str, str]]:
    """What each code cell shows, numbers of execution left out."""
    return [
        (cell.source, json.dumps([dict(output, execution_count=None) for output in cell.outputs]))
        for cell in graded.cells
        if cell.cell_type == "code"
    ]


def differences(first: NotebookNode, second: NotebookNode) -> list[str]:
    pairs = zip(shown(first), shown(second), strict=True)
    return [SAYS_SO.format(cell=a[0][:60]) for a, b in pairs if a != b]


DRAWS = {
    "hasard": "import random\nx = random.random()",
    "hasard de numpy": "import numpy as np\nx = np.random.default_rng().random()",
    "heure": "import time\nx = time.time_ns()",
}
STEADY = {
    "hasard fixé": "import random\nrandom.seed(1)\nx = random.random()",
    "ordre d’un ensemble": "x = list({'a', 'b', 'c', 'd'})",
}


@pytest.mark.parametrize("place", ["setup", "a"])
@pytest.mark.parametrize("source", [*DRAWS, *STEADY])
def test_a_draw_is_seen_wherever_it_is(tmp_path: Path, source: str, place: str) -> None:
    texts = {"setup": "x = 0", "a": "y = 0", place: f"{(DRAWS | STEADY)[source]}\nprint(x)"}
    nb = notebook(
        locked("setup", texts["setup"]), answer("a", texts["a"]), check("c", "assert x is not None", 1)
    )
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine as first, Engine(tmp_path, PLAIN) as second:
        runs = [engine.grade(Copy(nb, tmp_path / "release" / PLAIN)).notebook for engine in (first, second)]
    assert bool(differences(*runs)) == (source in DRAWS)
