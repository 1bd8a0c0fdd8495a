"""`campus new --exercise`: one more exercise of each kind, whose module still checks and builds."""

import pytest

from autograder.authoring import typography
from autograder.authoring.lint import errors_of
from autograder.authoring.new_exercise import KINDS, new_exercise
from autograder.authoring.pipeline import build
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_of_each_kind_checks_and_builds_at_once(modules, kind):
    folder = new_exercise(kind, "X01", "un-de-plus", modules)
    module = load_module(folder)
    assert list(module.exercises) == ["nommer", "compter", "un-de-plus"]
    assert (module.points, module.objectives[-1].exercises) == (4, ("un-de-plus",))
    assert errors_of(module) == [] == typography.findings(folder)
    build(["X01"], modules.parent / "course", root=modules)


def test_all_kinds_can_follow_each_other(modules):
    for kind in KINDS:
        new_exercise(kind, "X01", f"de-genre-{kind}", modules)
    build(["X01"], modules.parent / "course", root=modules)


def test_the_objective_is_written_where_objectives_are(modules, edit):
    edit("module.yml", "status: draft\n", "")
    path = modules / "X01-essai" / "module.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}status: draft\n", encoding="utf-8")
    module = load_module(new_exercise("choice", "X01", "autre", modules))
    assert [objective.id for objective in module.objectives] == ["compter", "nommer", "autre"]


def test_an_unknown_kind_lists_those_that_exist(modules):
    with pytest.raises(
        ModuleError,
        match="choisissez parmi choice, choices, free, generalise, generator, match, number, order, repair, restore, rule, text",
    ):
        new_exercise("quiz", "X01", "autre", modules)


@pytest.mark.parametrize(
    ("module", "key", "message"),
    [
        ("X01", "compter", "« compter » est déjà pris"),
        ("X01", "Été", "sans accent"),
        ("Z99", "autre", "aucun module de ce nom"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(modules, module, key, message):
    before = {path: path.read_bytes() for path in modules.rglob("*") if path.is_file()}
    with pytest.raises(ModuleError, match=message):
        new_exercise("choice", module, key, modules)
    assert {path: path.read_bytes() for path in modules.rglob("*") if path.is_file()} == before
