"""Show graders the free texts that learners typed in a form rather than in the notebook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook
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
            stubs = stubs_of(gradebook.find_notebook(names["notebook"], names["assignment"]))
        problem = fill_free_answers(nb, Path(resources["metadata"]["path"]), stubs)
        if problem:
            self.log.warning("%s : %s", names["student"], problem)
        return nb, resources


def stubs_of(notebook: Notebook) -> dict[str, str]:
    """Return the text of every recorded cell as released, by name."""
    return {cell.name: cell.source for cell in notebook.source_cells}


def fill_free_answers(nb: NotebookNode, folder: Path, stubs: Mapping[str, str]) -> str | None:
    """Fill the answer cells from the answers file in `folder`; return what is wrong with it, in French."""
    answers = AnswersFile(folder)
    for cell in nb.cells:
        if cell.cell_type == "markdown" and is_grade(cell) and is_solution(cell):
            name = cell.metadata.nbgrader.grade_id
            text = answers.get(name.removesuffix(ANSWER_SUFFIX))
            if isinstance(text, str) and text.strip() and cell.source == stubs.get(name):
                cell.source = _cap(text)
    return answers.problem


def _cap(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # half characters, that nothing can write
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS] + CUT.format(limit=MAX_CHARACTERS)
