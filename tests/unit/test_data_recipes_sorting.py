"""Recipes of the sorting tool and of the score by group, on small files: what they count, what they refuse."""

import json
from pathlib import Path

import pytest

from autograder.data.errors import DataError
from autograder.data.recipes import compas, fiches_vdd

THEMES = [
    *("Argent", "Étranger", "Famille", "Justice", "Logement", "Loisirs"),
    *("Papiers - Citoyenneté", "Social - Santé", "Transports", "Travail"),
]
HEADS = "name,race,decile_score,score_text,two_year_recid,is_recid,c_charge_degree,days_b_screening_arrest\n"


def sheet(identifier: str, theme: str, title: str, kind: str = "particuliers") -> dict[str, str]:
    return {
        "id": identifier,
        "type": kind,
        "title": title,
        "theme": f"Accueil\u00a0{kind} > {theme} > Dossier",
    }


def index(folder: Path, *sheets: dict[str, str]) -> dict[str, Path]:
    """Write an index where each theme has a sheet that teaches, with a word of its own, and the sheets given."""
    taught = [
        sheet(f"F{3 * number + 1}", theme, f"Parole numéro {'abcdefghij'[number] * 5}")
        for number, theme in enumerate(THEMES)
    ]
    file = folder / "index.json"
    file.write_text(json.dumps([*taught, *sheets]), encoding="utf-8")
    return {"index": file}


def test_a_title_that_tries_the_tool_never_teaches_it_and_is_not_kept(tmp_path):
    table = fiches_vdd.titles(
        index(tmp_path, sheet("F300", "Travail", "Parole jjjjj nouvelle"), sheet("F303", "Travail", "aaaaa"))
    )
    # A word of the theme weighs six times more there than in each of the nine others: 6 / (6 + 9).
    assert table.to_dict("records") == [
        {"fiche": "F300", "theme": "Travail", "propose": "Travail", "score": 40, "juste": 1, "mots": 3, "inconnus": 1},
        {"fiche": "F303", "theme": "Travail", "propose": "Argent", "score": 40, "juste": 0, "mots": 1, "inconnus": 0},
    ]  # fmt: skip


def test_forms_other_publics_and_repeated_titles_are_left_aside(tmp_path):
    table = fiches_vdd.titles(
        index(
            tmp_path,
            sheet("R300", "Travail", "Un formulaire"),
            sheet("F303", "Travail", "Ressources", kind="professionnels"),
            sheet("F306", "Comment faire si", "Un événement"),
            sheet("F309", "Argent", "Le prêt étudiant"),
            sheet("F312", "Argent", "Le prêt étudiant"),
        )
    )
    assert table["fiche"].to_list() == ["F309"]


def test_messages_are_answered_by_the_same_tool(tmp_path):
    table = fiches_vdd.messages(index(tmp_path))
    assert list(table.columns[:3]) == ["numero", "message", "theme"]
    assert table["numero"].to_list() == list(range(1, 121))


def test_an_index_without_the_themes_is_refused(tmp_path):
    file = tmp_path / "index.json"
    file.write_text(json.dumps([sheet("F1", "Travail", "Un titre")]), encoding="utf-8")
    with pytest.raises(DataError, match="dix thèmes"):
        fiches_vdd.titles({"index": file})


def test_people_become_counts_by_group(tmp_path):
    file = tmp_path / "scores.csv"
    file.write_text(
        HEADS
        + "A,African-American,8,High,1,1,F,-1\nB,African-American,8,High,1,1,F,1\nC,Caucasian,2,Low,0,0,M,0\n"
        + "D,Asian,2,Low,0,0,M,0\nE,Caucasian,2,Low,0,-1,M,0\nF,Caucasian,2,Low,0,0,O,0\nG,Caucasian,2,N/A,0,0,M,0\n"
        + "H,Caucasian,2,Low,0,0,M,31\nI,Caucasian,2,Low,0,0,M,\n",
        encoding="utf-8",
    )
    assert compas.groups({"scores": file}).to_dict("split")["data"] == [
        ["autre", 2, "non", 1],
        ["blanche", 2, "non", 1],
        ["noire", 8, "oui", 2],
    ]


def test_a_file_without_its_columns_is_refused(tmp_path):
    file = tmp_path / "scores.csv"
    file.write_text("name,race\nA,B\n", encoding="utf-8")
    with pytest.raises(DataError, match="colonnes attendues"):
        compas.groups({"scores": file})
