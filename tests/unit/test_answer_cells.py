"""An answer is judged on what the cells of the notebook give now, never on what an earlier run left in memory."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from autograder.authoring.new import new
from autograder.authoring.pipeline import build
from autograder.checks import answer_cells, cell_events, last_cell
from autograder.checks.answer_cells import AnswerCells
from autograder.checks.answers import AnswersFile
from autograder.checks.check import check
from autograder.checks.last_cell import COMPARED, NO_NAME, OTHER_NAME, PRINTED, STOPPED, LastCells
from autograder.contract.names import PRIVATE_VARIABLE

RIGHT = "nombre = 34969"
Run = tuple[str, str]
"""A cell, and the text that it has when it is run. The cells are in the notebook in the order of their names."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("modules")
    new("F01", "prerequis", root)
    new("X01", "essai", root)
    (built,) = build(["X01"], root.parent / "course", root=root)
    return built


@pytest.fixture
def place(built, tmp_path):
    """The folder where a learner works, and that of the tables which grading reads."""
    return SimpleNamespace(
        source=shutil.copytree(built.source, tmp_path / "X01-essai"), private=built.private
    )


@pytest.fixture
def run(place, monkeypatch):
    """Run a cell of a learner's notebook of X01-essai, the same one each time unless another is named."""
    monkeypatch.chdir(place.source)
    monkeypatch.delenv(PRIVATE_VARIABLE, raising=False)
    monkeypatch.setattr(answer_cells, "CELLS", AnswerCells())
    monkeypatch.setattr(last_cell, "LAST", LastCells())
    shell = InteractiveShell(user_ns={"check": check})
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    cell_events.watch()

    def run_cell(source: str, cell: str = "réponse", **about: Any) -> Any:
        with capture_output():
            return shell.run_cell(source, cell_id=cell, cell_meta=about)

    return run_cell


def verdict(run: Callable[..., Any]) -> Any:
    return run("check('compter')", "vérification").result


def graded(place: Any, monkeypatch: pytest.MonkeyPatch, cells: list[str]) -> float:
    """Return the points that grading gives to a copy: its cells, in order, in a new Python that does not stop at errors."""
    monkeypatch.setenv(PRIVATE_VARIABLE, str(place.private.parent))
    shell = InteractiveShell(user_ns={"check": check})
    with capture_output():
        for source in cells:
            shell.run_cell(source)
        points = shell.run_cell("check('compter')").result.points
    monkeypatch.delenv(PRIVATE_VARIABLE)
    return points


def as_it_is(runs: list[Run]) -> list[str]:
    """Return the texts of a notebook after these runs, from the top."""
    return [source for _, source in sorted(dict(runs).items())]


FUNCTION = "def compter():\n    return 34969"
GLOBAL = "def compter():\n    global nombre\n    nombre = 34969\n"

RIGHT_ROWS: dict[str, list[Run]] = {
    "run again": [("a", RIGHT), ("a", RIGHT)],
    "mended": [("a", "nombre = 1 / 0"), ("a", RIGHT)],
    "failed after the assignment, with the same small value": [("a", "nombre = 34969\n1 / 0"), ("a", "nombre = 34969\n1 / 0")],
    "failed after the assignment, on the same line": [("a", RIGHT), ("a", "nombre = 34969; 1 / 0")],
    "failed in a later turn of a loop": [("a", "for nombre in [1, 34969]:\n    2 / (nombre - 34969)")],
    "moved to a cell below": [("a", RIGHT), ("b", RIGHT), ("a", "total = 12")],
    "moved to a cell above": [("b", RIGHT), ("a", RIGHT), ("b", "total = 12")],
    "given again by another cell, after an error": [("a", "nombre = 1 / 0"), ("b", RIGHT)],
    "another cell fails": [("a", RIGHT), ("b", "1 / 0")],
    "a function has a name of its own": [("a", RIGHT), ("b", "def f():\n    nombre = 3"), ("b", "1 / 0")],
    "a comprehension has a name of its own": [("a", RIGHT), ("b", "x = [nombre for nombre in 'abc']"), ("b", "x = 3")],
    "an argument has a name of its own": [("a", RIGHT), ("b", "x = 3"), ("c", "def f(x): return x"), ("b", "pass")],
    "by a walrus": [("a", "print(nombre := 34969, 1 / 0)")],
    "by a loop": [("a", "for nombre in [1, 34969]:\n    pass")],
    "by tuple unpacking": [("a", "autre, nombre = 3, 34969"), ("a", "autre, nombre = 4, 34969")],
    "by a function": [("a", FUNCTION), ("b", "nombre = compter()"), ("b", "nombre = compter()\n1 / 0")],
    "by `global`": [("a", GLOBAL + "compter()"), ("a", GLOBAL + "compter()")],
    "by `global`, called by another cell": [("a", GLOBAL), ("b", "compter()"), ("b", "compter()  # encore")],
    "by `exec`": [("a", "exec('nombre = 34969')"), ("a", "exec('nombre = 34969')")],
    "by a magic": [("a", "%%time\nnombre = 34969"), ("a", "%%time\nnombre = 34969")],
    "by an addition": [("a", "nombre = 34968"), ("b", "nombre += 1")],
    "by an addition, all run again": [("a", "nombre = 34968"), ("b", "nombre += 1"), ("a", "nombre = 34968"), ("b", "nombre += 1")],
    "a table replaced by itself": [("a", "t = [3, 34969]"), ("b", "t = sorted(t)"), ("b", "t = sorted(t)"), ("c", "nombre = t[-1]")],
    "a comment was added above": [("a", "x = 34969"), ("b", "nombre = x"), ("a", "x = 34969  # communes\nprint(x)")],
    "another name of the cell changed": [("a", "x = 34969\ny = 1"), ("b", "nombre = x"), ("a", "y = 2\nx = 34969")],
    "what a function reads was given later": [("a", "def f(): return x"), ("b", "x = 1"), ("b", "x = 34969"), ("c", "nombre = f()")],
    "the import is another": [("a", "import math as m"), ("a", "import cmath as m"), ("b", RIGHT)],
}  # fmt: skip

OTHER_ROWS: dict[str, list[Run]] = {
    "edited": [("a", RIGHT), ("a", "nombre = 12")],
    "emptied": [("a", RIGHT), ("a", "")],
    "not given any more": [("a", RIGHT), ("a", "total = 34969")],
    "failed before the assignment": [("a", RIGHT), ("a", "1 / 0\nnombre = 34969")],
    "failed on the assignment": [("a", RIGHT), ("a", "nombre = (\n    34969 /\n    0)")],
    "failed before it, as small values are the same": [("a", "nombre = 12"), ("a", "nombre = 1 / 0\nnombre = 12")],
    "cannot be read": [("a", RIGHT), ("a", "nombre = len(communes")],
    "deleted by `del`": [("a", RIGHT), ("b", "del nombre")],
    "deleted in its own cell": [("a", RIGHT), ("a", RIGHT + "\ndel nombre")],
    "given in a function only": [("a", RIGHT), ("a", "def f():\n    nombre = 34969")],
    "given in a comprehension only": [("a", RIGHT), ("a", "x = [nombre for nombre in [34969]]")],
    "`global` is gone": [("a", GLOBAL + "compter()"), ("a", "def compter():\n    nombre = 34969\ncompter()")],
    "annotated only": [("a", RIGHT), ("a", "nombre: int")],
    "imported under the name": [("a", RIGHT), ("a", "import math as nombre")],
    "added to twice": [("a", "nombre = 34967"), ("b", "nombre += 1"), ("b", "nombre += 1")],
    "a list that grew twice": [("a", "l = [0]"), ("b", "l.append(34969)"), ("b", "l.append(34969)"), ("c", "nombre = l[-1] if len(l) == 3 else 0")],
    "what it comes from failed": [("a", "x = 34969"), ("b", "nombre = x"), ("a", "x = 1 / 0"), ("b", "nombre = x")],
    "what it comes from changed": [("a", "x = 34969"), ("b", "nombre = x"), ("a", "x = 12")],
    "what it comes from is gone": [("a", "x = 34969"), ("b", "y = x"), ("c", "nombre = y"), ("a", "z = 34969"), ("b", "y = x")],
    "its function changed": [("a", FUNCTION), ("b", "nombre = compter()"), ("a", "def compter(): return 3")],
    "its class failed": [("a", "class C:\n    x = 34969"), ("b", "nombre = C.x"), ("a", "class C:\n    x = 1 / 0")],
}  # fmt: skip


@pytest.mark.parametrize("runs", RIGHT_ROWS.values(), ids=RIGHT_ROWS)
def test_a_right_answer_that_grading_finds_is_right_on_the_screen(run, place, monkeypatch, runs):
    for cell, source in runs:
        run(source, cell)
    assert verdict(run).state == "right"
    assert verdict(run).points == graded(place, monkeypatch, as_it_is(runs))


@pytest.mark.parametrize("runs", OTHER_ROWS.values(), ids=OTHER_ROWS)
def test_an_answer_that_grading_does_not_find_is_not_right_on_the_screen(run, place, monkeypatch, runs):
    for cell, source in runs:
        run(source, cell)
    assert verdict(run).state != "right"
    assert verdict(run).points == graded(place, monkeypatch, as_it_is(runs))
    for cell, source in sorted(dict(runs).items()):
        run(source, cell)
    assert not any("de haut en bas" in said for said in verdict(run).messages), "the remedy works"


@pytest.mark.parametrize(
    "mistake", ["nombre = 1 / 0", "nombre = len(communes", "nombre 34969", "x = nombre.median()"]
)
def test_right_then_an_error_is_not_right(run, mistake):
    run(RIGHT)
    assert verdict(run).state == "right"
    run(mistake)
    assert (verdict(run).state, verdict(run).points) == ("unanswered", 0)
    assert "s’est arrêtée sur une erreur : elle ne donne pas `nombre`" in verdict(run).messages[0]
    run(RIGHT)
    assert verdict(run).state == "right"


def test_an_answer_whose_line_was_removed_is_told(run):
    run(RIGHT)
    run("total = 34969")
    assert "ne donne plus `nombre`" in verdict(run).messages[0]


def test_an_answer_that_comes_from_an_older_value_is_told_with_its_name(run):
    run("x = 34969", "a")
    run("y = x", "b")
    run("nombre = y", "c")
    run("x = 12", "a")
    assert verdict(run).state == "unanswered"
    assert "ancienne valeur de `x`. Exécutez à nouveau" in verdict(run).messages[0]
    run("x = 1 / 0", "a")
    assert "ancienne valeur de `x`, qu’aucune cellule ne donne plus" in verdict(run).messages[0]


def test_an_answer_of_a_deleted_cell_is_gone(run):
    run(RIGHT, "essai")
    run("x = 1", "autre", deletedCells=["essai", "jamais exécutée"])
    assert "ne donne plus `nombre`" in verdict(run).messages[0]
    run(RIGHT, "essai")
    assert verdict(run).state == "right"


def test_two_cells_that_give_an_answer_are_told_when_the_first_ran_last(run):
    run(RIGHT, "a")
    run("nombre = 12", "b")
    assert "Plusieurs cellules donnent" not in verdict(run).messages[0]
    run(RIGHT, "a")
    assert verdict(run).state == "right"
    assert "Plusieurs cellules donnent `nombre`" in verdict(run).messages[0]


def test_an_answer_that_reads_what_a_later_cell_gives_is_told(run):
    run("nombre = x", "a")
    run("x = 34969", "b")
    run("nombre = x", "a")
    assert verdict(run).state == "right"
    assert "`nombre` se sert de `x`" in verdict(run).messages[0]


@pytest.mark.parametrize(
    ("order", "state"),
    [(["réponse", "preuve"], "unanswered"), (["preuve", "réponse"], "right"), ([], "right")],
)
def test_an_answer_does_not_read_what_the_notebook_shows_further_down(run, place, order, state):
    """The course has run all that it shows before a learner answers; grading has not."""
    cells = [{"id": name, "cell_type": "code", "source": ""} for name in order]
    (place.source / "X01-essai.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    run("total = 34969", "preuve")
    run("nombre = total", "réponse")
    found = verdict(run)
    assert found.state == state
    assert ("`total`, que ce carnet ne calcule que plus bas" in " ".join(found.messages)) == (
        state != "right"
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', '{"cells": [{}]}'])
def test_a_notebook_whose_order_cannot_be_read_changes_no_verdict(run, place, content):
    (place.source / "X01-essai.ipynb").write_text(content, encoding="utf-8")
    run(RIGHT)
    assert verdict(run).state == "right"


def test_the_answer_by_form_still_counts_and_the_error_is_told(run):
    AnswersFile(Path.cwd()).set("compter", 34969, module="X01-essai", version=1)
    run(RIGHT)
    run("nombre = 1 / 0")
    found = verdict(run)
    assert (found.state, found.way) == ("right", "form")
    assert "s’est arrêtée sur une erreur" in found.messages[0]


NOT_THERE = {
    "a name that does not exist": ("nombre = comunes", STOPPED, "« comunes » n’est pas connu"),
    "an error after None": ("nombre = None\n1 / 0", STOPPED, "division par zéro"),
    "a line that Python cannot read, with a known cause": (
        "nombre = 34 969",
        STOPPED,
        "sans espace ni point",
    ),
    "a line that Python cannot read, with no known cause": (
        "nombre = 3 if",
        "",
        "Python n’arrive pas à lire cette ligne",
    ),
    "values that do not go together": ("nombre = 'a' * 'b'", "", "des valeurs qui ne vont pas ensemble"),
    "another name": ("nombres = 34969", OTHER_NAME, "donne `nombres`, et non `nombre`"),
    "no name": ("34969", NO_NAME, "son résultat n’est pas gardé"),
    "no name, below None": ("nombre = None\n34969", NO_NAME, "`nombre` vaut `None`"),
    "a comparison": ("nombre = None\nnombre == 34969", COMPARED, "un seul `=`"),
    "what is printed": ("nombre = print(34969)", PRINTED, "affiche une valeur, et ne la garde pas"),
}


@pytest.mark.parametrize("row", NOT_THERE)
def test_an_answer_that_is_not_there_is_told_why_at_the_check(run: Callable[..., Any], row: str) -> None:
    source, cause, said = NOT_THERE[row]
    run(source)
    judged = verdict(run)
    assert judged.state == "unanswered" and said in judged.messages[0]
    assert judged.outcomes == ([cause] if cause else [])
    again = verdict(run)  # a check that ran meanwhile is no answer
    assert again.messages == judged.messages


def test_the_error_is_told_beside_an_older_value(run: Callable[..., Any]) -> None:
    run(RIGHT)
    run("nombre = 34 969")
    judged = verdict(run)
    assert (
        "s’est arrêtée sur une erreur" in judged.messages[0] and "sans espace ni point" in judged.messages[1]
    )


@pytest.mark.parametrize("source", [None, "nombre = None", "# votre calcul\nnombre = None  # ici"])
def test_an_answer_that_nobody_began_is_told_no_cause(run: Callable[..., Any], source: str | None) -> None:
    if source:
        run(source)
    assert verdict(run).outcomes == []
