"""A small module with a model to train: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T14-modele")


def test_the_example_for_authors_is_an_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("recopie")


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("part", 95, 2),
        ("part", 93.5, 2),
        ("part", 5, 0),
        ("recopie", {"order": 6, "temperature": 1}, 2),
        ("recopie", {"order": 6, "temperature": 2}, 2),
        ("recopie", {"order": 6, "temperature": 0.5}, 0),
    ],
)
def test_a_share_near_enough_and_every_setting_that_reaches_the_goal_earn_all(
    folder: Path, key: str, value: Any, points: float
) -> None:
    assert judged(folder, key, value).points == points


def test_what_the_author_wrote_comes_first_then_the_cause(folder: Path) -> None:
    said = judged(folder, "recopie", {"order": 6, "temperature": 0}).messages
    assert said == ["Un seul nom revient. Existe-t-il\u00a0?"]
    (said,) = judged(folder, "recopie", {"order": 6, "temperature": 0.5}).messages
    assert said.startswith("**Moins de hasard ne recopie pas davantage.**")


@pytest.mark.parametrize("value", ["x", ["order"], {"order": 6}, {"order": 7, "temperature": 1}, 12])
def test_what_no_form_can_give_earns_nothing(folder: Path, value: Any) -> None:
    assert judged(folder, "recopie", value).points == 0


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("recopie", {"order": 6, "temperature": 1}, "Température\u00a0: 1 (comme compté)"),
        ("part", 95, "95\u00a0%"),
    ],
)
def test_a_feedback_page_shows_the_answer_without_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: Any, shown: str
) -> None:
    judged(folder, key, value)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise(key)._repr_html_()  # type: ignore[operator]
    assert shown in page and "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: {order: 6, temperature: 1}", "solution: {order: 4, temperature: 1}", "la solution n’atteint pas le but"),
        ("solution: {order: 6, temperature: 1}", "solution: {order: 5, temperature: 1}", "un des réglages proposés"),
        ("reach: {real: 50} ", "reach: {credible: 50} ", "ce but n’est pas parmi les mesures montrées"),
        ("column: nom, where: {type: commune-actuelle}}   #", "column: name}   #", "pas de colonne « name »"),
        ("where: {type: commune-actuelle}}   #", "where: {type: lieu-dit}}   #", "il reste 0 noms à apprendre"),
        ("dataset: communes-2026, column: nom, where: {type: commune-actuelle}}   #", "dataset: communes-1789, column: nom}   #", "communes-1789"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new)
    assert message in told and "answers.yml, ligne" in told
