"""The mark schemes of the modules, read as the buttons of the reading page."""

import re

import pytest

from autograder.followup.reading.scheme import Criterion, Scheme, read_scheme, without_scheme
from autograder.modules.load import find_folders
from autograder.modules.notebook_text import TextCell, read_cells

STATEMENT = """### Exercice 3 — Votre avis
Qu’en pensez-vous ?

### BEGIN MARK SCHEME
Un point par élément présent.

1. **Chiffre** : avec son unité,
   en toutes lettres ou non.
2. un fait daté
### END MARK SCHEME"""
SHARES = {"Un demi-point par élément": 0.5, "Un point par élément": 1}
FREE = [
    pytest.param(cell, id=f"{folder.name}-{cell.exercise}")
    for folder in find_folders([])
    for cell in read_cells(folder / "notebook.md")
    if cell.role == "answer" and cell.points is not None
]


def test_a_scheme_is_what_it_says_to_all_and_its_criteria() -> None:
    assert read_scheme(STATEMENT) == Scheme(
        "Un point par élément présent.",
        (
            Criterion(1, "Chiffre", "avec son unité,\n   en toutes lettres ou non."),
            Criterion(2, "Élément 2", "un fait daté"),
        ),
    )
    assert without_scheme(STATEMENT) == "### Exercice 3 — Votre avis\nQu’en pensez-vous ?"


def test_a_scheme_without_a_list_has_no_criteria() -> None:
    assert read_scheme("### BEGIN MARK SCHEME\nDeux points.\n### END MARK SCHEME") == Scheme(
        "Deux points.", ()
    )
    assert read_scheme("Qu’en pensez-vous ?") == Scheme("", ())


@pytest.mark.parametrize("cell", FREE)
def test_each_criterion_of_a_module_brings_the_points_that_its_scheme_says(cell: TextCell) -> None:
    scheme = read_scheme(cell.source)
    said = next(share for words, share in SHARES.items() if re.match(words, scheme.said))
    assert cell.points is not None
    assert scheme.points(cell.points) == said
    assert [one.number for one in scheme.criteria] == list(range(1, len(scheme.criteria) + 1))
