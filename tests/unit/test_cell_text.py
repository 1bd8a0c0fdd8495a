"""What does not cut into cells as its author meant: told at its line, with its own cause and what to write."""

import pytest

from autograder.modules.errors import ModuleError
from autograder.modules.notebook_text import read_cells
from autograder.modules.text_file import read_text

STATEMENT = '+++ {"exercise": "compter", "role": "statement"}'
ANSWER = "```{code-cell} python\n:exercise: compter\n:role: answer"


def said(modules):
    with pytest.raises(ModuleError) as raised:
        read_cells(modules / "X01-essai" / "notebook.md")
    return str(raised.value)


def line_of(modules, text):
    lines = (modules / "X01-essai" / "notebook.md").read_text(encoding="utf-8").splitlines()
    return f"notebook.md, ligne {next(number for number, line in enumerate(lines, 1) if text in line)} :"


@pytest.mark.parametrize(
    ("old", "text", "shown", "message"),
    [
        (STATEMENT, "+++ {exercise: compter, role: statement}", "+++ {exercise", "entre guillemets droits"),
        (STATEMENT, STATEMENT[:-1], STATEMENT[:-1], "une accolade à la fin"),
        (STATEMENT, "+++ {“exercise”: “compter”}", "+++ {“", "les guillemets d’une ligne « +++ {…} » sont droits"),
        (":role: setup", ":role: setup\n:tags: hidden", ":tags:", "clé de cellule inconnue « tags »"),
        (ANSWER, ANSWER.replace("{code-cell} ", ""), "```python", "ce bloc n’est pas une cellule de code"),
        (ANSWER, ANSWER.replace("code-cell", "codecell"), "{codecell}", "écrivez sa première ligne ```{code-cell}"),
        (":role: check\n:points: 2", ":role: check\n:points: true", 'check("compter")', "nombre positif"),
        (":role: check\n:points: 2", ":role: check\n:points: 1,5", 'check("compter")', "avec un point), pas « 1,5 »"),
        (":role: check\n:points: 2", ":role: [check]\n:points: 2", 'check("compter")', "rôle inconnu"),
        (":role: setup", ":role: a: b", "```{code-cell} python", "les lignes « :clé: valeur » de cette cellule"),
    ],
)  # fmt: skip
def test_a_slip_in_an_opening_is_told_at_its_line(modules, edit, old, text, shown, message):
    edit("notebook.md", old, text)
    assert message in said(modules)
    assert line_of(modules, shown) in said(modules)


def test_a_cell_belongs_to_one_exercise(modules, edit):
    edit("notebook.md", ":exercise: compter\n:role: check", ":exercise: [compter, nommer]\n:role: check")
    assert "la clé d’un seul exercice" in said(modules)


def test_a_closing_too_many_is_told_where_it_stands_not_by_what_it_hides(modules, edit):
    edit("notebook.md", 'check("nommer")\n```', 'check("nommer")\n```\n```')
    (one,) = said(modules).splitlines()
    assert "cette clôture ``` est de trop" in one


def test_code_shown_in_a_text_is_no_slip(modules, edit):
    edit(
        "notebook.md",
        "## Compter des lignes",
        "```python\nprix = 3\n```\n\n~~~\n```\n~~~\n\n## Compter des lignes",
    )
    assert read_cells(modules / "X01-essai" / "notebook.md")


@pytest.mark.parametrize("hidden", ["\0", "\x1b", "\u200b", "\ufeff"])
def test_a_character_that_nobody_sees_is_told_with_its_line(tmp_path, hidden):
    file = tmp_path / "module.yml"
    file.write_text(f"id: F01\ntitle: un{hidden}titre\n", encoding="utf-8")
    with pytest.raises(ModuleError, match=r"module.yml, ligne 2 : un caractère invisible"):
        read_text(file)
