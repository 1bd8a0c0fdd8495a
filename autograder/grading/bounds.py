"""What a page shows of a copy: bounds on each text and on the whole, so that any copy can be opened."""

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.utils import is_locked

from autograder.grading.free_answers import MAX_CHARACTERS
from autograder.grading.page_step import PageStep
from autograder.grading.pages import MARK, MAX_MARKS

SHOWN = (
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
)
"""Kinds of output, the first found first. A widget needs scripts from a public CDN: its static rendering is shown."""
MAX_LENGTH = {"text/markdown": MAX_CHARACTERS, "text/latex": 2_000, "text/plain": 100_000}
MAX_PICTURE = 3_000_000  # characters in base 64; HTML may hold some
MAX_LINE = 2_000  # of a traceback
CELL = 200  # characters that a cell counts for, however short
OUTPUT_TAGS = 10  # that a page puts around one

TOO_LONG = "Texte trop long : affiché en partie."
TOO_MUCH = "Il y a trop de résultats dans cette copie : la suite n’est pas affichée."
TOO_MANY_CELLS = "**Il y a trop de cellules ajoutées dans cette copie : la suite n’est pas affichée.**"
TOO_HEAVY = "Image trop lourde : elle n’est pas affichée."


@dataclass
class Room:
    """What is left on the page for what learners wrote and made."""

    prose: int = 150_000
    """Characters of cells that are not graded; reading Markdown takes time squared in the worst case."""
    characters: int = 8_000_000
    """Of outputs and attached pictures."""
    tags: int = 50_000
    """Of outputs; colours of the terminal become tags."""

    def take(self, characters: int, tags: int = 0) -> bool:
        """Use some of it; false when there is not enough."""
        if characters > self.characters or tags > self.tags:
            return False
        self.characters -= characters
        self.tags -= tags
        return True


class Shorten(PageStep):
    """First step of the feedback and formgrader pages. What is cut is said where it was."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        shorten(nb)
        return nb, resources


def shorten(nb: NotebookNode) -> None:
    """Bound a notebook in place: 20,000 characters for an answer, 100,000 for a text output, and the whole (`Room`)."""
    room = Room()
    kept: list[NotebookNode] = []
    for cell in nb.cells:
        if not is_locked(cell):
            cell.source = _cut(cell.source, MAX_CHARACTERS, "\n\n# " if cell.cell_type == "code" else "\n\n")
        if "nbgrader" not in cell.metadata:
            room.prose -= len(cell.source) + CELL
            if room.prose < 0:
                continue
        _shorten_attachments(cell, room)
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell.outputs, room)
        kept.append(cell)
    if len(kept) < len(nb.cells):
        kept.append(new_markdown_cell(TOO_MANY_CELLS))
    nb.cells = kept


def _cut(text: str, limit: int, before: str = "\n") -> str:
    return text if len(text) <= limit else f"{text[:limit]}{before}{TOO_LONG}"


def _shorten_attachments(cell: NotebookNode, room: Room) -> None:
    """Keep the attached pictures, unless the text shows more of them than the page can hold."""
    attachments = cell.get("attachments", {})
    times = cell.source.count("attachment:")
    if attachments and not room.take(times * max(len(str(own)) for own in attachments.values())):
        del cell["attachments"]


def _outputs(outputs: list[NotebookNode], room: Room) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    for output in outputs:
        _shorten_output(output)
        if not room.take(*_weight(output)):
            return [*kept, new_output("stream", name="stdout", text=TOO_MUCH)]
        kept.append(output)
    return kept


def _shorten_output(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = _cut(output.text, MAX_LENGTH["text/plain"])
    elif output.output_type == "error":
        output.traceback = [_cut(line, MAX_LINE) for line in output.traceback]
    else:
        output.data = _shorten_data(output.data)


def _shorten_data(data: NotebookNode) -> NotebookNode:
    """Keep the kind that is shown, and plain text when that one is too heavy."""
    mime = next((mime for mime in SHOWN if isinstance(data.get(mime), str)), None)
    if mime is None:
        return NotebookNode()
    if mime in MAX_LENGTH:
        return NotebookNode({mime: _cut(data[mime], MAX_LENGTH[mime], "\n\n")})
    if len(data[mime]) > MAX_PICTURE:
        return NotebookNode({"text/plain": TOO_HEAVY if mime.startswith("image/") else TOO_LONG})
    return NotebookNode({mime: data[mime]})


def _weight(output: NotebookNode) -> tuple[int, int]:
    """Return the characters and the tags of an output."""
    text = "".join([output.get("text", ""), *output.get("traceback", []), *output.get("data", {}).values()])
    return len(text), OUTPUT_TAGS + min(len(MARK.findall(text)), MAX_MARKS) + text.count("\x1b")
