"""Continuous integration only calls what exists; and its script says what producers publish."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import refresh_all
from autograder import paths
from autograder.cli import _parser
from autograder.data.changes import Changes
from autograder.data.errors import DataError
from autograder.data.refresh import Refreshed

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"])


COMMANDS = [
    step["run"] for path in WORKFLOWS for job in jobs(path).values() for step in job["steps"] if "run" in step
]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_write_nothing_and_ends(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in jobs(path).values())


def test_each_change_runs_all_tests_and_each_week_what_is_too_long_for_them() -> None:
    assert [path.stem for path in WORKFLOWS] == ["tests", "weekly"]
    assert "make test" in COMMANDS
    assert any("campus run --whole" in command for command in COMMANDS)
    matrix = jobs(WORKFLOWS[1])["interpreters"]["strategy"]["matrix"]["python"]
    assert matrix == ["3.11", "3.12", "3.13", "3.14"]


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_what_a_workflow_calls_exists(command: str) -> None:
    subprocess.run(["bash", "-n", "-c", command], check=True)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z-]+)", command)) <= set(targets)
    verbs = next(action.choices for action in _parser()._actions if action.dest == "verb")
    assert set(re.findall(r"\bcampus ([a-z]+)", command)) <= set(verbs or ())
    assert all((ROOT / script).is_file() for script in re.findall(r"\bscripts/\S+\.py|\./\w+", command))


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.datasets(), tmp_path / "datasets"))


def test_each_dataset_is_asked_of_its_producer_once_and_a_failure_does_not_hide_the_others(
    datasets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def get(known: Any, resource: Any, vintage: int) -> Refreshed:
        asked.append(resource.dataset)
        if len(asked) == 1:
            raise DataError("Le producteur ne répond pas.")
        return Refreshed(f"{resource.dataset}-{vintage}", resource.id, 3, Changes([], [], [], {}))

    assert not refresh_all.refresh_all(datasets, get)
    assert len(asked) == len(set(asked)) > 1
    said = capsys.readouterr().out
    assert "Le producteur ne répond pas." in said
    assert said.count("3 lignes") == len(asked) - 1
