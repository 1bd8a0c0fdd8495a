"""The page a learner gets back: answers, verdicts, graders' comments; nothing meant for graders."""

import re
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode, ValidationError
from nbformat.reader import NotJSONError
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import GradebookFirst
from autograder.grading.page_step import PageStep
from autograder.grading.titles import title_in

GRADERS_ONLY = re.compile(
    r"^[^\n]*### BEGIN (HIDDEN TESTS|MARK SCHEME).*?(?:^[^\n]*### END \1[^\n]*\n?|\Z)",
    re.DOTALL | re.MULTILINE,
)
UNREADABLE = "La copie corrigée n’est pas lisible : le fichier est abîmé. Corrigez-la de nouveau (« campus grade MODULE --force »)."
NO_ALT = 'alt="No description has been provided for this image"'
FRENCH_ALT = 'alt="Image sans description"'


class FeedbackExporter(GradebookFirst, HTMLExporter):
    """An exporter of its own, so that the formgrader keeps its template and this page has ours."""

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """Convert an open text file; raise GradingError when it holds no notebook."""
        try:
            return super().from_file(file_stream, resources, **kw)
        except (NotJSONError, ValidationError, AttributeError) as error:
            raise GradingError(UNREADABLE) from error

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page of a graded copy: nbconvert's, without its English."""
        page, found = super().from_notebook_node(nb, resources, **kw)
        return page.replace(NO_ALT, FRENCH_ALT), found


class HideGraderText(PageStep):
    """Remove hidden tests and mark schemes; name each answer and check after the heading above it."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        title = ""
        for cell in nb.cells:
            if is_locked(cell) or is_task(cell) or is_grade(cell):
                hide(cell)
            if cell.cell_type == "markdown" and is_locked(cell):
                title = title_in(cell.source) or title
            if is_grade(cell) or is_solution(cell) or is_task(cell):
                cell.metadata.nbgrader["title"] = title or cell.metadata.nbgrader["grade_id"]
        return nb, resources


def hide(cell: NotebookNode) -> None:
    """Remove what is for graders from a cell; its tracebacks too, since they quote the code."""
    cell.source, removed = GRADERS_ONLY.subn("", cell.source)
    if removed and cell.cell_type == "code":
        for output in cell.outputs:
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
