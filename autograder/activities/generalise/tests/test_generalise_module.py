"""A small module with two files to generalise: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T05-generaliser")


def test_the_example_for_authors_is_an_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("lecteurs")


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("lecteurs", {"lieu": "ville", "age": "tranche"}, 2),
        ("lecteurs", {"age": "retire"}, 0),
        ("elus", {"territoire": "departement", "naissance": "generation", "fonction": "retire"}, 2),
        ("elus", {"territoire": "region", "naissance": "retire", "sexe": "retire"}, 2),
        ("elus", {"territoire": "france", "naissance": "tranche"}, 2),
        ("elus", {"territoire": "region", "naissance": "generation", "fonction": "retire"}, 0),
    ],
)
def test_every_setting_that_follows_the_rule_earns_all(
    folder: Path, key: str, value: Any, points: float
) -> None:
    assert judged(folder, key, value).points == points


def test_what_the_author_wrote_comes_first_then_the_cause(folder: Path) -> None:
    said = judged(folder, "lecteurs", {"age": "retire"}).messages
    assert said == ["Le fichier protège. Répond-il à la question sur les âges\u00a0?"]
    (said,) = judged(folder, "elus", {"territoire": "region", "naissance": "annee"}).messages
    assert said.startswith("**Presque tous sont protégés")
    (said,) = judged(
        folder, "elus", {"territoire": "region", "naissance": "retire", "fonction": "retire"}
    ).messages
    assert said.startswith("**Le fichier protège, mais il perd pour rien")


@pytest.mark.parametrize("value", ["x", ["lieu"], {"lieu": "pays"}, {"taille": "grande"}, 12])
def test_what_no_form_can_give_earns_nothing(folder: Path, value: Any) -> None:
    assert judged(folder, "lecteurs", value).points == 0


def test_a_feedback_page_shows_the_setting_and_what_it_gives_without_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(folder, "lecteurs", {"lieu": "ville", "age": "tranche"})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("lecteurs")._repr_html_()  # type: ignore[operator]
    assert "<svg" in page and "Lieu\u00a0: la ville entière" in page and "<table" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: {lieu: ville, age: tranche}", "solution: {age: retire}", "une question à garder est perdue"),
        ("solution: {lieu: ville, age: tranche}", "solution: {lieu: ville}", "un groupe est trop petit"),
        ("solution: {lieu: ville, age: tranche}", "solution: {lieu: pays}", "un des crans proposés"),
        ("keep: [ages]  ", "keep: [noms]  ", "« noms » n’est pas une des questions (quartiers, ages)"),
        ("needs: {lieu: quartier}", "needs: {place: quartier}", "« place » n’est pas un des curseurs (lieu, age)"),
        ("needs: {lieu: quartier}", "needs: {lieu: rue}", "« rue » n’est pas un des crans de « lieu » (quartier, ville)"),
        ("k: 5   ", "k: 4   ", "« k » doit être une des tailles (1, 2, 5)"),
        ("sizes: {p1: 1, p2: 2, p5: 5}", "sizes: {p2: 2, p1: 1, p5: 5}", "les tailles vont de 1 à la plus grande"),
        ("p1: 30, p2: 22", "p1: 30, p2: 23", "ne comptent pas toutes les mêmes personnes"),
        ("p1: 30, p2: 22", "p1: 30.5, p2: 22", "« p1 » doit être un nombre entier"),
        ("      - {lieu: ville, age: retire, groupes: 1, plus_petit: 60, p1: 0, p2: 0, p5: 60}\n", "", "il faut une ligne, et une seule, pour ville, retire"),
        ("groups: groupes   ", "groups: nombre   ", "il manque « nombre » à cette ligne"),
        ("plus_petit: 1, p1: 30", "plus_petit: 7, p1: 30", "le fichier de départ protège déjà"),
        ("groupes.to_dict('records')", "groupes.head(3).to_dict('records')", "il faut une ligne, et une seule"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new)
    assert message in told and "answers.yml, ligne" in told
