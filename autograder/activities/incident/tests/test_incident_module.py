"""A small module with an incident: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.activities.incident.games import by_habit, played
from autograder.activities.incident.show import rule_table
from autograder.activities.incident.words import BOUNDS
from autograder.forms import exercise
from tests.small_module import judged, small_module

_, built, folder = small_module(__file__, "T07-incident")


@pytest.mark.parametrize(
    ("game", "points"),
    [
        (played(), 3),
        (played(1), 3),
        (played(choices={"poste": "eteindre"}), 2.7),
        (by_habit("rebrancher"), 2.1),
    ],
)
def test_a_game_is_worth_its_decisions(folder: Path, game: Any, points: float) -> None:
    assert judged(folder, "partie", game).points == pytest.approx(points)


def test_the_habit_is_told_with_each_decision_that_shows_it(folder: Path) -> None:
    said = judged(folder, "partie", by_habit("rebrancher")).messages
    assert any("Vous réparez trop tôt" in one for one in said)
    assert sum("Votre décision sort d’une borne" in one for one in said) >= 1


def test_a_game_that_is_not_over_says_so(folder: Path) -> None:
    unfinished = {"closed": 0, "decisions": {"poste": {"choice": "cable", "proofs": ["affiche"]}}}
    assert "pas finie" in " ".join(judged(folder, "partie", unfinished).messages)


def test_the_rule_is_published_from_the_bounds_that_apply_it() -> None:
    shown = rule_table()
    assert all(name in shown.content and kept in shown.content for name, kept in BOUNDS.values())


def test_a_feedback_page_needs_no_script(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(folder, "partie", played())
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("partie")._repr_html_()  # type: ignore[operator]
    assert "La main courante de votre partie" in page and "<table" in page and "<script" not in page
