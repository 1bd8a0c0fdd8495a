"""The step of `Autograde.autograde_preprocessors` that writes points and comments, respectful of people's marks."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import compute_checksum, is_solution, is_task

from autograder.grading.marked import ask_again, fingerprint, is_free

NO_ANSWER = "Pas de réponse."


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's, that asks for every mark again at each grading, and reproaches code to who answered by form."""

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
