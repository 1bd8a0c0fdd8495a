"""Words of the report: first sentences, names that are gone, cells that no spreadsheet takes for a formula."""

import json
from pathlib import Path

import pytest

from autograder.followup.report.words import beginning, read_words
from autograder.records.tables import OTHER

MODULES = Path("tests/nbgrader/modules")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("Vous avez pris la `moyenne`. Relisez.", "Vous avez pris la moyenne."),
        ("Une part de **3,5 %**… Relisez le tableau ?", "Une part de 3,5\u00a0%… Relisez le tableau\u00a0?"),
        ("Avril. Ce mois a ses réclamations. Relisez.", "Avril. Ce mois a ses réclamations."),
        ("Est-ce une commune\u00a0? « Paris » en est une.", "Est-ce une commune\u00a0?"),
        ("Le fichier a\nune ligne", "Le fichier a une ligne"),
        ("Voyez la version 3.11 de Python.", "Voyez la version 3.11 de Python."),
    ],
)
def test_a_mistake_is_told_by_its_beginning(message: str, sentence: str) -> None:
    assert beginning(message) == sentence


def test_words_come_from_the_module_and_from_its_build(tmp_path: Path) -> None:
    table = [["", "41", {"id": "right", "share": 1.0, "message": "Oui.", "code": ""}]]
    table += [
        ["", "4,1", {"id": "slip-ten", "share": 0.0, "message": "Dix fois trop petit. Relisez.", "code": ""}]
    ]
    built = {"exercises": {"somme": {"form": {"table": table}, "was": {"ancienne": "moyenne"}}}}
    (tmp_path / "T01-essai.json").write_text(json.dumps(built))
    words = read_words("T01-essai", MODULES, tmp_path)
    somme = words.exercise("somme")
    assert words.label == "T01 – Un module d’essai" and list(words.exercises) == ["somme", "couleur"]
    assert somme.of("dernier") == "Vous avez pris le dernier nombre."
    assert somme.of("slip-ten") == "Dix fois trop petit."
    assert somme.current("ancienne") == "moyenne" and somme.current("dernier") == "dernier"
    assert somme.of("ailleurs") == "Erreur retirée du module (ailleurs)."
    assert somme.of(OTHER).startswith("Erreur non prévue")
    assert (somme.chance, words.exercise("couleur").chance) == (None, 0.25)


def test_a_module_that_is_gone_leaves_bare_names(tmp_path: Path) -> None:
    words = read_words("Z99-parti", MODULES, tmp_path)
    assert words.label == "Z99-parti" and words.exercise("somme").title == "somme"
