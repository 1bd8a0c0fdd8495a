"""Every module executed with papermill: the proof that continuous integration asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import paths
from autograder.build import BuiltModule
from autograder.grading.release import load_config
from autograder.modules.load import module_folders
from autograder.run.run import run


@pytest.mark.parametrize("folder", [folder.name for folder in module_folders()])
def test_a_module_gives_full_marks_when_solved_zero_when_empty_and_meets_each_mistake(
    folder: str, tmp_path: Path, built_module: Callable[[str, Path], BuiltModule]
) -> None:
    built_module(folder, tmp_path)
    (report,) = run([folder], load_config(paths.course()), {}, course=tmp_path)
    row = report.to_json()
    assert row["problems"] == []
    assert row["solved"]["points"] == row["solved"]["max"] > 0
    assert row["released"] == {"points": 0, "errors": []}
    assert row["answers"]["accepted"] == row["answers"]["total"] > 0
    assert row["mistakes"]["recognised"] == row["mistakes"]["total"] > 0
