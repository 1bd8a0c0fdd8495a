"""The build's promise: a module's copies get the same points in one kernel, as in nbgrader, and in two processes.

Every copy is graded in two processes and gets the points that its author means; `tests/modules` proves the same of kernels. A few
copies, one of each sort, are graded here by a kernel too, and compared to the letter.
"""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade

from autograder import paths
from autograder.build import BuiltModule
from autograder.build.released import released
from autograder.build.variants import fill, variants
from autograder.checks.text import render
from autograder.grading.engine.engine import Copy, Engine
from autograder.grading.kernel import KernelExecute
from autograder.grading.release import load_config
from autograder.modules.load import module_folders

pytestmark = pytest.mark.slow

ONE_OF_EACH = {
    "juste, par le code",
    "juste, par les formulaires",
    "vide",
    "autre bonne réponse n° 1",
    "erreur connue n° 1",
}


@pytest.fixture(scope="module", params=[folder.name for folder in module_folders()])
def name(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def points(notebook: NotebookNode) -> dict[str, float]:
    """The points of each check cell, by nbgrader's own rule."""
    checks = [cell for cell in notebook.cells if is_grade(cell) and cell.cell_type == "code"]
    return {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in checks}


def by_kernel(course: Path, module: str, notebook: NotebookNode, folder: Path) -> NotebookNode:
    step = KernelExecute(course=str(course), shutdown_kernel="immediate")
    resources = {"nbgrader": {"assignment": module, "notebook": module}, "metadata": {"path": str(folder)}}
    return step.preprocess(copy.deepcopy(notebook), resources)[0]


def test_every_copy_gets_the_same_points_both_ways(
    name: str, tmp_path: Path, built_module: Callable[[str, Path], BuiltModule]
) -> None:
    course, folder = tmp_path / "course", tmp_path / "copie"
    built = built_module(name, course)
    module, source = built.module, built.source / f"{built.module.folder_name}.ipynb"
    blank = released(source, load_config(paths.home() / "course"))
    folder.mkdir()
    (course / "release" / module.folder_name).mkdir(parents=True)
    nbformat.write(blank, course / "release" / module.folder_name / source.name)
    (folder / ".exercises.json").write_bytes((built.source / ".exercises.json").read_bytes())
    with Engine(course, module.folder_name) as engine:
        for variant in variants(module, json.loads(built.private.read_text(encoding="utf-8"))):
            notebook, answers = fill(module, blank, variant)
            (folder / "reponses.json").write_text(json.dumps(answers), encoding="utf-8")
            graded = engine.grade(Copy(notebook, folder))
            split = graded.notebook
            assert sum(points(split).values()) == pytest.approx(variant.points), variant.name
            shown = "".join(_verdicts(split))
            assert all(render(m.message) in shown for made in variant.mistakes.values() for m in made)
            assert graded.flags == []
            if variant.name in ONE_OF_EACH:
                kernel = by_kernel(course, module.folder_name, notebook, folder)
                assert points(split) == points(kernel), variant.name
                assert _verdicts(split) == _verdicts(kernel), variant.name


def _verdicts(notebook: NotebookNode) -> list[str]:
    """What each check cell tells the learner."""
    return [
        output.data["text/html"]
        for cell in notebook.cells
        if is_grade(cell) and cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]
