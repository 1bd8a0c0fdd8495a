"""Titles of exercises, as the feedback page, the files of marks and the reading page write them."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.grading.feedback import HideGraderText
from autograder.grading.titles import title_in


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("### Exercice 1 — *Toutes* les lignes ?\n\nTexte.", "Exercice 1 — Toutes les lignes ?"),
        ("Texte.\n## Le type `str`", "Le type str"),
        ("Pas de titre, # ni ici", None),
    ],
)
def test_a_title_is_read_without_the_signs_of_markdown(source: str, title: str | None) -> None:
    assert title_in(source) == title


def test_the_feedback_page_names_answers_without_them() -> None:
    statement = new_markdown_cell(
        "### Exercice 1 — *Toutes* les lignes ?", metadata={"nbgrader": {"locked": True, "grade": False}}
    )
    answer = new_markdown_cell(
        "Réponse", metadata={"nbgrader": {"grade_id": "avis-answer", "grade": True, "solution": True}}
    )
    page, _ = HideGraderText().preprocess(new_notebook(cells=[statement, answer]), {})
    assert page.cells[1].metadata.nbgrader.title == "Exercice 1 — Toutes les lignes ?"
