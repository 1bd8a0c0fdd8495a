"""The engine over many copies: what they share, several at once, and after an accident of ours."""

import copy
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.engine import open_engines
from autograder.sandbox import Limits
from tests.nbgrader.cells import answer, locked, notebook
from tests.security.graded import PLAIN, RIGHT, WRONG, Assignment, check, plain_assignment

STEPS = notebook(
    locked("setup", "import random\ntirage = random.random()"),
    new_code_cell("essai = 1", id="essai"),
    locked("suite", "print('tirage', tirage, 'essai', essai)"),
    answer("a", "x = 0"),
    locked("fin", "print('fin', random.random(), x)"),
    check("c", "assert x == essai", 1),
)


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Assignment]:
    assignment = plain_assignment(tmp_path, STEPS)
    with assignment.engine:
        yield assignment


def test_copies_share_what_they_left_as_it_was_and_no_more(steps: Assignment) -> None:
    answered = steps.grade(steps.copy({"a": "x = 1"}))
    untouched = steps.grade(steps.copy({}))
    changed = copy.deepcopy(STEPS)
    changed.cells[1].source = "essai = 0"
    tried = steps.grade(changed)
    shown = {
        name: [m.cell(name).outputs[0].text for m in (answered, untouched, tried)]
        for name in ("suite", "fin")
    }
    assert shown["suite"][0] == shown["suite"][1]
    assert shown["suite"][2] == shown["suite"][0].replace("essai 1", "essai 0")
    assert (
        len({text.split()[1] for text in shown["fin"]}) == 1
    )  # the same generator, wherever the copy started
    assert [m.score for m in (answered, untouched, tried)] == [1, 0, 1]


def test_copies_of_several_threads_do_not_mix(steps: Assignment) -> None:
    copies = [steps.copy({"a": f"x = {number % 2}"}) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        scores = [marked.score for marked in pool.map(steps.grade, copies)]
    assert scores == [0, 1] * 6


def test_grading_goes_on_after_the_warm_process_died(tmp_path: Path) -> None:
    assignment = plain_assignment(tmp_path)
    with assignment.engine as engine:
        assert assignment.grade(assignment.copy(RIGHT)).score == 10
        warm = engine._zygote._process
        assert warm is not None
        os.kill(warm.pid, signal.SIGKILL)
        warm.wait()
        assert assignment.grade(assignment.copy(RIGHT)).score == 10
        assert assignment.grade(assignment.copy(WRONG)).score == 0


def test_an_engine_is_kept_until_its_module_changes(tmp_path: Path) -> None:
    plain_assignment(tmp_path).engine.close()

    def engine() -> object:
        return open_engines.engine(tmp_path, PLAIN, PLAIN, unsafe=False, limits=Limits())

    first = engine()
    assert engine() is first
    os.utime(tmp_path / "release" / PLAIN / f"{PLAIN}.ipynb", (1, 1))
    assert engine() is not first


@pytest.mark.parametrize(
    "answers",
    [
        {"a": "x = sum(nombres)"},
        {"a": "x = sum(nombres)", "b": "y = x + 1\ny"},
        {"a": "x = 1 / 0", "b": "print('b', x)"},
        {"a": "x = suite"},
        {"a": "nombres.append(4)\nx = len(nombres)"},
        {"a": "autre = 3", "b": "print(x)"},
    ],
)
def test_our_cells_run_once_and_a_copy_shows_what_it_would_have_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str]
) -> None:
    nb = notebook(
        locked("setup", "nombres = [1, 2, 3]"),
        answer("a", "x = None"),
        locked("suite", "suite = len(nombres)\nsuite"),
        answer("b", "y = None"),
        locked("fin", "print('fin', suite, nombres)"),
    )
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine as engine:
        ahead = assignment.grade(assignment.copy(answers)).graded
        monkeypatch.setattr(engine._ours, "own_cells_last", lambda copy: None)
        in_order = assignment.grade(assignment.copy(answers)).graded
    assert ahead == in_order
    assert "fin" in str(ahead.notebook.cells[-1].outputs)


def test_our_cells_do_run_once_for_copies_by_code(tmp_path: Path) -> None:
    nb = notebook(
        locked("setup", "import time"), answer("a", "x = None"), locked("suite", "print(time.time_ns())")
    )
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        texts = [
            assignment.grade(assignment.copy({"a": source})).cell("suite").outputs[0].text
            for source in ("x = 1", "x = 2", "x = exec('1')")
        ]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize("after", ["x = 2", "values['n'] = 2", "values.update(n=2)", "import math as x"])
def test_a_check_sees_the_values_of_its_own_place_and_not_those_of_later(tmp_path: Path, after: str) -> None:
    nb = notebook(
        locked("setup", "x = 1\nvalues = {'n': 1}"),
        check("c", "assert x == 1 and values['n'] == 1", 1),
        locked("suite", after),
        answer("a", "y = None"),
        check("d", "assert y == 3", 1),
    )
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        untouched, answered = (assignment.grade(assignment.copy(own)) for own in ({}, {"a": "y = 3"}))
    assert (untouched.score, answered.score) == (1, 2)
