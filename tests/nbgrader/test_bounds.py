"""Any copy's page can be made and opened: what is too long is cut, and said so where it was."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autograder.grading import pages
from autograder.grading.bounds import TOO_HEAVY, TOO_LONG, TOO_MANY_CELLS, TOO_MUCH, Room, shorten
from tests.nbgrader.cells import free_answer, notebook, statement


def output(mime: str, content: str) -> NotebookNode:
    return new_output("display_data", {mime: content})


def run(*outputs: NotebookNode) -> list[NotebookNode]:
    """The outputs that are left of those of a cell."""
    nb = notebook(new_code_cell("1", outputs=list(outputs)))
    shorten(nb)
    left: list[NotebookNode] = nb.cells[0].outputs
    return left


def test_an_ordinary_copy_is_left_whole() -> None:
    nb = notebook(statement("s", "Question " * 10_000), free_answer("avis-answer", "Parce que. " * 500))
    nb.cells.append(
        new_code_cell("x = 1", outputs=[output("text/html", "<table><tr><td>1</td></tr></table>")])
    )
    before = nb.copy()
    shorten(nb)
    assert nb == before


def test_a_long_answer_is_shown_in_part() -> None:
    nb = notebook(free_answer("avis-answer", "a" * 50_000))
    shorten(nb)
    assert len(nb.cells[0].source) < 21_000
    assert nb.cells[0].source.endswith(TOO_LONG)


def test_a_flood_of_added_cells_hides_no_graded_one() -> None:
    nb = notebook(*[new_markdown_cell("a") for _ in range(5_000)], free_answer("avis-answer", "Parce que."))
    shorten(nb)
    assert len(nb.cells) < 1_000
    assert nb.cells[-2].source == "Parce que."
    assert nb.cells[-1].source == TOO_MANY_CELLS


@pytest.mark.parametrize(
    "flood",
    [
        [new_output("stream", text="a" * 100_000)] * 200,
        [new_output("stream", text="\x1b[31ma" * 10_000)] * 200,
        [output("text/html", "<b>a" * 9_000)] * 200,
        [output("image/png", "A" * 2_000_000)] * 200,
        [output("text/plain", "")] * 20_000,
    ],
    ids=["text", "colours", "tags", "pictures", "empty"],
)
def test_a_flood_of_outputs_is_stopped_and_said(flood: list[NotebookNode]) -> None:
    left = run(*flood)
    assert left[-1].text == TOO_MUCH
    assert sum(len(str(one)) for one in left) < 2 * Room.characters


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (output("text/plain", "a" * 1_000_000), TOO_LONG),
        (output("text/markdown", "*a " * 100_000), TOO_LONG),
        (output("text/latex", "$" * 100_000), TOO_LONG),
        (output("text/html", "a" * 4_000_000), TOO_LONG),
        (output("image/png", "A" * 4_000_000), TOO_HEAVY),
        (new_output("stream", text="a" * 1_000_000), TOO_LONG),
        (new_output("error", ename="E", evalue="v", traceback=["a" * 1_000_000]), TOO_LONG),
    ],
    ids=["text", "markdown", "formula", "html", "picture", "stream", "traceback"],
)
def test_one_huge_output_is_cut_and_said(made: NotebookNode, said: str) -> None:
    (left,) = run(made)
    assert said in str(left)
    assert len(str(left)) < 200_000


def test_pictures_shown_a_thousand_times_are_left_out() -> None:
    cell = new_markdown_cell("![a](attachment:a.png)\n" * 800)
    cell.attachments = {"a.png": {"image/png": "A" * 1_000_000}}
    nb = notebook(cell)
    shorten(nb)
    assert "attachments" not in nb.cells[0]


@pytest.mark.parametrize(
    "bomb", ["<div>" * 60_000, "<ul><li>" * 60_000, "&" * 3_000_000], ids=["div", "ul", "amp"]
)
def test_cleaning_never_reads_more_than_its_bound(bomb: str) -> None:
    """Its time is squared in the depth: what is bounded is what it reads."""
    assert len(pages.MARK.findall(pages.bounded(bomb))) == pages.MAX_MARKS
    assert pages.clean(bomb).endswith(pages.CUT)
