"""`campus demo`: what it expects is computed, and a difference is a failure."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.pipeline import build
from autograder.cli import main
from autograder.proofs import demo
from autograder.proofs.cohort import Material, Submission, cohort
from autograder.proofs.demo import Row

MODULES = Path(__file__).parent / "modules"
RIGHT = Row("T01-essai", "juste", expected=4, obtained=4, feedback=True)


@pytest.fixture
def submissions(tmp_path: Path) -> dict[str, Submission]:
    """The cohort of the test module, by profile."""
    (built,) = build(["T01"], tmp_path, root=MODULES)
    notebook = nbformat.read(built.source / "T01-essai.ipynb", as_version=4)
    private = json.loads(built.private.read_text(encoding="utf-8"))
    made = cohort(Material(built.module, private, notebook, nbformat.v4.new_notebook()))
    return {submission.profile: submission for submission in made}


def test_expected_points_come_from_the_module(submissions: dict[str, Submission]) -> None:
    expected = {profile: submission.expected for profile, submission in submissions.items()}
    assert expected["juste, par le code"] == expected["juste, par les formulaires"] == 4
    assert expected["à moitié fait"] == 2
    assert (
        expected["erreur connue n° 1"] == 1
    )  # half of the credit of the first mistake, nothing for the form
    assert expected["fichier de réponses tronqué (JSON)"] == 2
    assert expected["carnet d’un autre module"] == 0
    assert expected["carnet tronqué (JSON)"] is None


def test_each_learner_has_a_folder_of_their_own(submissions: dict[str, Submission]) -> None:
    assert len({demo.learner_of(submission) for submission in submissions.values()}) == len(submissions)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (RIGHT, 0),
        (Row("T01-essai", "tronqué", expected=None, obtained=None, feedback=False), 0),
        (Row("T01-essai", "faux", expected=4, obtained=3, feedback=True), 1),
        (Row("T01-essai", "perdu", expected=4, obtained=None, feedback=False), 1),
        (Row("T01-essai", "sans retour", expected=4, obtained=4, feedback=False), 1),
    ],
)
def test_a_difference_fails_the_command(
    row: Row, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def grade(demos: list[demo.Demo], on_submission: Callable[[], object]) -> list[Row]:
        return [RIGHT, row]

    monkeypatch.setattr(demo, "prepare", lambda names, root: [])
    monkeypatch.setattr(demo, "grade", grade)
    assert main(["demo", "--json"]) == code
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] == (code == 0)
    assert {"profile", "expected", "obtained"} <= answer["rows"][1].keys()


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "carnet de notes").touch()
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    assert "n’est pas vide" in capsys.readouterr().err
