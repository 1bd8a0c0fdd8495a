"""`exercise("id")`: what a notebook's form cell calls."""

from pathlib import Path

from autograder.checks.answers import AnswersFile
from autograder.checks.exercises import ExercisesError, load_exercises
from autograder.forms.committee import CommitteePanel
from autograder.forms.inbox import InboxPanel
from autograder.forms.panel import Panel, panel_of
from autograder.forms.static import Notice, StaticForm, widgets_allowed

PANELS: dict[str, type[Panel]] = {"committee": CommitteePanel, "inbox": InboxPanel}
"""widget -> its panel, where the ordinary one does not do."""


def exercise(exercise_id: str) -> Panel | StaticForm | Notice:
    """Return the form of an exercise of the notebook's folder, to be shown as the value of a cell.

    Whatever prevents it becomes a French notice, never an exception.
    """
    folder = Path.cwd()
    try:
        exercises = load_exercises(folder)
        found = exercises.find(exercise_id)
    except ExercisesError as error:
        return Notice(str(error))
    if found.form is None:
        return Notice(f"L’exercice « {found.title} » se fait par le code : il n’a pas de formulaire.")
    if widgets_allowed():
        kind = PANELS.get(found.form["widget"], Panel)
        return panel_of(exercises, found, found.form, folder, kind)
    answers = AnswersFile(folder, exercises.module)
    value = answers.get(exercise_id)
    return StaticForm(found.title, found.form, value, answers.problem)
