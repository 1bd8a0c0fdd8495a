"""Settings that cannot be read stop nbgrader: it would go on with its own, and run learners' code unprotected."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.errors import GradingError
from autograder.grading.release import load_config, write_config
from autograder.grading.settings import CONFIG_FILE

SLIPS = {
    "nom inconnu": ("c.Exchange.root = chemin\n", "ligne 7, NameError : name 'chemin' is not defined"),
    "parenthèse": ("print((\n", "ligne 7"),
    "module absent": ("import reglages_de_l_ecole\n", "ligne 7, ModuleNotFoundError"),
}


@pytest.fixture(params=SLIPS)
def slip(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A course with a slip at the end of its settings, and what is told of it."""
    text, told = SLIPS[request.param]
    write_config(tmp_path, text)
    return tmp_path, told


def test_our_commands_say_where(slip: tuple[Path, str]) -> None:
    course, told = slip
    with pytest.raises(GradingError) as stopped:
        load_config(course)
    assert f"« {course / CONFIG_FILE} » ne se lit pas ({told}" in str(stopped.value)


@pytest.mark.parametrize("command", ["autograde", "generate_feedback", "collect"])
def test_nbgrader_s_commands_stop_there_too(slip: tuple[Path, str], command: str) -> None:
    course, told = slip
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", command, "F01"], cwd=course, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert f"ne se lit pas ({told}" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_settings_in_json_stop_it_too(tmp_path: Path) -> None:
    write_config(tmp_path)
    (tmp_path / "nbgrader_config.json").write_text('{"Exchange": ')
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "F01"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "nbgrader_config.json » ne se lit pas (ligne 1" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_settings_that_are_right_stop_nothing(tmp_path: Path) -> None:
    write_config(tmp_path, "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert load_config(tmp_path).LateSubmissionPlugin.penalty_method == "zero"
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", "collect", "F01"], cwd=tmp_path, capture_output=True, text=True
    )
    assert "ne se lit pas" not in ran.stderr
