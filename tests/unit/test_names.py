"""The names on which rooms agree."""

import pytest
from nbformat.v4 import new_code_cell

from autograder.contract.names import (
    NBGRADER_VARIABLE,
    PRIVATE_VARIABLE,
    ROLES,
    exercise_of,
    grade_id,
    is_grading,
    name_of,
    private_tables,
    role_of,
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("exercise", ["somme", "moyenne-ponderee", "double-check"])
def test_the_name_of_a_cell_gives_back_its_exercise_and_its_role(exercise: str, role: str) -> None:
    name = grade_id(exercise, role)
    assert (exercise_of(name), role_of(name)) == (exercise, role)


@pytest.mark.parametrize(
    "name", ["", "setup", "parameters", "cell-0123456789ab", "somme-answer-2", "answer-"]
)
def test_other_cells_are_those_of_no_exercise(name: str) -> None:
    assert (exercise_of(name), role_of(name)) == ("", "")


@pytest.mark.parametrize("own", [{}, {"nbgrader": None}, {"nbgrader": {}}, {"nbgrader": {"grade_id": 3}}])
def test_a_cell_without_a_name_has_an_empty_one_whatever_its_metadata(own: object) -> None:
    assert name_of(new_code_cell(metadata=own)) == ""


@pytest.mark.parametrize(
    ("private", "nbgrader", "grading"),
    [("", "", False), ("/tables", "", True), ("", "autograde", True), ("/tables", "autograde", True)],
)
def test_a_variable_left_empty_is_not_grading(
    monkeypatch: pytest.MonkeyPatch, private: str, nbgrader: str, grading: bool
) -> None:
    monkeypatch.setenv(PRIVATE_VARIABLE, private)
    monkeypatch.setenv(NBGRADER_VARIABLE, nbgrader)
    assert is_grading() is grading
    assert (private_tables() is not None) is bool(private)
