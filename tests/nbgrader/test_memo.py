"""Checks that look at the same values: run once for all copies, and only when that cannot be told apart."""

from pathlib import Path

import pytest

from autograder.grading.engine.memo import Memo, key
from autograder.sandbox import CellResult, Flag
from tests.nbgrader.cells import answer, locked, notebook
from tests.security.graded import RIGHT, WRONG, Assignment, Marked, check, plain_assignment
from tests.security.test_integrity import CHEATS

NOW = "print(time.time_ns())"
"""Shows something else each time that it is run."""


def shown(marked: Marked, name: str) -> str:
    return str(marked.cell(name).outputs[0].text)


def looked(tmp_path: Path, **options: bool) -> Assignment:
    """One answer and one check that shows the time."""
    setup = locked("setup", "import time")
    nb = notebook(setup, answer("a", "x = 0"), check("c", f"{NOW}\nassert x > 0", 1))
    return plain_assignment(tmp_path, nb, **options)


def test_a_check_looks_once_at_the_same_values(tmp_path: Path) -> None:
    with (assignment := looked(tmp_path)).engine:
        one, same, other, wrong = (
            assignment.grade(assignment.copy({"a": source}))
            for source in ("x = 1", "x = 3 - 2", "x = 2", "x = -1")
        )
    assert shown(one, "c") == shown(same, "c") != shown(other, "c")
    assert [marked.score for marked in (one, same, other, wrong)] == [1, 1, 1, 0]


def test_without_reuse_each_check_runs(tmp_path: Path) -> None:
    with (assignment := looked(tmp_path, reuse=False)).engine:
        one, same = (assignment.grade(assignment.copy({"a": "x = 1"})) for _ in range(2))
    assert shown(one, "c") != shown(same, "c")


def test_a_check_that_calls_the_learner_s_function_always_runs(tmp_path: Path) -> None:
    nb = notebook(answer("a", "..."), check("c", "assert f(2) == 4", 1))
    with (assignment := plain_assignment(tmp_path, nb)).engine:
        sources = ("def f(n): return n * 2", "def f(n): return n + 1", "def f(n): return n ** 2")
        scores = [assignment.grade(assignment.copy({"a": source})).score for source in sources]
    assert scores == [1, 0, 1]


def test_a_check_that_reads_what_another_defined_always_runs(tmp_path: Path) -> None:
    nb = notebook(
        answer("a", "x = y = 0"), check("c", "attendu = x + 1", 1), check("d", "assert y == attendu", 1)
    )
    with (assignment := plain_assignment(tmp_path, nb)).engine:
        scores = [
            assignment.grade(assignment.copy({"a": source})).points["d"]
            for source in ("x = 1; y = 2", "x = 2; y = 2", "x = 1; y = 2")
        ]
    assert scores == [1, 0, 1]


def test_a_key_tells_names_values_and_cells_apart() -> None:
    keys = [
        key(["a", "b"], {}),
        key(["ab"], {}),
        key(["a"], {"b": b""}),
        key(["a"], {"b": b"c"}),
        key(["a"], {"bc": b""}),
        key(["a"], {"b": b"", "c": b""}),
    ]
    assert len(set(keys)) == len(keys)
    assert key(["a"], {"b": b"1", "c": b"2"}) == key(["a"], {"c": b"2", "b": b"1"})


def test_the_memory_is_bounded_and_gives_copies() -> None:
    memo = Memo(most=2)
    for name in (b"1", b"2"):
        memo.put(name, CellResult("ok", [{"output_type": "stream", "name": "stdout", "text": "x"}]))
    found = memo.get(b"1")
    assert found is not None
    found.outputs.clear()
    memo.put(b"3", CellResult("ok"))
    again = memo.get(b"1")
    assert again is not None and len(again.outputs) == 1
    assert memo.get(b"2") is None


@pytest.mark.parametrize(
    "result", [CellResult("dead"), CellResult("timeout"), CellResult("ok", flags=[Flag("output")])]
)
def test_an_accident_is_not_kept(result: CellResult) -> None:
    memo = Memo()
    memo.put(b"1", result)
    assert memo.get(b"1") is None


@pytest.mark.parametrize(
    "cheat",
    ["octets vides", "nos modules empoisonnés", "affichages forgés", "types menteurs", "objets égaux à tout"],
)
def test_a_hostile_copy_leaves_nothing_for_the_next_ones(tmp_path: Path, cheat: str) -> None:
    with (assignment := plain_assignment(tmp_path)).engine:
        for first in (WRONG, RIGHT):
            assignment.grade(assignment.copy(first, after_first=CHEATS[cheat]))
        assert assignment.grade(assignment.copy(RIGHT)).score == 10
        assert assignment.grade(assignment.copy(WRONG)).score == 0
