"""Slips of authors that once passed, or were told by a false cause: `campus check` names the file, the line and the slip."""

import json
import re

import pytest

from autograder import paths
from autograder.authoring import lint_trials
from autograder.authoring.check import check
from autograder.authoring.lint import warnings_of
from autograder.authoring.new_exercise import new_exercise
from autograder.authoring.pipeline import build
from autograder.modules.errors import ModuleError
from autograder.modules.facts import load_facts
from autograder.modules.load import load_module
from autograder.modules.programme import load_programme

CHOICES, ORDER, PAIRS = "solution: [a, b]", "solution: [b, a, d, c]", "solution: {x: a, y: b, z: c}"


@pytest.fixture
def exercises(modules):
    """X01-essai with an exercise of each kind that lists options."""
    for kind, key in (("choices", "des-choix"), ("order", "un-ordre"), ("match", "des-paires")):
        new_exercise(kind, "X01", key, modules)
    return modules


def errors(modules):
    (report,) = check(["X01"], root=modules)
    return "\n".join(map(str, report.errors))


@pytest.mark.parametrize(
    ("old", "text", "message"),
    [
        (CHOICES, "solution: a", "la solution doit être une liste de clés"),
        (CHOICES, "solution: []", "la solution ne choisit rien"),
        (CHOICES, "solution: [a, a]", "la solution nomme deux fois la même proposition"),
        (CHOICES, "solution: [a, {b: c}]", "qui n’est pas une des options"),
        (ORDER, "solution: [b, a, d]", "la solution oublie c"),
        (PAIRS, "solution: {x: a, y: b}", "la solution oublie z"),
        (PAIRS, "solution: [a, b, c]", "la solution doit être une clé par élément"),
        (PAIRS, "solution: {x: [a], y: b, z: c}", "qui n’est pas une des options"),
        ("solution: b", "solution: [b]", "une seule clé, sans crochets"),
        ("c: un département", "c: Un  habitant", "« a » et « c » ont le même texte"),
        ("name: nombre", "name: class", "« class » est un mot de Python"),
        ("id: deleguees", "id: toutes", "deux erreurs ont le même « id », toutes"),
        ("id: toutes", "id: slip-sign", "« slip-sign » est réservé"),
        ("id: toutes", "id: extra", "« extra » est réservé"),
    ],
)
def test_a_slip_in_answers_is_told_at_its_line(exercises, edit, old, text, message):
    edit("answers.yml", old, text)
    (told,) = [line for line in errors(exercises).splitlines() if message in line]
    lines = (exercises / "X01-essai" / "answers.yml").read_text(encoding="utf-8").splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if text in line]
    assert f"answers.yml, ligne {numbers[-1]} :" in told


def test_a_former_name_that_another_mistake_has_is_told_at_its_line(exercises, edit):
    edit("answers.yml", "    - id: toutes", "    - was: [deleguees]\n      id: toutes")
    (told,) = [line for line in errors(exercises).splitlines() if "« deleguees » (was) désigne déjà" in line]
    lines = (exercises / "X01-essai" / "answers.yml").read_text(encoding="utf-8").splitlines()
    assert f"answers.yml, ligne {lines.index('    - was: [deleguees]') + 1} :" in told


def test_a_former_name_leads_to_the_mistake_that_bears_another_now(exercises, edit, tmp_path):
    edit("answers.yml", "    - id: toutes", "    - was: [tout, tous]\n      id: toutes")
    (built,) = build(["X01"], tmp_path / "course", root=exercises)
    private = json.loads(built.private.read_text(encoding="utf-8"))
    own = next(one for one in private["exercises"].values() if one["was"])
    assert own["was"] == {"tout": "toutes", "tous": "toutes"}


@pytest.mark.parametrize(
    ("old", "text", "message"),
    [
        ("[F01]", "[F01, F01]", "ligne 10 : « F01 » est cité deux fois"),
        ("[communes]", "[communes, communes]", "ligne 11 : « communes » est cité deux fois"),
        ("  - id: nommer", "  - id: compter", "ligne 17 : deux objectifs ont le même « id », compter"),
        ("pass_mark: 0.7", "pass_mark: 0,7", "ligne 9 : « pass_mark » : on attend un nombre, pas « 0,7 ». Écrivez-le avec un point : 0.7"),
    ],
)  # fmt: skip
def test_a_slip_in_the_description_is_told_once(modules, edit, old, text, message):
    edit("module.yml", old, text)
    assert message in errors(modules)
    assert len(errors(modules).splitlines()) == 1


def test_modules_that_require_each_other_are_a_loop(modules):
    path = modules / "F01-prerequis" / "module.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("prerequisites: [F01]", "prerequisites: [X01]"),
        encoding="utf-8",
    )
    assert "boucle de prérequis : X01 demande F01 demande X01" in errors(modules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![Une carte des communes](images/ma carte.png)", "cette image ne s’affichera pas"),
        ("![Une carte des communes] (images/carte.png)", "cette image ne s’affichera pas"),
        ("Voir {fait}`rsa-non-recours`.", "« {fait}`rsa-non-recours` » resterait tel quel"),
        ("Voir {fact}`RSA`.", "« {fact}`RSA` » resterait tel quel"),
        ("Voir {fact}`rsa-non-recour`.", "vouliez-vous dire « rsa-non-recours » ?"),
    ],
)
def test_what_a_text_would_show_as_it_is_written_is_told_at_its_line(modules, edit, text, message):
    edit("notebook.md", "Le tableau suivant compte", f"Ceci.\n\n{text}\n\nLe tableau suivant compte")
    lines = (modules / "X01-essai" / "notebook.md").read_text(encoding="utf-8").splitlines()
    assert message in errors(modules)
    assert f"notebook.md, ligne {lines.index(text) + 1} :" in errors(modules)


def test_code_that_looks_like_a_picture_or_a_citation_is_none(modules, edit):
    edit(
        "notebook.md",
        "Le tableau suivant compte",
        "Écrivez `![a] (b)` ou `{a}` et `{b}`. Le tableau suivant compte",
    )
    assert errors(modules) == ""


def test_texts_left_to_write_are_told_once_a_file(modules, edit):
    edit("module.yml", "status: draft", "status: published")
    told = [line for line in errors(modules).splitlines() if "reste à écrire" in line]
    assert len({line.split(",")[0] for line in told}) == len(told)
    assert "module.yml, ligne 3 : un texte reste à écrire ici (lignes 4 aussi)" in "\n".join(told)


def test_a_text_that_yaml_cuts_at_a_hash_is_told(modules, edit):
    edit("answers.yml", "success: Compter les lignes", "success: Compter # les lignes")
    (warning,) = [one for one in warnings_of(load_module(modules / "X01-essai")) if "#" in str(one)]
    assert "ce qui suit « # » n’est pas lu" in str(warning)


def test_two_exercises_may_not_share_a_variable(modules, edit):
    new_exercise("number", "X01", "un-nombre", modules)
    edit("answers.yml", "name: un_nombre", "name: nombre")
    assert "exercice « un-nombre » : la variable « nombre » est déjà celle de « compter »" in errors(modules)


@pytest.mark.parametrize(
    ("name", "old", "text", "message"),
    [
        ("facts.yml", r"check_again: .*", "check_again: bientôt", "on attend une date, comme 2026-03-31"),
        ("facts.yml", r"(?s)(  - id:.*?)(?=\n  - id:)", r"\1\n\1", "deux faits ont le même « id »"),
        ("programme.yml", r"F01,", "F01, F01,", "le module F01 est dans deux places du programme"),
    ],
)
def test_a_slip_in_the_files_of_the_course_is_told_at_its_line(tmp_path, name, old, text, message):
    written = (paths.course() / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(re.sub(old, text, written, count=1), encoding="utf-8")
    read = load_facts if name == "facts.yml" else load_programme
    with pytest.raises(ModuleError, match=rf"{name}, ligne \d+ : .*{message}"):
        read(tmp_path / name)


TRIALS = "rounds:\n  - round: 1\n    release: 2aa61d582510\n    answers:\n"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("nommer: {wrong: [{form: zz}]}", "cette réponse nomme « zz », qui n’est pas une des options"),
        ("des-choix: {wrong: [{form: a}]}", "cette réponse doit être une liste de clés"),
        ("des-paires: {wrong: [{form: {q: a}}]}", "cette réponse nomme « q »"),
        ("compter: {right: [{form: 4,7}]}", "écrivez le nombre avec un point"),
        ('compter: {wrong: [{code: nombre = a["b"].sum()}]}', "mettez ce texte entre guillemets"),
        ("compter: {wrong: [{form: 1}]}\n  - round: 1\n    release: 2aa61d582510\n    answers: {compter: {wrong: [{form: 1}]}}", "deux tours portent le numéro 1"),
    ],
)  # fmt: skip
def test_a_slip_in_trials_is_told_by_check_and_does_not_stop_the_build(exercises, written, message):
    (exercises / "X01-essai" / "trials.yml").write_text(f"{TRIALS}      {written}\n", encoding="utf-8")
    assert message in errors(exercises)
    assert "trials.yml, ligne" in errors(exercises)


def test_answers_that_a_form_can_send_are_no_slip(exercises):
    (exercises / "X01-essai" / "trials.yml").write_text(
        f'{TRIALS}      compter: {{right: [{{form: "34 969"}}], wrong: [{{form: beaucoup}}]}}\n'
        "      des-paires: {wrong: [{form: {x: d}}]}\n",
        encoding="utf-8",
    )
    assert lint_trials.findings(load_module(exercises / "X01-essai")) == []
