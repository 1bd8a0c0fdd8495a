"""Plain nbgrader check cells, run away from the learner's code: what they may use, and what the copy shows."""

from copy import deepcopy
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.engine.flags import NO_SHARED_START
from tests.nbgrader.cells import answer, locked, notebook
from tests.security.graded import Marked, check, plain_assignment


def graded(tmp_path: Path, *cells: object, files: dict[str, str] | None = None) -> Marked:
    """Grade a notebook handed in as it was released."""
    nb = notebook(*cells)
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        return assignment.grade(nb, files)


@pytest.mark.parametrize(
    ("learner", "checked"),
    [
        ("import numpy as np\nx = np.arange(3)", "np.testing.assert_array_equal(x, [0, 1, 2])"),
        ("import math\nx = math.pi", "assert math.isclose(x, 3.14159, abs_tol=1e-3)"),
        (
            "import pandas as pd\nx = pd.DataFrame({'a': [1, 2]})",
            "assert x['a'].sum() == 3\nassert list(x) == ['a']",
        ),
        ("def f(a, *, b=1): return {'somme': a + b}", "assert f(1, b=3) == {'somme': 4}"),
        (
            "def f(n):\n    if n < 0: raise ValueError('négatif')\n    return n",
            "try:\n    f(-1)\nexcept ValueError as e:\n    assert 'négatif' in str(e)\nelse:\n    assert False",
        ),
        ("def f(): print('bruit'); return 3", "assert f() == 3"),
        ("x = {1: (2, {3})}", "assert x == {1: (2, {3})}"),
        ("x = 1", "%matplotlib inline\nassert x == 1"),
        ("x = 1", "for x_ in [1]:\n    assert x == x_"),
        ("x = [3, 1]", "trie = sorted(x)\nassert trie == [1, 3]"),
        ("somme = None\nx = 3", "from math import sqrt\nassert sqrt(x * 3) == 3"),
    ],
)
def test_an_unmodified_check_cell_runs_on_the_values(tmp_path: Path, learner: str, checked: str) -> None:
    marked = graded(tmp_path, answer("a", learner), check("c", checked, 3))
    assert marked.errors("c") == []
    assert marked.score == 3
    assert "bruit" not in marked.shown


def test_a_check_cell_may_give_part_of_the_points(tmp_path: Path) -> None:
    marked = graded(tmp_path, answer("a", "x = 1"), check("c", "min(x, 3)", 3))
    assert marked.score == 1


def test_points_that_cannot_be_are_worth_nothing(tmp_path: Path) -> None:
    marked = graded(tmp_path, answer("a", "x = 100"), check("c", "x", 3))
    assert marked.score == 0


def test_a_missing_name_or_an_object_that_cannot_cross_says_so(tmp_path: Path) -> None:
    marked = graded(
        tmp_path,
        answer("a", "class Modele: pass\nmodele = Modele()"),
        check("absent", "assert inconnu == 3", 1),
        check("objet", "assert modele.score == 3", 1),
    )
    assert marked.errors("absent") == ["NameError"]
    assert "Modele ne peut pas être transmis" in marked.cell("objet").outputs[0].evalue


def test_helpers_of_locked_cells_are_ours_wherever_they_are(tmp_path: Path) -> None:
    marked = graded(
        tmp_path,
        locked("setup", "def proche(a, b): return abs(a - b) < seuil\nseuil = 0.1"),
        answer("a", "x = 1\nproche = autre = lambda a, b: True"),
        locked("outils", "import math as m\ndef autre(a, b): return m.isclose(a, b)\nprint(x)"),
        answer("b", "autre = lambda a, b: True"),
        check("c", "assert proche(x, 1.05)", 1),
        check("d", "assert proche(x, 2)", 1),
        check("e", "assert autre(x, 2)", 1),
    )
    assert marked.points == {"c": 1, "d": 0, "e": 0}
    assert marked.errors("d") == marked.errors("e") == ["AssertionError"]


def test_a_check_sees_the_function_or_the_module_of_its_own_moment(tmp_path: Path) -> None:
    released = notebook(
        answer("a", "# à vous"),
        check("c", "assert f() == 1 and math.pi > 3", 1),
        answer("b", "def f(): return 2\nmath = 5"),
        check("d", "assert f() == 2 and math == 5", 1),
        locked("e", "def f(): return 3"),
        answer("g", "def f(): return 4"),
        check("h", "assert f() == 3", 1),
    )
    copy = deepcopy(released)
    copy.cells[0].source = "import math\ndef f(): return 1"
    assignment = plain_assignment(tmp_path, released)
    with assignment.engine:
        assert assignment.grade(copy).points == {"c": 1, "d": 1, "h": 1}


def test_what_a_check_defines_serves_the_next_one_and_not_the_learner(tmp_path: Path) -> None:
    marked = graded(
        tmp_path,
        answer("a", "x = 3\nattendu = 3"),
        check("c", "attendu = 4\nassert x == 3", 1),
        new_code_cell("print('vu', attendu)", id="essai"),
        check("d", "assert x == attendu", 1),
    )
    assert marked.points == {"c": 1, "d": 0}
    assert "vu 3" in marked.shown


def test_data_beside_the_notebook_are_ours_for_both(tmp_path: Path) -> None:
    source = tmp_path / "source" / "P01-nbgrader"
    source.mkdir(parents=True)
    (source / "donnees.csv").write_text("a\n1\n2\n")
    read = "import pandas\nlues = pandas.read_csv('donnees.csv')['a'].sum()"
    marked = graded(
        tmp_path,
        locked("setup", read),
        answer("a", read.replace("lues", "relues")),
        check("c", "assert relues == lues == 3", 1),
        files={"donnees.csv": "a\n100\n"},
    )
    assert marked.score == 1


def test_shared_cells_run_once_and_show_the_same_in_every_copy(tmp_path: Path) -> None:
    nb = notebook(
        locked("setup", "import os, random\ntirage = random.random()\nprint('tirage', tirage)"),
        answer("a", "print('tirage', tirage)"),
    )
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        first, second = assignment.grade(nb), assignment.grade(nb)
    texts = [
        cell.outputs[0].text
        for marked in (first, second)
        for cell in (marked.cell("setup"), marked.cell("a"))
    ]
    assert len(set(texts)) == 1


def test_a_cell_added_before_the_shared_ones_is_run_where_it_is(tmp_path: Path) -> None:
    nb = notebook(locked("setup", "x = 1"), answer("a", "y = x"), check("c", "assert y == 1", 1))
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        added = notebook(new_code_cell("x = 5; print('avant')", id="moi"), *nb.cells)
        marked = assignment.grade(added)
    assert marked.score == 1
    assert "avant" in marked.shown


def test_shared_cells_that_cannot_be_shared_are_run_in_each_copy_and_said(tmp_path: Path) -> None:
    marked = graded(
        tmp_path,
        locked(
            "setup",
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nx = 1",
        ),
        answer("a", "y = x"),
        check("c", "assert y == 1", 1),
    )
    assert marked.score == 1
    assert [flag.startswith(NO_SHARED_START.partition("{")[0]) for flag in marked.graded.flags] == [True]


def test_what_stops_the_sharing_on_the_way_is_said_too(tmp_path: Path) -> None:
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    marked = graded(
        tmp_path,
        locked("setup", "x = 1"),
        answer("a", "y = x"),
        locked("fil", thread),
        check("c", "assert y == 1", 1),
    )
    assert marked.score == 1
    assert [flag.startswith(NO_SHARED_START.partition("{")[0]) for flag in marked.graded.flags] == [True]


def test_an_answer_that_stops_as_released_is_nobodys_fault(tmp_path: Path) -> None:
    marked = graded(
        tmp_path,
        locked("setup", "x = 1"),
        answer("a", "raise NotImplementedError"),
        check("c", "assert x == 1", 1),
    )
    assert marked.score == 1
    assert marked.graded.flags == []
