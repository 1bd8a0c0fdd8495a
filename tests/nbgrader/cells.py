"""Cells as the build writes them, for tests that need no module."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def _nbgrader(
    name: str, *, grade: bool = False, solution: bool = False, locked: bool = True
) -> dict[str, Any]:
    metadata = {"schema_version": 3, "grade_id": name, "task": False}
    metadata |= {"grade": grade, "solution": solution, "locked": locked}
    return {"nbgrader": metadata | ({"points": 2} if grade else {})}


def locked(name: str, source: str) -> NotebookNode:
    return new_code_cell(source, id=name, metadata=_nbgrader(name))


def statement(name: str, source: str) -> NotebookNode:
    return new_markdown_cell(source, id=name, metadata=_nbgrader(name))


def answer(name: str, source: str) -> NotebookNode:
    return new_code_cell(source, id=name, metadata=_nbgrader(name, solution=True, locked=False))


def free_answer(name: str, source: str) -> NotebookNode:
    return new_markdown_cell(
        source, id=name, metadata=_nbgrader(name, grade=True, solution=True, locked=False)
    )


def check(exercise: str) -> NotebookNode:
    name = f"{exercise}-check"
    return new_code_cell(f'check("{exercise}")', id=name, metadata=_nbgrader(name, grade=True))


def own(source: str) -> NotebookNode:
    """A cell that a learner added."""
    return new_code_cell(source)


def notebook(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=list(cells))


def released() -> NotebookNode:
    """A small released notebook: two exercises by code, one free text."""
    return notebook(
        new_markdown_cell("# Le module", id="titre"),
        locked("setup", "from autograder.notebook import check"),
        new_code_cell("essai = 1", id="essai"),
        statement("un-statement", "### Exercice 1 — Un"),
        answer("un-answer", "un = None"),
        check("un"),
        statement("deux-statement", "### Exercice 2 — Deux"),
        answer("deux-answer", "deux = None"),
        check("deux"),
        statement("avis-statement", "### Exercice 3 — Avis"),
        free_answer("avis-answer", "*Écrivez votre réponse ici.*"),
    )


def sources(nb: NotebookNode) -> list[str]:
    return [cell.source for cell in nb.cells]
