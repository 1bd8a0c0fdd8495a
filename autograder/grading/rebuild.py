"""Rebuild the notebook to grade from the released one, with only the learner's own text put in.

Everything nbgrader chokes on (deleted, duplicated, split, renamed or re-typed cells, odd metadata)
disappears at once: the cells are ours, and only text is taken from the submission.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets import Unicode

from autograder.contract.names import name_of
from autograder.french.commands import some
from autograder.grading.errors import GradingError
from autograder.grading.matching import match
from autograder.printable import FIELD, printable

FOREIGN = (
    "**Ce carnet ne contient aucune question de ce module.** Il vient sans doute d’un autre "
    "module : rendez le bon fichier. Seules vos réponses par formulaire ont été corrigées."
)

NOTICE = "notice"
"""The id of the cell that says that nothing of this module was found."""
ADDED = "ajout-"
"""How the ids of the cells that a learner added begin."""


NO_RELEASE = "Le carnet publié manque, ou est abîmé ({path}). Lancez « campus release {name} », puis corrigez de nouveau."


def read_released(path: Path) -> NotebookNode:
    """Return a released notebook; raise GradingError when it is missing or damaged."""
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (FileNotFoundError, ValueError, KeyError, ValidationError) as error:
        raise GradingError(NO_RELEASE.format(path=path, name=path.stem)) from error
    return notebook


class RebuildNotebook(NbGraderPreprocessor):  # type: ignore[misc]
    """First step of `Autograde.sanitize_preprocessors`."""

    course = Unicode(help="Course directory; the released notebooks are in `release/`.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        path = Path(self.course, "release", names["assignment"], f"{names['notebook']}.ipynb")
        rebuilt = rebuild(read_released(path), nb)
        for note in rebuilt.notes:
            self.log.warning("%s : %s", names["student"], note)
        return rebuilt.notebook, resources


@dataclass
class Rebuilt:
    """The notebook to grade, and what had to be repaired."""

    notebook: NotebookNode
    notes: list[str] = field(default_factory=list)
    """In French, for the log."""


def rebuild(released: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """Return the cells of `released`, in order, filled with the text of `submitted`.

    Locked cells come from `released`. The others take the learner's text. Cells that the learner
    added are kept where they were: before the cell that followed them.
    """
    rebuilt = Rebuilt(NotebookNode(released, cells=[]), _version_note(released, submitted))
    places = match(released.cells, submitted.cells)
    if not any(place is not None and _is_question(released.cells[place]) for place in places):
        rebuilt.notes.append("aucune question de ce module dans le carnet rendu")
        rebuilt.notebook.cells = [new_markdown_cell(FOREIGN, id=NOTICE), *released.cells]
        return rebuilt

    found: dict[int, list[NotebookNode]] = defaultdict(list)
    added: dict[int, list[NotebookNode]] = defaultdict(list)
    for index, (cell, place) in enumerate(zip(submitted.cells, places, strict=True)):
        if place is not None:
            found[place].append(cell)
        elif cell.source.strip():
            added[_slot(released.cells, places, index)].append(cell)

    rebuilt.notes += _repairs(released.cells, found)
    for place, cell in enumerate(released.cells):
        for own in added[place]:
            _append(rebuilt.notebook, own)
        _fill(rebuilt, cell, found[place])
    for own in added[len(released.cells)]:
        _append(rebuilt.notebook, own)
    return rebuilt


def _version_note(released: NotebookNode, submitted: NotebookNode) -> list[str]:
    ours, theirs = _version(released), _version(submitted)
    if theirs in (None, ours):
        return []
    theirs = printable(theirs, FIELD)
    return [f"copie faite sur la version {theirs} du module, corrigée avec la version {ours}"]


def _repairs(released: list[NotebookNode], found: dict[int, list[NotebookNode]]) -> list[str]:
    """Say in one line each which known cells were missing, and which came several times."""
    names = {place: name_of(cell) for place, cell in enumerate(released)}
    missing = [name for place, name in names.items() if name and not found[place]]
    copied = [name for place, name in names.items() if name and len(found[place]) > 1]
    return [
        *_repair(missing, "manquante{s}, remise{s}"),
        *_repair(copied, "en plusieurs exemplaires, réunis"),
    ]


def _repair(names: list[str], what: str) -> list[str]:
    if not names:
        return []
    count, s = ("cellule", "") if len(names) == 1 else (f"{len(names)} cellules", "s")
    return [f"{count} {what.format(s=s)} : {some(names)}"]


def _version(nb: NotebookNode) -> Any:
    campus = nb.metadata.get("campus")
    return campus.get("version") if isinstance(campus, dict) else None


def _fill(rebuilt: Rebuilt, cell: NotebookNode, found: list[NotebookNode]) -> None:
    """Add a released cell, with the learner's text when it is theirs to write."""
    if not is_locked(cell):
        texts = _distinct(cell.source, found)
        if cell.cell_type == "code":
            # A split or copied answer runs as the learner saw it run: part after part.
            for text in texts[:-1]:
                _append(rebuilt.notebook, new_code_cell(text))
            cell.source = texts[-1]
        else:
            cell.source = "\n\n".join(texts)
            for own in found:
                _attach(cell, own)
    rebuilt.notebook.cells.append(cell)


def _distinct(stub: str, found: list[NotebookNode]) -> list[str]:
    """Return the different texts of a cell's copies, in order; the stub when nothing was written."""
    texts = dict.fromkeys(own.source for own in found)
    return [text for text in texts if text.strip() != stub.strip()] or [stub]


def _append(notebook: NotebookNode, own: NotebookNode) -> None:
    """Add a cell of the learner's: its text, and the pictures pasted in it."""
    name = f"{ADDED}{len(notebook.cells)}"
    if own.cell_type == "code":
        notebook.cells.append(new_code_cell(own.source, id=name))
        return
    cell = new_markdown_cell(own.source, id=name)
    _attach(cell, own)
    notebook.cells.append(cell)


def _attach(cell: NotebookNode, own: NotebookNode) -> None:
    """Add the pictures pasted in a cell; what has not the shape of one is left."""
    found = own.get("attachments")
    for name, kinds in found.items() if isinstance(found, dict) else []:
        if isinstance(kinds, dict) and kinds and all(isinstance(data, str) for data in kinds.values()):
            cell.setdefault("attachments", NotebookNode())[name] = kinds


def _slot(released: list[NotebookNode], places: list[int | None], index: int) -> int:
    """Return the place of the released cell before which an added cell goes.

    It stays after the known cell that preceded it, and before the next known one; of the deleted
    cells between them, the check comes after it (it may complete the answer), the others before.
    """
    previous = next((place for place in reversed(places[:index]) if place is not None), -1)
    following = next((place for place in places[index:] if place is not None), len(released))
    if following <= previous:  # the learner moved cells
        return previous + 1
    between = range(previous + 1, following)
    return next((place for place in between if _is_check(released[place])), following)


def _is_question(cell: NotebookNode) -> bool:
    return bool(is_grade(cell) or is_solution(cell))


def _is_check(cell: NotebookNode) -> bool:
    return bool(is_grade(cell) and is_locked(cell))
