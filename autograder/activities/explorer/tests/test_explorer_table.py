"""A small module whose answers are tables: checked, built, proved, answered by steps and judged."""

from pathlib import Path
from typing import Any

import pytest

from autograder.checks.check import judge_value
from autograder.checks.exercises import load_exercises
from autograder.data.load import load
from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T03-tableau")
ACTUAL = {"op": "filter", "column": "type", "test": "eq", "value": "commune-actuelle"}
BY_ZONE = {"op": "group", "column": "zone", "by": "sum", "of": "population"}


def test_its_proofs_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = MODULE.proved(tmp_path, monkeypatch)
    assert report.all_problems() == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([ACTUAL, BY_ZONE], "Chaque habitant est compté une fois."),
        ([BY_ZONE, {"op": "keep", "columns": ["population", "zone"]}], "Regardez la colonne « Type »"),
        ([ACTUAL, {**BY_ZONE, "by": "mean"}], "Votre tableau donne la moyenne de chaque groupe"),
        ([ACTUAL], "Votre tableau n’est pas regroupé : il faut une ligne par « Zone »"),
        ([ACTUAL, {**BY_ZONE, "column": "region"}], "Il manque la colonne « zone »"),
        ([ACTUAL, {"op": "summary", "by": "count"}], "la question demande un tableau"),
        ([{"op": "eval"}], "Cette étape n’existe pas dans l’explorateur."),
    ],
)
def test_a_table_is_judged_and_its_slips_are_told(
    folder: Path, steps: list[dict[str, Any]], said: str
) -> None:
    verdict = judged(folder, "zones", {"steps": steps})
    assert said in " ".join(verdict.messages)
    assert (verdict.state == "right") == (said.startswith("Chaque"))


def test_a_mistake_written_in_steps_is_known_in_code_too(folder: Path) -> None:
    towns = load("communes", 2026)
    actual = towns[towns["type"] == "commune-actuelle"]
    asked = load_exercises(folder).find("lyon")
    most = actual.nlargest(3, "population")[["nom", "population"]]
    verdict = judge_value(asked, "code", most, asked.questions["code"].sealed, {})
    assert verdict.messages == ["Il manque le département."]


def test_the_answer_is_shown_without_script(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(folder, "zones", {"steps": [ACTUAL, BY_ZONE]})
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    page = exercise("zones")._repr_html_()
    assert "Calculer la somme de population municipale, par zone" in page
    assert "Résultat : un tableau de 3 lignes" in page
