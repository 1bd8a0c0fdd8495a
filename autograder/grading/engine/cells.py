"""What grading requires of a notebook, and the errors that it writes in the outputs of its cells."""

import json
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade

from autograder.contract.names import name_of
from autograder.grading.errors import GradingError
from autograder.sharing import roles

NO_TRUTH = (
    "Le barème du module manque, ou est abîmé ({path}) : aucune copie ne peut être corrigée. "
    "Lancez « campus build {name} », puis corrigez de nouveau."
)
NO_VERDICT = "Ce contrôle n’a pas rendu de résultat : il ne rapporte aucun point."
IMPOSSIBLE_POINTS = "Ce contrôle annonce un nombre de points impossible : il n’en rapporte aucun."


def require_truth(notebook: NotebookNode, truth: Path) -> None:
    """Raise GradingError when a notebook has `check("…")` cells, and the module's private table is missing."""
    if any(map(roles.checked_exercise, notebook.cells)) and not truth.is_file():
        raise GradingError(NO_TRUTH.format(path=truth, name=truth.stem))


def is_deterministic(truth: Path) -> bool:
    """Tell whether a module shows the same outputs each time it is run on the same answers.

    The module's private table says so; a module without a table is deterministic. Raises GradingError when the table is
    damaged.
    """
    if not truth.is_file():
        return True
    try:
        return bool(json.loads(truth.read_text(encoding="utf-8")).get("deterministic", True))
    except (ValueError, AttributeError) as error:
        raise GradingError(NO_TRUTH.format(path=truth, name=truth.stem)) from error


def name(cell: NotebookNode, index: int) -> str:
    """Return what to call a cell when speaking to an instructor; `index` counts from 0."""
    known = name_of(cell)
    return f"cellule {known}" if known else f"cellule n° {index + 1}"


def shows_points(cell: NotebookNode) -> bool:
    """Tell whether a cell's result is a number."""
    return any(_is_number(output) for output in cell.outputs)


def refuse_impossible_points(cell: NotebookNode) -> None:
    """Make a cell worth nothing when nbgrader would refuse its result, such as more points than the maximum."""
    try:
        determine_grade(cell)
    except (ValueError, KeyError, TypeError):
        refuse(cell, IMPOSSIBLE_POINTS)


def refuse(cell: NotebookNode, message: str) -> None:
    """Make a cell worth nothing: nbgrader reads the outputs in order, and stops at the first error or result."""
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
