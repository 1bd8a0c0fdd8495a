"""The numbers of the tables beside a question: which are kept, and what is said to whoever copies one of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.running import CellRun
from autograder.authoring.seen_numbers import beside
from autograder.checks.kinds.scalars import canonical_number
from autograder.modules.load import load_module
from autograder.modules.steps import steps_of

EXERCISE = "compter"


def said(modules: Path, *rows: list[str], role: str = "example", step: str = EXERCISE) -> dict[str, str]:
    """What is said of the numbers of a table that a cell shows, in the step of an exercise."""
    module = load_module(modules / "X01-essai")
    cells = next(one.cells for one in steps_of(module.cells) if step in {cell.exercise for cell in one.cells})
    lines = [["type", "lignes", "part"], *rows]
    shown = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    page = f"<table><caption>Les types</caption>{shown}</table>"
    return beside(module, EXERCISE, [CellRun(replace(cells[0], role=role), 0, "", page)])


def test_a_number_is_told_with_its_caption_its_column_and_its_row(modules: Path) -> None:
    (told,) = said(modules, ["ville", "1\u202f959", ""]).items()
    assert told[0] == canonical_number(1959)
    assert (
        "« 1\u202f959 » se lit dans le tableau « Les types », colonne « lignes », ligne « ville »." in told[1]
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [("37\u00a0590", 37590), ("12,5", 12.5), ("12.5", 12.5), ("\u22123,2", -3.2), ("0,4", 0.4), ("10", 10)],
)
def test_a_number_is_known_as_it_is_written(modules: Path, text: str, number: float) -> None:
    assert list(said(modules, ["ville", text])) == [canonical_number(number)]


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-inf", "Infinity", "1e5", "1_000", "12 %", "(vide)", ""]
)
def test_a_text_is_no_number(modules: Path, text: str) -> None:
    assert said(modules, ["ville", text]) == {}


@pytest.mark.parametrize("text", ["0", "9", "-3", "9,0"])
def test_a_small_whole_number_says_nothing_as_it_is_everywhere(modules: Path, text: str) -> None:
    assert said(modules, ["ville", text]) == {}


def test_the_first_place_of_a_number_is_the_one_that_is_told(modules: Path) -> None:
    (message,) = said(modules, ["ville", "1959"], ["village", "1 959"]).values()
    assert "ligne « ville »" in message


def test_only_what_the_step_of_the_exercise_shows_is_kept(modules: Path) -> None:
    assert said(modules, ["ville", "1959"], role="tool")
    assert said(modules, ["ville", "1959"], role="answer") == {}
    assert said(modules, ["ville", "1959"], step="nommer") == {}
