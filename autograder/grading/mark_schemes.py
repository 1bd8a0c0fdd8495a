"""Keep the marking scheme of a free answer where graders see it."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.modules.notebook_text import MARK_SCHEME


class MoveMarkSchemes(NbGraderPreprocessor):  # type: ignore[misc]
    """Move each scheme from the answer cell to the statement above it; first of `GenerateAssignment`'s steps.

    nbgrader empties answer cells before it records them: a scheme left there would be lost. In a locked
    cell it is recorded, removed from the release, put back for grading, and shown by the formgrader.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        statement: NotebookNode | None = None
        for cell in nb.cells:
            if cell.cell_type != "markdown":
                continue
            scheme = MARK_SCHEME.search(cell.source)
            if is_locked(cell):
                statement = cell
            elif is_grade(cell) and is_solution(cell) and scheme and statement is not None:
                cell.source = MARK_SCHEME.sub("", cell.source)
                statement.source = f"{statement.source.rstrip()}\n\n{scheme.group(0).rstrip()}"
        return nb, resources
