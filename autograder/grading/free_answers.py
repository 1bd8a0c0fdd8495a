"""Show graders the free texts that learners typed in a form rather than in the notebook."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.checks.answers import AnswersFile

ANSWER_SUFFIX = "-answer"
MAX_CHARACTERS = 20_000
CUT = "\n\n*(Réponse coupée ici : elle dépasse {limit} caractères.)*"


class FillFreeAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Put the form's text in a manually graded Markdown answer cell that was left as released.

    The formgrader shows cells; it knows nothing of the answers file. Comes after `RebuildNotebook`.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            released = gradebook.find_notebook(names["notebook"], names["assignment"])
            stubs = {cell.name: cell.source for cell in released.source_cells}
        answers = AnswersFile(Path(resources["metadata"]["path"]))
        for cell in nb.cells:
            if cell.cell_type == "markdown" and is_grade(cell) and is_solution(cell):
                name = cell.metadata.nbgrader.grade_id
                text = answers.get(name.removesuffix(ANSWER_SUFFIX))
                if isinstance(text, str) and text.strip() and cell.source == stubs.get(name):
                    cell.source = _cap(text)
        if answers.problem:
            self.log.warning("%s : %s", names["student"], answers.problem)
        return nb, resources


def _cap(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS] + CUT.format(limit=MAX_CHARACTERS)
