"""Show graders the free texts that learners typed in a form rather than in the notebook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.contract.names import ANSWERS, exercise_of, role_of
from autograder.grading.pieces import entries_of
from autograder.grading.rebuild import ADDED

MAX_CHARACTERS = 20_000
NO_ANSWERS_FILE = (
    f"aucune réponse trouvée : le fichier {ANSWERS} manque, et le carnet est resté tel que distribué. Demandez à "
    "l’apprenant s’il a rendu tout le dossier du module"
)
EMPTY_ANSWERS_FILE = (
    f"aucune réponse trouvée : le fichier {ANSWERS} est vide, et le carnet est resté tel que distribué"
)
NO_FORMS = (
    f"le fichier {ANSWERS} manque : seules les réponses écrites dans le carnet ont compté. Demandez à l’apprenant s’il a rendu "
    "tout le dossier du module"
)
CUT = "\n\n*(Réponse coupée ici : elle dépasse {limit} caractères.)*"


class FillFreeAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Put the form's text in a manually graded Markdown answer cell that was left as released.

    The formgrader shows cells; it knows nothing of the answers file. Comes after `RebuildNotebook`.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            stubs = stubs_of(gradebook.find_notebook(names["notebook"], names["assignment"]))
        problem = fill_free_answers(
            nb, Path(resources["metadata"]["path"], ANSWERS), stubs, names["assignment"]
        )
        if problem:
            self.log.warning("%s : %s", names["student"], problem)
        return nb, resources


def stubs_of(notebook: Notebook) -> dict[str, str]:
    """Return the text of every recorded cell as released, by name."""
    return {cell.name: cell.source for cell in notebook.source_cells}


def fill_free_answers(
    nb: NotebookNode, answers: Path | None, stubs: Mapping[str, str], module: str
) -> str | None:
    """Fill the answer cells from the answers file, if there is one of the module; return what must be told, in French."""
    note = _nothing_done(nb, answers, stubs) or _no_forms(nb, answers)
    given = entries_of(answers, module) or {}
    for cell in nb.cells:
        if cell.cell_type == "markdown" and is_grade(cell) and is_solution(cell):
            name = cell.metadata.nbgrader.grade_id
            entry = given.get(exercise_of(name))
            text = entry.get("value") if isinstance(entry, dict) else None
            if isinstance(text, str) and text.strip() and cell.source == stubs.get(name):
                cell.source = _cap(text)
    return note


def _nothing_done(nb: NotebookNode, answers: Path | None, stubs: Mapping[str, str]) -> str | None:
    """Say when a rebuilt notebook is as released, without cells of the learner's own, and no form was answered."""
    if any(cell.get("id", "").startswith(ADDED) for cell in nb.cells):
        return None
    if any(
        is_solution(cell) and cell.source != stubs.get(cell.metadata.nbgrader.grade_id) for cell in nb.cells
    ):
        return None
    if answers is None or not answers.is_file():
        return NO_ANSWERS_FILE
    return EMPTY_ANSWERS_FILE if entries_of(answers) == {} else None


def _no_forms(nb: NotebookNode, answers: Path | None) -> str | None:
    """Say when the answers file is missing though some questions are answered by a form alone."""
    names = {cell.metadata.nbgrader.grade_id for cell in nb.cells if is_grade(cell) or is_solution(cell)}
    checked = {exercise_of(name) for name in names if role_of(name) == "check"}
    by_code = {exercise_of(name) for name in names if role_of(name) == "answer"}
    there = answers is not None and answers.is_file()
    return NO_FORMS if "campus" in nb.metadata and checked - by_code and not there else None


def _cap(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # half characters
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS] + CUT.format(limit=MAX_CHARACTERS)
