"""Every module proved, as continuous integration asks: by its own submissions, in a notebook and in grading, and twice the same.

What is slow to make, a build, the notebooks that papermill executes, an engine, is made once for each module and serves all its tests.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.grading.engine.engine import Copy, Engine, Graded
from autograder.grading.release import load_config
from autograder.modules.load import load_modules
from autograder.modules.model import Module
from autograder.proofs.execute import Said
from autograder.proofs.released import released
from autograder.proofs.report import SOLVED, Report
from autograder.proofs.run import WHOLE, run
from autograder.proofs.variants import Variant, fill
from tests.covering import covering
from tests.nbgrader.test_deterministic import differences

pytestmark = pytest.mark.slow


def kinds(module: Module) -> set[str]:
    """The kinds of answers that a module asks for, by code and by form."""
    exercises = module.exercises.values()
    by_code = {f"code {one.answer['kind']}" for one in exercises if one.solution is not None}
    return by_code | {f"form {one.form['widget']}" for one in exercises}


ALL_COPIES = covering({module.folder_name: kinds(module) for module in load_modules()})
"""Modules that have, together, each kind of answer: grading marks all their copies; of the others, the four whole ones."""


@dataclass(frozen=True)
class Proved:
    """A module of the course, released, and what `campus run` says of it."""

    built: BuiltModule
    course: Path
    blank: NotebookNode
    report: Report

    @property
    def name(self) -> str:
        return self.built.module.folder_name


@pytest.fixture(scope="module", params=[module.folder_name for module in load_modules()])
def proved(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    built_module: Callable[[str, Path], BuiltModule],
) -> Proved:
    name, course, config = request.param, tmp_path_factory.mktemp("course"), load_config(paths.course())
    built = built_module(name, course)
    (report,) = run([name], config, {}, course=course, whole=request.config.getoption("whole"))
    blank = released(built.source / f"{name}.ipynb", config)
    (course / "release" / name).mkdir(parents=True)
    nbformat.write(blank, course / "release" / name / f"{name}.ipynb")
    return Proved(built, course, blank, report)


def grade(engine: Engine, proved: Proved, variant: Variant, folder: Path) -> Graded:
    """Grade a submission, in a new folder."""
    notebook, answers = fill(proved.built.module, proved.blank, variant)
    folder.mkdir()
    (folder / "reponses.json").write_text(json.dumps(answers), encoding="utf-8")
    return engine.grade(Copy(notebook, folder))


@contextmanager
def graded(proved: Proved, variants: list[Variant], folder: Path) -> Iterator[dict[str, Graded]]:
    folder.mkdir(parents=True)
    with Engine(proved.course, proved.name) as engine:
        yield {
            variant.name: grade(engine, proved, variant, folder / str(number))
            for number, variant in enumerate(variants)
        }


@pytest.fixture(scope="module")
def marked(
    request: pytest.FixtureRequest, proved: Proved, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Graded]:
    """The submissions as grading marks them."""
    every = proved.name in ALL_COPIES or request.config.getoption("whole")
    variants = [one.variant for one in proved.report.proofs if every or one.variant.name in WHOLE]
    with graded(proved, variants, tmp_path_factory.mktemp("copies") / "a") as found:
        return found


def said(notebook: NotebookNode) -> dict[str, Said]:
    """What each check cell says, with its points by nbgrader's own rule."""
    return {
        cell.metadata.nbgrader.grade_id.removesuffix("-check"): Said(
            determine_grade(cell)[0], output.data["text/html"]
        )
        for cell in notebook.cells
        if is_grade(cell) and cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result"
    }


def test_a_module_gives_full_marks_when_solved_zero_when_empty_and_meets_each_mistake(proved: Proved) -> None:
    row = proved.report.to_json()
    assert row["problems"] == []
    assert row["solved"]["points"] == row["solved"]["max"] > 0
    assert row["released"] == {"points": 0, "errors": []}
    assert row["answers"]["accepted"] == row["answers"]["total"] > 0
    assert row["mistakes"]["recognised"] == row["mistakes"]["total"] > 0


def test_grading_in_two_processes_says_to_the_letter_what_the_notebook_says(
    proved: Proved, marked: dict[str, Graded]
) -> None:
    proofs = {one.variant.name: one for one in proved.report.proofs}
    assert set(WHOLE) <= set(marked)
    for name, copy in marked.items():
        assert said(copy.notebook) == proofs[name].ran.checks, name
        assert copy.flags == []


def test_a_solved_module_shows_the_same_twice(
    proved: Proved, marked: dict[str, Graded], tmp_path: Path
) -> None:
    if not proved.built.module.deterministic:
        return
    variants = [one.variant for one in proved.report.proofs if one.variant.name in SOLVED]
    with graded(proved, variants, tmp_path / "b") as again:  # by an engine that shares nothing with the first
        for name, copy in again.items():
            assert differences(marked[name].notebook, copy.notebook) == []
