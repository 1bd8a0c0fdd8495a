"""Grading in one kernel, as nbgrader does, marks as grading in two processes does, to the letter.

What a notebook and what grading in two processes say of every module is compared in `tests/modules`.
"""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.contract.names import EXERCISES
from autograder.grading.engine.engine import Copy, Engine
from autograder.grading.kernel import KernelExecute
from autograder.grading.release import load_config
from autograder.proofs.released import released
from autograder.proofs.variants import BY_CODE, FIRST_MISTAKES, fill, variants
from tests.modules.test_modules import said

pytestmark = pytest.mark.slow


def by_kernel(course: Path, module: str, notebook: NotebookNode, folder: Path) -> NotebookNode:
    step = KernelExecute(course=str(course), shutdown_kernel="immediate")
    resources = {"nbgrader": {"assignment": module, "notebook": module}, "metadata": {"path": str(folder)}}
    return step.preprocess(copy.deepcopy(notebook), resources)[0]


def test_one_kernel_marks_as_two_processes_do(
    tmp_path: Path, built_module: Callable[[str, Path], BuiltModule]
) -> None:
    course, folder = tmp_path / "course", tmp_path / "copie"
    built = built_module("F01", course)
    module, name = built.module, built.module.folder_name
    blank = released(built.source / f"{name}.ipynb", load_config(paths.home() / "course"))
    folder.mkdir()
    (course / "release" / name).mkdir(parents=True)
    nbformat.write(blank, course / "release" / name / f"{name}.ipynb")
    (folder / EXERCISES).write_bytes((built.source / EXERCISES).read_bytes())
    private = json.loads(built.private.read_text(encoding="utf-8"))
    chosen = [one for one in variants(module, private) if one.name in (BY_CODE, FIRST_MISTAKES)]
    with Engine(course, name) as engine:
        for variant in chosen:
            notebook, answers = fill(module, blank, variant)
            (folder / "reponses.json").write_text(json.dumps(answers), encoding="utf-8")
            split = engine.grade(Copy(notebook, folder)).notebook
            assert said(split) == said(by_kernel(course, name, notebook, folder)) != {}
            assert sum(one.points for one in said(split).values()) == pytest.approx(variant.points)
