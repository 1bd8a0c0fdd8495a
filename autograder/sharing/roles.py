"""What each cell of a notebook is, and which cells its copies have in common."""

import itertools
import re
from collections.abc import Sequence

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.sharing import names

CHECK = re.compile(r"""^check\(["']([^"']+)["']\)$""")
FORM = re.compile(r"^exercise\(")
SAME_KERNEL = "same-kernel"


def is_code(cell: NotebookNode) -> bool:
    """Tell whether a cell has something to run."""
    return bool(cell.cell_type == "code" and cell.source.strip())


def is_check(cell: NotebookNode) -> bool:
    """Tell whether a cell is ours and worth points: it runs away from the learner's code."""
    return bool(is_code(cell) and is_grade(cell) and is_locked(cell) and not is_solution(cell))


def checked_exercise(cell: NotebookNode) -> str | None:
    """Return the exercise of a `check("…")` cell, None for any other cell."""
    match = CHECK.match(cell.source.strip()) if is_check(cell) else None
    return match.group(1) if match else None


def is_plain_check(cell: NotebookNode) -> bool:
    """Tell whether a check cell has plain asserts, which read the learner's variables by their names."""
    return is_check(cell) and checked_exercise(cell) is None and not stays_with_learner(cell)


def stays_with_learner(cell: NotebookNode) -> bool:
    """Tell whether the author tagged a cell to run in the learner's own process."""
    return SAME_KERNEL in cell.metadata.get("tags", [])


def is_form(cell: NotebookNode) -> bool:
    """Tell whether a cell of ours shows a form and its saved answer. It reads the learner's file, and none of their code."""
    return bool(is_code(cell) and is_locked(cell) and FORM.match(cell.source.strip()))


def trunk(notebook_cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return the cells that run one after the other in the learner's process, up to a check that stays there.

    Checks and forms are left out: they change nothing that the other cells read. The trunk also ends before a cell of ours that
    changes a name which an earlier check reads: a copy that started after this cell would be checked on the later value.
    """
    found: list[NotebookNode] = []
    given, checked = set[str](), set[str]()
    for cell in filter(is_code, notebook_cells):
        if is_check(cell):
            if stays_with_learner(cell):
                break
            checked |= given | set(names.read(names.parse(cell.source)))
            continue
        if is_form(cell):
            continue
        changed = names.changed(names.parse(cell.source))
        if not is_locked(cell):
            given |= changed
        elif changed & checked:
            break
        found.append(cell)
    return found


def common(texts: Sequence[str], others: Sequence[str]) -> int:
    """Return how many of the first texts are the same in both."""
    pairs = zip(texts, others, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def branches(released: list[NotebookNode]) -> list[int]:
    """Return after how many cells of the released trunk a copy may differ.

    A copy may differ from each cell that the learner may write in. The length of the trunk is there too: a copy may differ
    nowhere.
    """
    open_cells = [index for index, cell in enumerate(released) if not is_locked(cell)]
    return sorted({depth for depth in (*open_cells, len(released)) if depth})
