"""What pages say of marks: those of people, those that wait, and whether the module is acquired."""

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from autograder.french.numbers import short
from autograder.grading.marked import is_free
from autograder.grading.page_step import PageStep

PROVISIONAL = "campus-provisoire"
"""Name of a `meta` of the pages on which free answers wait."""
NBGRADER_REPROACH = "No response."
"""Its comment on an answer left as released, in gradebooks filled before ours."""
OLD_MARK = (
    "**Note donnée à une version précédente de cette réponse : {score}.** L’apprenant a changé son texte depuis. "
    "La note et le commentaire ci-dessous sont ceux d’avant : relisez, puis donnez une note à ce texte-ci."
)
SCHEME_BEGINS = ("### BEGIN MARK SCHEME", "**Barème :**\n")
SCHEME_ENDS = ("### END MARK SCHEME", "")


@dataclass(frozen=True)
class Result:
    """What the head of a feedback page says. Points that wait for a person are not in `score`."""

    learner: str
    title: str
    score: float
    waiting: float
    """The points of the answers that wait."""
    total: float
    penalty: float
    pass_score: float | None
    """None when the module was released before it carried its pass mark."""

    @property
    def acquired(self) -> bool | None:
        """Whether there are enough points; None when that is not known, or hangs on what waits."""
        if self.pass_score is None:
            return None
        if self.score >= self.pass_score:
            return True
        return None if self.score + self.waiting >= self.pass_score else False


class GetMarks(GetGrades):  # type: ignore[misc]
    """nbgrader's, that takes for 0 what nobody has marked, and for the mark of a text that of an earlier one."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        nb, resources = super().preprocess(nb, resources)
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            own = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            _mark_what_waits(nb, own)
            learner = _name(own.student)
        resources["campus"] = _result(nb, learner, names)
        return nb, resources


def _mark_what_waits(nb: NotebookNode, own: SubmittedNotebook) -> None:
    grades = {grade.name: grade for grade in own.grades}
    for cell in nb.cells:
        if not (is_grade(cell) or is_solution(cell) or is_task(cell)):
            continue
        data = cell.metadata.nbgrader
        if data.get("comment") == NBGRADER_REPROACH:
            data.comment = None
        if is_free(cell) or is_task(cell):
            grade = grades[data.grade_id]
            data.waiting = grade.needs_manual_grade
            data.old_score = grade.manual_score if data.waiting else None


def _result(nb: NotebookNode, learner: str, names: dict[str, Any]) -> Result:
    graded = [cell.metadata.nbgrader for cell in nb.cells if is_grade(cell) or is_task(cell)]
    known = sum(one.score for one in graded if not one.get("waiting"))
    campus = nb.metadata.get("campus", {})
    share = campus.get("pass_mark")
    return Result(
        learner=learner,
        title=campus.get("title") or names["notebook"],
        score=max(0.0, known - names["late_penalty"]),
        waiting=sum(one.points for one in graded if one.get("waiting")),
        total=names["max_score"],
        penalty=names["late_penalty"],
        pass_score=None if share is None else share * names["max_score"],
    )


def _name(student: Any) -> str:
    """Return the name of a learner, and the identifier."""
    full = " ".join(filter(None, [student.first_name, student.last_name]))
    return f"{full} ({student.id})" if full else str(student.id)


class ForGraders(PageStep):
    """In the formgrader, says above an answer that its mark is that of an earlier text, and names mark schemes in French."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        if "submission_id" in resources:  # the formgrader's page, not the feedback's
            with Gradebook(CourseDirectory(parent=self).db_url) as gradebook:
                own = gradebook.find_submission_notebook_by_id(resources["submission_id"])
                old = {
                    grade.name: grade.manual_score
                    for grade in own.grades
                    if grade.needs_manual_grade and grade.manual_score is not None
                }
            nb.cells = [part for cell in nb.cells for part in _with_notice(cell, old)]
            for cell in filter(is_locked, nb.cells):
                cell.source = cell.source.replace(*SCHEME_BEGINS).replace(*SCHEME_ENDS)
        return nb, resources


def _with_notice(cell: NotebookNode, old: dict[str, float]) -> list[NotebookNode]:
    score = old.get(cell.metadata.nbgrader.grade_id) if is_free(cell) else None
    if score is None:
        return [cell]
    return [new_markdown_cell(OLD_MARK.format(score=short(score, 6))), cell]
