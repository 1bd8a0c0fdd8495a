"""An estimator: what its page is told, what its author is told, and what is shown without script."""

from typing import Any

import pytest

from autograder.activities.estimator import show
from autograder.activities.estimator.form import MOST, POOLS, EstimatorForm, faults, ordinary

FORM: EstimatorForm = {
    "label": "Combien de signes ?",
    "pools": ["digits", "all"],
    "lists": {"mots d’une liste": 7776},
    "words": [{"text": "azerty", "rank": 358}],
    "counted": "signes",
    "target": 80,
    "solution": 16,
}


def told(words: Any) -> str:
    """All that an author is told of some words."""
    return " ".join(message for _, message in faults({**FORM, "words": words}, []))


def test_the_answer_is_an_ordinary_number() -> None:
    assert ordinary(FORM) == {"widget": "number", "label": "Combien de signes ?", "unit": "signes"}


@pytest.mark.parametrize(
    ("pool", "size"),
    [("digits", 10), ("lower", 26), ("lower-digits", 36), ("letters-digits", 62), ("all", 99)],
)
def test_a_pool_has_as_many_signs_as_its_name_says_each_once(pool: str, size: int) -> None:
    signs = POOLS[pool][1]
    assert len(signs) == len(set(signs)) == size


def test_the_page_is_told_what_to_draw_from_and_no_solution() -> None:
    described = show.described(FORM)
    assert [(pool["name"], pool["size"]) for pool in described["pools"]] == [
        ("chiffres", 10),
        ("minuscules, majuscules, chiffres et 37 signes spéciaux", 99),
        ("mots d’une liste", 7776),
    ]
    assert described["pools"][2]["signs"] == "", "no word of a list is drawn in the page"
    assert [len(family) for family in described["families"]] + [described["others"]] == [26, 26, 10, 37]
    assert (described["target"], described["counted"], described["most"]) == (80, "signes", MOST)
    assert "solution" not in described


def test_without_words_there_is_none_to_show() -> None:
    form: EstimatorForm = {"label": "L", "pools": ["digits"], "counted": "chiffres", "target": 13}
    assert show.described(form)["words"] == []
    assert list(faults(form, [])) == []


def test_where_no_script_runs_the_answer_alone_is_shown() -> None:
    assert show.static(FORM, 15.5) == "<p>15,5\u00a0signes</p>"
    assert "&lt;b&gt;" in show.static({**FORM, "counted": "<b>"}, 16)


@pytest.mark.parametrize(
    "words",
    [
        "azerty",
        ["azerty"],
        [{"text": "azerty"}],
        [{"text": "azerty", "rank": 0}],
        [{"text": "azerty", "rank": 1.5}],
    ],
)
def test_words_without_their_rank_are_told(words: Any) -> None:
    assert "une liste de {text, rank}" in told(words)


def test_a_word_given_twice_is_told() -> None:
    assert (
        told([{"text": "azerty", "rank": 1}, {"text": "azerty", "rank": 2}])
        == "« azerty » est donné deux fois."
    )


def test_words_that_are_computed_are_looked_at_by_the_build() -> None:
    assert told({"compute": "mots"}) == told(FORM["words"]) == ""
