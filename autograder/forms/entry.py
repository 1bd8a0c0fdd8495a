"""`exercise("id")`: what a notebook's form cell calls."""

from functools import partial
from pathlib import Path

from autograder.activities import registry
from autograder.checks.answers import AnswersFile
from autograder.checks.exercises import ExercisesError, load_exercises
from autograder.contract.forms import Form
from autograder.forms.panel import Panel, panel_of
from autograder.forms.played import PlayedPanel
from autograder.forms.static import Notice, StaticForm, widgets_allowed


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
        return panel_of(exercises, found, found.form, folder, partial(_panel, folder, found.form))
    answers = AnswersFile(folder, exercises.module)
    value = answers.get(exercise_id)
    return StaticForm(found.title, found.form, value, answers.problem)


def _panel(folder: Path, form: Form) -> Panel:
    """Make the panel of a form: one that drives a session, if an activity plays there."""
    played = next((activity for activity in registry.of_form(form) if activity.session), None)
    return PlayedPanel(folder, played) if played else Panel(folder, form["widget"])
