"""Read what learners send: any encoding, any notebook format, never an unexplained failure."""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from autograder.grading.errors import GradingError
from autograder.grading.marked import adopt

UNREADABLE = (
    "Le carnet n’est pas lisible : le fichier est abîmé ou incomplet ({reason}). "
    "Demandez à l’apprenant de le rendre de nouveau."
)


class SubmissionExporter(NotebookExporter):
    """nbconvert's notebook exporter, with `read_notebook` as its way in; made once per `nbgrader autograde`."""

    def __init__(self, **kw: Any):
        super().__init__(**kw)
        if isinstance(self.parent, Autograde):  # it removes a graded copy before it reads the new one
            _adopt_marks(self.parent.coursedir)

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """Convert an open text file; its bytes are read anew, whatever encoding it was opened with."""
        return self.from_notebook_node(read_notebook(file_stream.buffer.read()), resources, **kw)


def _adopt_marks(coursedir: CourseDirectory) -> None:
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        adopt(gradebook, coursedir.assignment_id, Path(coursedir.root, coursedir.autograded_directory))


def read_notebook(raw: bytes) -> NotebookNode:
    """Return a notebook in format 4; raise GradingError when there is none to be read."""
    try:
        found = json.loads(_decode(raw))
    except (ValueError, RecursionError) as error:
        raise GradingError(UNREADABLE.format(reason=f"JSON : {error}")) from error
    if not isinstance(found, dict) or not {"cells", "worksheets"} & found.keys():
        raise GradingError(UNREADABLE.format(reason="ce n’est pas un carnet Jupyter"))
    content: dict[str, Any] = {"nbformat": 4, "nbformat_minor": 4} | found
    _complete(content)
    try:
        for cell in content.get("cells", []):
            _complete_cell(cell)
        text = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace").decode()  # half characters
        notebook: NotebookNode = nbformat.reads(text, as_version=4)
    except Exception as error:  # nbformat's converters raise anything on a malformed file
        raise GradingError(UNREADABLE.format(reason=f"structure : {error!r}")) from error
    return notebook


def _decode(raw: bytes) -> str:
    """Windows editors add byte-order marks or save in cp1252, of which every byte is some text."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _complete_cell(cell: dict[str, Any]) -> None:
    """Add the keys without which nbformat gives up."""
    _complete(cell)
    if not isinstance(cell.get("source"), (str, list)):
        cell["source"] = ""
    if cell["cell_type"] == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)


def _complete(part: dict[str, Any]) -> None:
    if not isinstance(part.get("metadata"), dict):
        part["metadata"] = {}
