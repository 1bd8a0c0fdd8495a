"""The page a learner gets back: answers, verdicts, graders' comments; nothing meant for graders."""

import re
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_task

GRADERS_ONLY = re.compile(
    r"^[^\n]*### BEGIN (HIDDEN TESTS|MARK SCHEME).*?(?:^[^\n]*### END \1[^\n]*\n?|\Z)",
    re.DOTALL | re.MULTILINE,
)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


class FeedbackExporter(HTMLExporter):
    """An exporter of its own, so that the formgrader keeps its template and this page has ours."""


class HideGraderText(NbGraderPreprocessor):  # type: ignore[misc]
    """Remove hidden tests and mark schemes; name each graded cell after the heading above it."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        title = ""
        for cell in nb.cells:
            if is_locked(cell) or is_task(cell) or is_grade(cell):
                hide(cell)
            if cell.cell_type == "markdown" and not is_grade(cell):
                title = next(iter(HEADING.findall(cell.source)), title)
            if is_grade(cell):
                cell.metadata.nbgrader["title"] = title or cell.metadata.nbgrader["grade_id"]
        return nb, resources


def hide(cell: NotebookNode) -> None:
    """Remove what is for graders from a cell; its tracebacks too, since they quote the code."""
    cell.source, removed = GRADERS_ONLY.subn("", cell.source)
    if removed and cell.cell_type == "code":
        for output in cell.outputs:
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
