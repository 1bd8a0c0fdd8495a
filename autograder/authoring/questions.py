"""What an exercise asks, way by way: the options that a kind needs, from answers.yml."""

from typing import Any

from autograder.activities import registry
from autograder.checks.kinds import kind_of_widget
from autograder.checks.verdict import Way
from autograder.modules.model import ExerciseSpec

FORM_KEYS = ("widget", "label", "unit", "options", "items", "fields", "min", "max", "step")
"""The keys of ordinary widgets that the page and a learner's kernel may see; each activity says which of its own."""
KIND_KEYS = ("tolerance", "digits", "accept", "index", "ordered", "columns", "cases", "requires")


def ways(exercise: ExerciseSpec) -> list[Way]:
    """Return the ways in which an exercise can be answered and judged (none when people judge it)."""
    if exercise.is_free:
        return []
    return ["code", "form"] if exercise.solution is not None else ["form"]


def public_form(exercise: ExerciseSpec) -> dict[str, Any]:
    """Return what the page and a learner's kernel may see of a form: what no activity says to be public stays here."""
    own = [key for activity in registry.of_form(exercise.form) for key in activity.public]
    return {key: exercise.form[key] for key in (*FORM_KEYS, *own) if key in exercise.form}


def spec(exercise: ExerciseSpec, way: Way) -> dict[str, Any]:
    """Return what the kind of a way needs to read an answer; nothing in it tells the answer."""
    form = registry.ordinary(exercise.form)
    choices: dict[str, Any] = {key: list(form[key]) for key in ("options", "items") if key in form}
    if "fields" in form:
        choices["fields"] = {key: list(field.get("options", {})) for key, field in form["fields"].items()}
    kind = kind_of_widget(form["widget"])
    if way == "code":
        options = {key: exercise.answer[key] for key in KIND_KEYS if key in exercise.answer}
        drawn = exercise.answer["kind"] == exercise.form["widget"]
        return {"kind": kind if drawn else exercise.answer["kind"], **choices, **options}
    keys = KIND_KEYS if kind == exercise.answer["kind"] else ("tolerance", "accept")
    shared = {key: exercise.answer[key] for key in keys if key in exercise.answer}
    widget = form["widget"]
    played = registry.load(widget).public if widget in registry.ACTIVITIES else ()
    own = {key: form[key] for key in ("tolerance", "accept", *played) if key in form}
    return {"kind": kind, **choices, **shared, **own}


def hidden(exercise: ExerciseSpec, way: Way) -> dict[str, Any]:
    """Return what only grading may know."""
    keys = ("hidden", "also") if way == "code" else ("also",)
    return {key: exercise.answer[key] for key in keys if key in exercise.answer}


def whole_spec(exercise: ExerciseSpec, way: Way) -> dict[str, Any]:
    """Return what a kind needs to derive the tables of a way, hidden parts included."""
    return {**spec(exercise, way), **hidden(exercise, way)}


def same_question(exercise: ExerciseSpec) -> bool:
    """Tell whether the form asks for the very value that the code computes."""
    return "solution" not in exercise.form


def same_table(exercise: ExerciseSpec) -> bool:
    """Tell whether what is built in the form is the table that the code computes: its steps are another way to write it."""
    return exercise.answer["kind"] == "frame" and exercise.form["widget"] == "table"
