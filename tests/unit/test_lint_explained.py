"""`campus check` tells the wrong options and the wrong pairs that no mistake explains."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.lint_explained import unexplained
from autograder.authoring.new_exercise import new_exercise
from autograder.modules.load import load_module, load_modules
from autograder.modules.model import Mistake, Module

ITEMS = {"x": "Nevers", "y": "Lyon"}
OPTIONS = {"a": "une commune", "b": "un département"}


@pytest.fixture
def module(modules: Path) -> Module:
    new_exercise("match", "X01", "paires", modules)
    return load_module(modules / "X01-essai")


def told(
    module: Module, form: dict[str, Any], *mistakes: Mistake, alternatives: tuple[Any, ...] = ()
) -> list[str]:
    exercise = replace(
        module.exercises["paires"], form=form, mistakes=list(mistakes), alternatives=list(alternatives)
    )
    found = unexplained(replace(module, exercises={"paires": exercise}))
    return [finding.message for finding in found]


def test_a_wrong_pair_without_a_message_is_told(module: Module) -> None:
    form = {"widget": "match", "items": ITEMS, "options": OPTIONS, "solution": {"x": "a", "y": "a"}}
    told_of_x = Mistake("x-b", "…", match={"x": "b"})
    (message,) = told(module, form, told_of_x)
    assert "«\u00a0y : b\u00a0»" in message and "x : b" not in message
    assert told(module, form, told_of_x, Mistake("y-b", "…", match={"y": "b"})) == []


def test_a_wrong_option_without_a_message_is_told(module: Module) -> None:
    form = {"widget": "choice", "options": OPTIONS | {"c": "une région"}, "solution": "a"}
    (message,) = told(module, form, Mistake("b", "…", pick="b"))
    assert "«\u00a0c\u00a0»" in message and "«\u00a0b\u00a0»" not in message


def test_what_is_computed_at_the_build_is_left_alone(module: Module) -> None:
    form = {"widget": "match", "items": ITEMS, "options": OPTIONS, "solution": {"compute": "1"}}
    assert told(module, form) == []


def test_the_modules_of_the_course_explain_every_option_and_pair() -> None:
    found = [str(finding) for module in load_modules([]) for finding in unexplained(module)]
    assert found == []
