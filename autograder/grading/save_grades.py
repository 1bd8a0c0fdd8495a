"""The step of `Autograde.autograde_preprocessors` that writes points and comments, respectful of people's marks."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import compute_checksum, is_solution, is_task

from autograder.contract.names import TRIES
from autograder.grading.marked import ask_again, fingerprint, is_free
from autograder.grading.recognised import described, enclosed, take_verdicts, vocabulary
from autograder.records.writing import save

NO_ANSWER = "Pas de réponse."


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's, that asks for every mark again at each grading, and reproaches code to who answered by form."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Write the marks, then what the copy shows."""
        nb, resources = super().preprocess(nb, resources)
        verdicts, root = take_verdicts(nb), CourseDirectory(parent=self).root
        private = Path(root, "private", f"{self.assignment_id}.json")
        if private.is_file():
            met = enclosed(Path(resources["metadata"]["path"], TRIES))
            with Gradebook(self.db_url) as gradebook:
                copy = described(verdicts, met, vocabulary(private))
                save(gradebook.db, self.student_id, self.assignment_id, copy)
                gradebook.db.commit()
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Write what a cell is worth; a mark given to the same text is not asked again."""
        changed = ask_again(self._grade(cell), fingerprint(cell)) if is_free(cell) else True
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if not changed:
            self._grade(cell).needs_manual_grade = False
        if is_solution(cell):
            self._comment(cell).auto_comment = auto_comment(cell)
        self.gradebook.db.commit()
        return cell, resources

    def _grade(self, cell: NotebookNode) -> Any:
        return self.gradebook.find_grade(*self._place(cell))

    def _comment(self, cell: NotebookNode) -> Any:
        return self.gradebook.find_comment(*self._place(cell))

    def _place(self, cell: NotebookNode) -> tuple[str, str, str, str]:
        return cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id


def auto_comment(cell: NotebookNode) -> str | None:
    """Return the comment on an answer: of code left as released, the check says enough, and a form may have been filled."""
    unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    return NO_ANSWER if unchanged and is_free(cell) and not is_task(cell) else None
