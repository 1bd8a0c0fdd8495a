"""A small module with a rule and a threshold: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T03-regles")
PAPER = ["depot", "eq", "papier"]


def test_the_example_for_authors_is_an_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("dossiers")


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("dossiers", {"conditions": [["pieces", "le", 4]]}, 1),
        ("relecture", {"conditions": [["montant", "ge", 900], PAPER]}, 2),
        ("relecture", {"conditions": [["montant", "gt", 349], ["depot", "contains", "PAP"]]}, 2),
        ("relecture", {"conditions": [PAPER]}, 1),
        ("relecture", {"conditions": [["depot", "ne", "en ligne"]]}, 1),
        ("relecture", {"conditions": [["montant", "ge", 0]]}, 0),
        ("sites", 253, 1),
        ("sites", 240, 1),
        ("sites", 500, 0),
    ],
)
def test_a_rule_is_worth_what_it_catches(folder: Path, key: str, value: Any, points: float) -> None:
    assert judged(folder, key, value).points == points


def test_the_authors_words_come_before_the_cause(folder: Path) -> None:
    foreseen = judged(folder, "relecture", {"conditions": [["montant", "ge", 950]]})
    assert foreseen.messages == ["Le montant seul retient aussi des demandes en ligne."]
    derived = judged(folder, "relecture", {"join": "any", "conditions": [["montant", "ge", 900], PAPER]})
    assert len(derived.messages) == 1 and "Le lien entre vos conditions" in derived.messages[0]
    assert derived.outcomes == ["join"]


@pytest.mark.parametrize(
    "value", ["x", [1], {"conditions": [["suite", "eq", "à relire"]]}, {"conditions": "montant"}, 12]
)
def test_what_no_form_can_give_earns_nothing(folder: Path, value: Any) -> None:
    assert judged(folder, "relecture", value).points == 0


def test_a_feedback_page_shows_the_rule_and_each_row_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(folder, "relecture", {"conditions": [["montant", "ge", 900], PAPER]})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("relecture")._repr_html_()  # type: ignore[operator]
    assert "Toutes ces conditions" in page and "Montant (€)\u00a0: au moins 900" in page
    assert (page.count("retenue, à raison"), page.count(">fausse alerte"), page.count(">manquée")) == (
        3,
        1,
        1,
    )
    assert "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: {join: all, conditions: [[montant, ge, 900], [depot, eq, papier]]}", "solution: {conditions: [[montant, ge, 900]]}", "la solution n’atteint pas le but. 8 lignes"),
        ("[[montant, ge, 900], [depot, eq, papier]]}\n  hints", "[[suite, eq, à relire]]}\n  hints", "la solution ne peut pas être saisie. Condition 1"),
        ("goal: {missed: 1, wrong: 1}", "goal: {missed: 1}", "le but est atteint en retenant toutes les lignes"),
        ("goal: {missed: 1, wrong: 1}", "goal: {wrong: 1}", "le but est atteint sans rien retenir"),
        ("goal: {missed: 1, wrong: 1}", "goal: {cost: 1}", "dites ce que coûte une ligne"),
        ("sought: {suite: à relire}", "sought: {suite: à lire}", "aucune ligne n’est cherchée"),
        ("sought: {suite: à relire}", "sought: {issue: à relire}", "« issue » n’est pas une colonne"),
        ("depot: Dépôt", "dépôt: Dépôt", "« dépôt » n’est pas une colonne"),
        ("depot: Dépôt", "suite: Suite", "une règle ne peut pas porter dessus"),
        ("montant: 1500", "montant: beaucoup", "mélange des nombres et des textes"),
        ("montant: 1500", "montant: true", "n’est ni un nombre, ni un texte"),
        ("montant: 1500", "somme: 1500", "n’a pas les mêmes colonnes que la première"),
        ("criteria: {population: Habitants}", "criteria: {population: Habitants, nom: Nom}", "une seule colonne de nombres"),
        ("min: 0, max: 1000", "min: 1000, max: 0", "« min » doit être plus petit"),
        ("step: 1, unit: habitants}", "step: 1, unit: habitants}\n    conditions: 2", "demande un seul nombre"),
        ("goal: {missed: 1, wrong: 1}", "goal: {oublis: 1}", "clé inconnue"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new)
    assert message in told and "answers.yml, ligne" in told


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("lozere_bis", "« rows » ne se calcule pas"),
        ("lozere.head(3).to_dict('records')", "il y a 3 lignes"),
        ("lozere.assign(population=None).to_dict('records')", "n’est ni un nombre, ni un texte"),
        ("3", "« rows » doit être une liste de lignes"),
    ],
)
def test_rows_that_are_computed_are_looked_at_when_they_are(tmp_path: Path, new: str, message: str) -> None:
    assert message in MODULE.told_of(tmp_path, "lozere.to_dict('records')", new)
