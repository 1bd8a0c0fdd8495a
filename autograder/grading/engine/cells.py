"""What each cell of a notebook to grade is, and what may be said in its outputs."""

import itertools
import json
import re
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade, is_grade, is_locked, is_solution

from autograder.grading.errors import GradingError

CHECK = re.compile(r"""^check\(["']([^"']+)["']\)$""")
FORM = re.compile(r"^exercise\(")
SAME_KERNEL = "same-kernel"
SHOW_ONLY = "show-only"

NO_TRUTH = (
    "Le barème du module manque, ou est abîmé ({path}) : aucune copie ne peut être corrigée. "
    "Lancez « campus build {name} », puis corrigez de nouveau."
)
NO_VERDICT = "Ce contrôle n’a pas rendu de résultat : il ne rapporte aucun point."
IMPOSSIBLE_POINTS = "Ce contrôle annonce un nombre de points impossible : il n’en rapporte aucun."


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


def require_truth(notebook: NotebookNode, truth: Path) -> None:
    """Raise GradingError when a notebook has checks of ours, and the table that they need is missing."""
    if any(map(checked_exercise, notebook.cells)) and not truth.is_file():
        raise GradingError(NO_TRUTH.format(path=truth, name=truth.stem))


def is_deterministic(truth: Path) -> bool:
    """Whether the same answers always show the same: what a module says of itself in its table, yes if it has none.

    Raises GradingError when the table is damaged.
    """
    if not truth.is_file():
        return True
    try:
        return bool(json.loads(truth.read_text(encoding="utf-8")).get("deterministic", True))
    except (ValueError, AttributeError) as error:
        raise GradingError(NO_TRUTH.format(path=truth, name=truth.stem)) from error


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


def common(one: list[NotebookNode], other: list[NotebookNode]) -> int:
    """Return how many of their first cells have the same text."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0].source == pair[1].source, pairs))


def branches(released: list[NotebookNode]) -> list[int]:
    """Return after how many cells of a trunk a copy may differ: before each cell open to the learner, and at the end."""
    places = [place for place, cell in enumerate(released) if not is_locked(cell)]
    return sorted({place for place in (*places, len(released)) if place})


def name(cell: NotebookNode, place: int) -> str:
    """Return what to call a cell when speaking to an instructor; `place` counts from 0."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"cellule {grade_id}" if grade_id else f"cellule n° {place + 1}"


def shows_points(cell: NotebookNode) -> bool:
    """Whether a cell's result is a number."""
    return any(_is_number(output) for output in cell.outputs)


def refuse_impossible_points(cell: NotebookNode) -> None:
    """Make a cell worth nothing when nbgrader would stop at its result, such as more points than there are."""
    try:
        determine_grade(cell)
    except (ValueError, KeyError, TypeError):
        refuse(cell, IMPOSSIBLE_POINTS)


def refuse(cell: NotebookNode, message: str) -> None:
    """Make a cell worth nothing: nbgrader reads the outputs in order, and stops at the first that tells."""
    cell.outputs.insert(0, error(message))


def error(message: str) -> NotebookNode:
    """Return an error to show in a cell: it costs a check cell its points."""
    output: NotebookNode = new_output("error", ename="Correction", evalue=message, traceback=[message])
    return output


def _is_number(output: NotebookNode) -> bool:
    if output.output_type != "execute_result":
        return False
    try:
        float(output.data.get("text/plain", ""))
    except ValueError:
        return False
    return True
