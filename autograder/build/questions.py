"""What an exercise asks, way by way: the options that a kind needs, from answers.yml."""

from typing import Any

from autograder.checks.kinds import FORM_KINDS
from autograder.checks.verdict import Way
from autograder.modules.model import ExerciseSpec

COMMITTEE_KEYS = ("seed", "round", "whole", "after")
PUBLIC_FORM_KEYS = (
    *("widget", "label", "unit", "options", "items", "fields", "min", "max", "step", "explorer"),
    *COMMITTEE_KEYS,
)
KIND_KEYS = ("tolerance", "digits", "accept", "index", "ordered", "columns", "cases", "requires")


def ways(exercise: ExerciseSpec) -> list[Way]:
    """Return the ways in which an exercise can be answered and judged (none when people judge it)."""
    if exercise.is_free:
        return []
    return ["code", "form"] if exercise.solution is not None else ["form"]


def spec(exercise: ExerciseSpec, way: Way) -> dict[str, Any]:
    """Return what the kind of a way needs to read an answer; nothing in it tells the answer."""
    choices: dict[str, Any] = {
        key: list(exercise.form[key]) for key in ("options", "items") if key in exercise.form
    }
    if "fields" in exercise.form:
        choices["fields"] = {
            key: list(field.get("options", {})) for key, field in exercise.form["fields"].items()
        }
    if way == "code":
        options = {key: exercise.answer[key] for key in KIND_KEYS if key in exercise.answer}
        return {"kind": exercise.answer["kind"], **choices, **options}
    shared = {key: exercise.answer[key] for key in ("tolerance", "accept") if key in exercise.answer}
    own = {
        key: exercise.form[key] for key in ("tolerance", "accept", *COMMITTEE_KEYS) if key in exercise.form
    }
    return {"kind": FORM_KINDS[exercise.form["widget"]], **choices, **shared, **own}


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
