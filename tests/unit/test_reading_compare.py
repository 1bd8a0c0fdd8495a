"""What the comparison of two readers says, in words."""

from collections.abc import Sequence

import pytest

from autograder.followup.reading import compare_page
from autograder.followup.reading.agreement import agreement
from autograder.followup.reading.frame import Place
from autograder.followup.reading.questions import Question
from autograder.followup.reading.scheme import Scheme
from autograder.followup.reading.second import Compared

QUESTION = Question("T01", "avis", "1", "Votre avis", "", Scheme("", ()), 2)
SPREAD = [0, 0.5, 1, 1.5, 2] * 8


def page(first: Sequence[float], second: Sequence[float]) -> str:
    found = Compared("Camille <b>", (), agreement(first, second))
    return compare_page.page(Place("/campus/lecture", ""), QUESTION, [found])


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (SPREAD, SPREAD, "accord suffisant (kappa de 1,00, 0,6 ou plus)"),
        (SPREAD, SPREAD[1:] + SPREAD[:1], "Désaccords avec"),
        ([2.0] * 40, [2.0] * 40, "une seule et même note"),
        ([2.0] * 39 + [1], [1.0] + [2.0] * 39, "L’AC1 est de 0,9"),
        ([2, 1, 0], [2, 1, 0], "Avec 3 réponses lues deux fois, l’intervalle est large"),
    ],
)
def test_what_is_said(first: list[float], second: list[float], said: str) -> None:
    assert said in page(first, second)


def test_the_name_of_a_reader_is_text() -> None:
    assert "<b>" not in page(SPREAD, SPREAD)
