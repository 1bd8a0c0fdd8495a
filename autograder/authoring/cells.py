"""A module's text to a notebook in nbgrader's schema v3. Deterministic: cell ids are hashes of our keys."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import pictures, terms
from autograder.authoring.recall import earlier
from autograder.contract.names import grade_id
from autograder.modules.facts import Fact, cite
from autograder.modules.glossary import Term
from autograder.modules.model import Module
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import steps_of

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def notebook(
    module: Module, facts: dict[str, Fact], glossary: Sequence[Term], namespace: Mapping[str, Any]
) -> NotebookNode:
    """Return the source notebook of a module: solutions and pictures inside, facts cited, terms explained, no output.

    `namespace` holds the variables of the notebook at its end, which pictures may cite. Raises ModuleError.
    """

    def whole(cell: TextCell) -> TextCell:
        text = cite(cell.source, facts, linked=cell.kind == "markdown")
        if cell.kind == "markdown":
            text = pictures.embedded(text, module.folder, facts, namespace)
        return replace(cell, source=text)

    written = [whole(cell) for cell in _with_forms(module)]
    names, steps = _grade_ids(written), steps_of(written)
    cells = terms.marked(steps, glossary, module.id)
    node = nbformat.v4.new_notebook()
    node.metadata = NotebookNode(
        kernelspec=KERNEL,
        language_info={"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        campus={
            "module": module.folder_name,
            "version": module.version,
            "title": module.title,
            "pass_mark": module.pass_mark,
            "steps": [{"title": step.title, "optional": step.optional} for step in steps],
        },
    )
    node.nbformat_minor = 5
    node.cells = [_cell(module, cell, name) for cell, name in zip(cells, names, strict=True)]
    numbers = [number for number, step in enumerate(steps) for _ in step.cells]
    for made, cell, number in zip(node.cells, cells, numbers, strict=True):
        made.metadata["campus"] = NotebookNode(_view(cell, number))
    nbformat.validate(node)
    return node


EVIDENCE = {"statement", "example", "tool"}
"""Roles of what is read before answering: the statement, and what comes with it."""

RECALL = "from autograder.forms import recall\n\nrecall()"


def _with_forms(module: Module) -> Iterable[TextCell]:
    """Yield the cells, with the form of each exercise right after its evidence, and the recall after the set-up cell."""
    for index, cell in enumerate(module.cells):
        yield cell
        if cell.role == "setup" and earlier(module):
            yield TextCell("code", RECALL, "form", cell.line, "recall")
        if form := _form_after(module.cells, index):
            yield form


def _form_after(cells: Sequence[TextCell], index: int) -> TextCell | None:
    """Return the form to put after a cell: the exercise stated above has its form once all its evidence is shown."""
    if cells[index].role not in EVIDENCE:
        return None
    later = next((cell for cell in cells[index + 1 :] if cell.role != "prose"), None)
    if later is not None and later.role in EVIDENCE - {"statement"}:
        return None
    stated = next((cell for cell in reversed(cells[: index + 1]) if cell.exercise), None)
    if stated is None or stated.role != "statement":
        return None
    return TextCell("code", f'exercise("{stated.exercise}")', "form", stated.line, stated.exercise)


def _view(cell: TextCell, step: int) -> dict[str, Any]:
    """Return what the course view needs to know of a cell; other programs leave it alone."""
    view: dict[str, Any] = {"step": step, "role": cell.role}
    if cell.exercise:
        view["exercise"] = cell.exercise
    if cell.predict:
        view["predict"] = list(cell.predict)
    return view


def _grade_ids(cells: list[TextCell]) -> list[str]:
    """Name each cell: by its exercise and role, else by its content, so that an edit elsewhere renames nothing."""
    names, seen = [], dict[str, int]()
    for cell in cells:
        if cell.exercise:
            name = grade_id(cell.exercise, cell.role)
        elif cell.role in {"setup", "parameters"}:
            name = cell.role
        else:
            name = f"cell-{hashlib.sha256(cell.source.encode()).hexdigest()[:12]}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def _cell(module: Module, cell: TextCell, name: str) -> NotebookNode:
    node = (
        nbformat.v4.new_code_cell(cell.source)
        if cell.kind == "code"
        else nbformat.v4.new_markdown_cell(cell.source)
    )
    node.id = hashlib.sha256(f"{module.folder_name}/{name}".encode()).hexdigest()[:12]
    node.metadata = NotebookNode(_metadata(cell, name))
    return node


def _metadata(cell: TextCell, name: str) -> dict[str, Any]:
    if cell.role == "try":
        return {"tags": ["try"]}
    manual = cell.role == "answer" and cell.kind == "markdown"
    grade = cell.role == "check" or manual
    nbgrader: dict[str, Any] = {
        "grade": grade,
        "grade_id": name,
        "locked": cell.role != "answer",
        "schema_version": 3,
        "solution": cell.role == "answer",
        "task": False,
    }
    if grade:
        nbgrader["points"] = cell.points
    metadata: dict[str, Any] = {"nbgrader": nbgrader}
    if cell.role == "parameters":
        metadata["tags"] = ["parameters"]
    if cell.role == "form":
        metadata["jupyter"] = {"source_hidden": True}
    return metadata
