"""Read what learners send: any encoding, any notebook format, never an unexplained failure.

Only what grading uses is kept: texts, attachments, the names by which cells are known. Memory is bounded: outputs are cut out
of the text, then the rest is weighed, before anything is read.
"""

import json
import re
import threading
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode

from autograder.checks.json_text import STRING, UTF_16, TooHeavy, decode, weigh
from autograder.grading.errors import GradingError

MAX_FILE = 64 * 2**20
"""As much as a learner's code may write in one file (`Limits.file_bytes`)."""
MAX_TEXT = 10_000_000
"""Bytes of a notebook without its outputs. Those of the course have 0.1 MB, and 0.6 MB after one opening."""
MAX_CELLS = 20_000
MAX_OUTPUT_PARTS = 5_000_000
"""Strings and lists in outputs: each takes 0.2 µs to pass over."""

ALONE = threading.Lock()
"""One notebook at a time is read: two large ones at once would need twice the memory."""
OUTPUTS = re.compile(rb'"outputs"\s*+:\s*+\[')
PARTS = re.compile(STRING.pattern + rb"|[\[\]]", re.DOTALL)

METADATA = {"campus": ("module", "version"), "kernelspec": ("language",), "campus_grading": ()}
"""Groups and keys of a notebook's metadata that are kept; the last is there or not."""
SIMPLE = (str, int, float)
CELL_METADATA = {"nbgrader": ("grade_id", "checksum", "points", "grade", "solution", "locked")}

UNREADABLE = (
    "Le carnet n’est pas lisible : le fichier est abîmé ou incomplet ({reason}). "
    "Demandez à l’apprenant de le rendre de nouveau."
)
TOO_LARGE = (
    "Le carnet est trop gros pour être lu : {reason}. Ouvrez-le dans JupyterLab, effacez ses affichages "
    "(menu Édition) et ce qui n’a pas été demandé, enregistrez-le, puis relancez."
)
TOO_LONG = f"plus de {MAX_TEXT // 1_000_000} Mo sans ses affichages"
NOT_A_NOTEBOOK = "ce n’est pas un carnet Jupyter"
BAD_CELL = "une cellule n’a pas la forme attendue"


class SubmissionExporter(NotebookExporter):
    """nbconvert's notebook exporter, with `read_notebook` as its way in for what learners send.

    nbgrader converts twice: what the learner sent, then the notebook that it wrote itself, which is read as it is.
    """

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """Convert an open text file; its bytes are read anew, whatever encoding it was opened with."""
        if not getattr(self.parent, "_sanitizing", True):
            return super().from_file(file_stream, resources, **kw)
        return self.from_notebook_node(read_notebook(file_stream.buffer.read(MAX_FILE + 1)), resources, **kw)


def read_notebook_at(path: Path) -> NotebookNode:
    """Return the notebook of a file, as `read_notebook` does; a file too large is not read whole."""
    with ALONE, path.open("rb") as file:
        try:
            return _read(file.read(MAX_FILE + 1))
        except GradingError as error:
            problem = str(error)
    raise GradingError(problem)  # a new error: the frames of the first hold the whole file


def read_notebook(raw: bytes) -> NotebookNode:
    """Return a notebook in format 4, without outputs; raise GradingError when there is none to be read."""
    with ALONE:
        return _read(raw)


def _read(raw: bytes) -> NotebookNode:
    content = _parse(raw)
    if "cells" in content:
        return _notebook(content)
    try:
        old: NotebookNode = nbformat.reads(json.dumps({"nbformat_minor": 0} | content), as_version=4)
    except Exception as error:  # nbformat's converters raise anything on a malformed file
        raise GradingError(UNREADABLE.format(reason=BAD_CELL)) from error
    return _notebook(old)


def _parse(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_FILE:
        raise GradingError(TOO_LARGE.format(reason=f"plus de {MAX_FILE >> 20} Mo"))
    try:
        text = _without_outputs_as_utf8(raw)
        weigh(text)
        found = json.loads(text)
    except TooHeavy as error:
        raise GradingError(UNREADABLE.format(reason=error)) from error
    except ValueError as error:
        line = f"le texte s’arrête ou se contredit ligne {getattr(error, 'lineno', 1)}"
        raise GradingError(UNREADABLE.format(reason=line)) from error
    if not isinstance(found, dict) or not {"cells", "worksheets"} & found.keys():
        raise GradingError(UNREADABLE.format(reason=NOT_A_NOTEBOOK))
    return found


def _without_outputs_as_utf8(raw: bytes) -> bytes:
    """Return what is left of the text. Only UTF-16 is decoded whole: as a text, outputs may take four times their size."""
    if raw[:2] in UTF_16:
        raw = decode(raw).encode("utf-8", "surrogatepass")
    kept = without_outputs(raw)
    if len(kept) > MAX_TEXT:
        raise GradingError(TOO_LARGE.format(reason=TOO_LONG))
    return decode(kept).encode("utf-8", "surrogatepass")


def without_outputs(text: bytes) -> bytes:
    """Return the text of a notebook with every list of outputs emptied; a list without its end stays.

    Raises GradingError.
    """
    kept, start, left = [], 0, MAX_OUTPUT_PARTS
    while found := OUTPUTS.search(text, start):
        end, left = _end_of_list(text, found.end(), left)
        kept.append(text[start : found.end()])
        start = end
    return b"".join([*kept, text[start:]])


def _end_of_list(text: bytes, start: int, left: int) -> tuple[int, int]:
    """Return where the list that opens just before `start` closes (`start` when it does not), and how many parts may follow."""
    depth = 1
    for part in PARTS.finditer(text, start):
        left -= 1
        if left < 0:
            raise GradingError(TOO_LARGE.format(reason="trop d’affichages"))
        depth += {b"[": 1, b"]": -1}.get(part[0], 0)
        if not depth:
            return part.start(), left
    return start, left


def _notebook(content: Mapping[str, Any]) -> NotebookNode:
    cells = content["cells"]
    if not isinstance(cells, list):
        raise GradingError(UNREADABLE.format(reason=NOT_A_NOTEBOOK))
    if len(cells) > MAX_CELLS:
        raise GradingError(TOO_LARGE.format(reason=f"plus de {MAX_CELLS} cellules"))
    kept = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": _some(_dict(content.get("metadata")), METADATA),
        "cells": [_cell(cell) for cell in cells],
    }
    text = json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace").decode()  # half characters
    notebook: NotebookNode = nbformat.from_dict(json.loads(text))
    return notebook


def _cell(cell: Any) -> dict[str, Any]:
    """Return a cell with what grading uses, whatever else is wrong with it."""
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        raise GradingError(UNREADABLE.format(reason=BAD_CELL))
    kept: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "metadata": _some(_dict(cell.get("metadata")), CELL_METADATA),
        "source": _text(cell.get("source")),
    }
    if isinstance(cell.get("id"), str):
        kept["id"] = cell["id"]
    if attachments := _attachments(cell):
        kept["attachments"] = attachments
    return kept


def _some(metadata: dict[str, Any], wanted: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Return the simple values of metadata that grading looks at, by group, and the tags."""
    kept: dict[str, Any] = {
        group: {key: value for key in keys if isinstance(value := metadata[group].get(key), SIMPLE)}
        for group, keys in wanted.items()
        if isinstance(metadata.get(group), dict)
    }
    tags = metadata.get("tags")
    if isinstance(tags, list):
        kept["tags"] = [tag for tag in tags if isinstance(tag, str)]
    return kept


def _attachments(cell: dict[str, Any]) -> dict[str, dict[str, str]]:
    files = _dict(cell.get("attachments"))
    return {name: {kind: _text(data) for kind, data in _dict(file).items()} for name, file in files.items()}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """Return a text that may be written as a list of lines; anything else is empty."""
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))
