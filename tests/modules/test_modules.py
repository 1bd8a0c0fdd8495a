"""Every module executed with papermill: the proof that continuous integration asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import paths
from autograder.build import BuiltModule
from autograder.grading.release import load_config
from autograder.modules.load import module_folders
from autograder.run.run import Report, run

MODULES = [folder.name for folder in module_folders()]


@pytest.fixture(scope="module")
def reports(
    tmp_path_factory: pytest.TempPathFactory, built_module: Callable[[str, Path], BuiltModule]
) -> dict[str, Report]:
    """Prove all the modules at once, as `campus run` does: the processes that execute them start once."""
    course = tmp_path_factory.mktemp("course")
    for name in MODULES:
        built_module(name, course)
    proved = run(MODULES, load_config(paths.course()), {}, course=course)
    return dict(zip(MODULES, proved, strict=True))


@pytest.mark.parametrize("folder", MODULES)
def test_a_module_gives_full_marks_when_solved_zero_when_empty_and_meets_each_mistake(
    folder: str, reports: dict[str, Report]
) -> None:
    report = reports[folder]
    assert report.id == folder.partition("-")[0]
    row = report.to_json()
    assert row["problems"] == []
    assert row["solved"]["points"] == row["solved"]["max"] > 0
    assert row["released"] == {"points": 0, "errors": []}
    assert row["answers"]["accepted"] == row["answers"]["total"] > 0
    assert row["mistakes"]["recognised"] == row["mistakes"]["total"] > 0
