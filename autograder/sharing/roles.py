"""What each cell of a notebook is, and which cells its copies have in common."""

import itertools
import re
from collections.abc import Sequence

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

CHECK = re.compile(r"""^check\(["']([^"']+)["']\)$""")
FORM = re.compile(r"^exercise\(")
SAME_KERNEL = "same-kernel"
SHOW_ONLY = "show-only"


def is_code(cell: NotebookNode) -> bool:
    """Whether a cell has something to run."""
    return bool(cell.cell_type == "code" and cell.source.strip())


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is ours and worth points: it runs away from the learner's code."""
    return bool(is_code(cell) and is_grade(cell) and is_locked(cell) and not is_solution(cell))


def checked_exercise(cell: NotebookNode) -> str | None:
    """Return the exercise of a `check("…")` cell, None for any other cell."""
    found = CHECK.match(cell.source.strip()) if is_check(cell) else None
    return found.group(1) if found else None


def is_plain_check(cell: NotebookNode) -> bool:
    """Whether a check cell is one of plain asserts, that reads the variables by their names."""
    return is_check(cell) and checked_exercise(cell) is None and not stays_with_learner(cell)


def stays_with_learner(cell: NotebookNode) -> bool:
    """Whether an author asked for a check cell to run in the learner's own process."""
    return SAME_KERNEL in cell.metadata.get("tags", [])


def only_shows(cell: NotebookNode) -> bool:
    """Whether a cell of ours, by its author's word, shows what is there and changes nothing."""
    return is_code(cell) and not is_check(cell) and SHOW_ONLY in cell.metadata.get("tags", [])


def is_form(cell: NotebookNode) -> bool:
    """Whether a cell of ours shows a form and its saved answer: it reads the learner's file, and needs none of their code."""
    return bool(is_code(cell) and is_locked(cell) and FORM.match(cell.source.strip()))


def trunk(notebook_cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return the cells that run one after the other in the learner's process, up to a check that stays there.

    Neither checks nor forms: the others do the same without them.
    """
    code = itertools.takewhile(lambda cell: not (is_check(cell) and stays_with_learner(cell)), notebook_cells)
    return [cell for cell in code if is_code(cell) and not is_check(cell) and not is_form(cell)]


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many of their first texts are the same."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def branches(released: list[NotebookNode]) -> list[int]:
    """Return after how many cells of a trunk a copy may differ: before each cell open to the learner, and at the end."""
    places = [place for place, cell in enumerate(released) if not is_locked(cell)]
    return sorted({place for place in (*places, len(released)) if place})
