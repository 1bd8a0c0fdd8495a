"""A module as steps: how a notebook is cut, and what `campus check` wants of each step."""

import json
import re

import pytest

from autograder.authoring.lint import errors_of, warnings_of
from autograder.authoring.pipeline import build
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import steps_of


def said(modules):
    try:
        return "\n".join(map(str, errors_of(load_module(modules / "X01-essai"))))
    except ModuleError as error:
        return str(error)


def cells_of(modules, tmp_path):
    (built,) = build(["X01"], tmp_path, root=modules)
    notebook = json.loads(next(built.source.glob("*.ipynb")).read_text(encoding="utf-8"))
    return notebook["metadata"]["campus"]["steps"], [cell["metadata"]["campus"] for cell in notebook["cells"]]


def test_each_cell_knows_its_step_and_its_role(modules, tmp_path):
    steps, cells = cells_of(modules, tmp_path)
    assert [step["title"] for step in steps][1:] == ["Ce que dit une ligne", "Compter des lignes"]
    assert [cell["step"] for cell in cells] == sorted(cell["step"] for cell in cells)
    assert [cell["role"] for cell in cells if cell["step"] == 1] == [
        *("prose", "example", "prose", "statement", "form", "check")
    ]
    assert [cell["predict"] for cell in cells if "predict" in cell] == [
        ["une personne", "un territoire", "une année"]
    ]


def test_a_form_comes_after_what_is_shown_with_its_question(modules, edit, tmp_path):
    shown = '```{code-cell} python\ntable(communes, caption="Le fichier", rows=3)\n```\n\n'
    edit(
        "notebook.md",
        "```{code-cell} python\n:exercise: nommer\n:role: check",
        f"{shown}```{{code-cell}} python\n:exercise: nommer\n:role: check",
    )
    _, cells = cells_of(modules, tmp_path)
    roles = [cell["role"] for cell in cells if cell["step"] == 1]
    assert roles[-4:] == ["statement", "example", "form", "check"]


def test_a_module_that_nobody_cut_is_cut_at_its_headings():
    cells = [
        TextCell("markdown", "# Titre\nDu texte.", "prose", 1),
        TextCell("code", "x = 1", "setup", 4),
        TextCell("markdown", "## 1. Une ligne, c’est quoi ? (7 min)", "prose", 5),
        TextCell("markdown", "### Exercice 1 — Ce que décrit une ligne", "statement", 8, "unite"),
        TextCell("markdown", "### BEGIN MARK SCHEME", "answer", 9, "unite"),
        TextCell("markdown", "#### Un détail", "prose", 10),
    ]
    assert [(step.title, len(step.cells)) for step in steps_of(cells)] == [
        ("Titre", 2),
        ("Une ligne, c’est quoi ?", 1),
        ("Ce que décrit une ligne", 3),
    ]


STATEMENT = '+++ {"exercise": "compter", "role": "statement"}'


@pytest.mark.parametrize(
    ("old", "text", "message"),
    [
        ('"step": "Ce que dit une ligne"', '"step": "1. Ce que dit une ligne"', "ôtez le numéro"),
        ('"step": "Ce que dit une ligne"', f'"step": "{"très " * 9}long"', "40 au plus"),
        ('"step": "Ce que dit une ligne"', '"step": 3', "on attend le titre de l’étape"),
        ('"step": "Ce que dit une ligne"', '"optional": true', "« optional » s’écrit à côté de « step »"),
        ('+++ {"step": "Compter des lignes"}', "+++", "deux exercices dans l’étape « Ce que dit une ligne »"),
        ("une personne | un territoire | une année", "une personne", "de deux à quatre réponses"),
        (":predict: une personne", ":role: tool\n:predict: une personne", "sur une cellule de code sans rôle"),
        (STATEMENT, f"```{{code-cell}} python\nprint(nombre)\n```\n\n{STATEMENT}", None),
        ("Que représente une ligne de ce fichier", "Exécutez la cellule. Que représente une ligne", "« Exécutez »"),
        ("Que représente une ligne de ce fichier", "Voyez le tableau « Les villes » : que dit une ligne", "« Les villes » n’est pas montré"),
        (':role: check\n:points: 2\ncheck("compter")\n```', ':role: check\n:points: 2\ncheck("compter")\n```\n\n```{code-cell} python\nprint(nombre)\n```', "lit « nombre », que l’apprenant donne"),
        (':role: check\n:points: 2\ncheck("compter")\n```', ':role: check\n:points: 2\ncheck("compter")\n```\n\n```{code-cell} python\nnombre = nombre + 1\n```', "lit « nombre », que l’apprenant donne"),
        (':role: check\n:points: 2\ncheck("compter")\n```', ':role: check\n:points: 2\ncheck("compter")\n```\n\n```{code-cell} python\n[nombre for nombre in range(3)]\n```', None),
        ("## Compter des lignes (10 min)\n", '## Compter des lignes (10 min)\n\n+++ {"step": "La suite"}\n', None),
    ],
)  # fmt: skip
def test_a_broken_rule_is_said(modules, edit, old, text, message):
    edit("notebook.md", old, text)
    assert message in said(modules) if message else said(modules) == ""


def test_a_module_is_passed_without_its_optional_steps(modules, edit):
    edit("notebook.md", '"step": "Compter des lignes"', '"step": "Compter des lignes", "optional": true')
    assert "sans ses étapes facultatives, le module donne" in said(modules)
    edit("module.yml", "pass_mark: 0.7", "pass_mark: 0.3")
    assert said(modules) == ""


def test_a_question_that_points_at_nothing_is_refused(modules, edit):
    edit(
        "notebook.md",
        "Que représente une ligne de ce fichier",
        "Dans le graphique ci-dessous, que dit une ligne",
    )
    assert said(modules) == ""  # the table of the step is there
    edit(
        "notebook.md",
        '+++ {"exercise": "nommer", "role": "statement"}',
        '+++ {"exercise": "nommer", "role": "statement", "step": "La question"}',
    )
    assert "n’est pas dans la même étape" in said(modules)


def test_what_is_shown_after_the_answer_is_refused(modules, edit):
    shown = "```{code-cell} python\nprint(1)\n```\n\n"
    edit(
        "notebook.md",
        "```{code-cell} python\n:exercise: compter\n:role: check",
        f"{shown}```{{code-cell}} python\n:exercise: compter\n:role: check",
    )
    assert "vient après la réponse" in said(modules)


def test_a_prediction_is_followed_by_what_was_seen(modules, edit):
    edit(
        "notebook.md",
        "Chaque ligne porte un code et un nom de territoire. La colonne «\u00a0type\u00a0» dit de quelle sorte.\n",
        "",
    )
    edit(
        "notebook.md",
        '+++ {"exercise": "nommer", "role": "statement"}',
        '+++ {"exercise": "nommer", "role": "statement", "step": "La question"}',
    )
    assert "après une prédiction, dites" in said(modules)


def test_the_words_of_notebooks_are_for_who_codes(modules, edit):
    edit("notebook.md", STATEMENT, f'+++ {{"role": "bycode"}}\nExécutez la cellule.\n\n{STATEMENT}')
    assert said(modules) == ""


def test_a_module_with_too_many_steps_deserves_a_look(modules, edit):
    more = "".join(f'+++ {{"step": "Étape de trop {i}"}}\n\nDu texte.\n\n' for i in "abcdefghijk")
    edit(
        "notebook.md",
        '+++ {"step": "Compter des lignes"}',
        more.replace("Étape de trop", "Encore") + '+++ {"step": "Compter des lignes"}',
    )
    assert "14 étapes" in "\n".join(map(str, warnings_of(load_module(modules / "X01-essai"))))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("total = 3", True),
        ("import math\n\n\ndef double(n):\n    return 2 * n", True),
        ("total = 3\ntotal", False),
        ("for n in (1, 2):\n    print(n)", False),
        (":role: tool\ntotal = 3", False),
    ],
)
def test_an_example_that_shows_nothing_is_refused(modules, edit, code, told):
    edit("notebook.md", STATEMENT, f"```{{code-cell}} python\n{code}\n```\n\n{STATEMENT}")
    said = "\n".join(map(str, errors_of(load_module(modules / "X01-essai"))))
    assert ("ne montre rien" in said) is told


def test_a_published_module_that_nobody_cut_is_refused(modules):
    path = modules / "X01-essai" / "notebook.md"
    whole = re.sub(r'^\+\+\+ \{"step":.*$', "+++", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(whole, encoding="utf-8")
    assert "coupé en étapes" not in said(modules)
    settings = modules / "X01-essai" / "module.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("draft", "published"), encoding="utf-8")
    assert "le module n’est pas coupé en étapes" in said(modules)
