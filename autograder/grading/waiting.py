"""Free answers that wait for a person."""

from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import BaseCell, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select

from autograder.grading.gradebook_file import in_words
from autograder.grading.release import load_config

ONE = "1 réponse libre attend votre lecture."
MANY = "{count} réponses libres attendent votre lecture."


def free_cells(gradebook: Gradebook, module: str) -> list[str]:
    """Return the identifiers of the cells of a module whose points a person gives; none when it is not released."""
    assignments = [one for one in gradebook.assignments if one.name == module]
    return [cell for one in assignments for notebook in one.notebooks for cell in _free_cells(notebook)]


def _free_cells(notebook: Notebook) -> Iterator[str]:
    answers = {cell.name for cell in notebook.solution_cells}
    yield from (cell.id for cell in notebook.grade_cells if cell.name in answers)
    yield from (cell.id for cell in notebook.task_cells)


def waiting(gradebook: Gradebook, module: str) -> dict[str, list[str]]:
    """Return the names of the free answers of a module that wait for a person, by learner, in order."""
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, BaseCell.name)
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .where(Grade.cell_id.in_(free_cells(gradebook, module)), Grade.needs_manual_grade.is_(True))
        .order_by(SubmittedAssignment.student_id, BaseCell.name)
    )
    found: dict[str, list[str]] = {}
    for learner, cell in rows:
        found.setdefault(learner, []).append(cell)
    return found


def say_waiting(course: Path, module: str) -> str:
    """Say in French how many free answers of a module wait; "" when none does. Raises GradingError."""
    coursedir = CourseDirectory(config=load_config(course))
    with in_words(coursedir.db_url), Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        count = sum(map(len, waiting(gradebook, module).values()))
    return "" if count == 0 else ONE if count == 1 else MANY.format(count=count)
