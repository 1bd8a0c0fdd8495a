"""The minutes that a learner is counted for: what there is to read, and what there is to do."""

import re

from autograder.activities import registry
from autograder.contract.activity import WORDS_A_MINUTE
from autograder.modules.model import ExerciseSpec, Module

CHOICE, GESTURE, COMPUTATION, FREE = 18, 30, 75, 240
"""Seconds for one item to choose, one to place, a computation, a text to write; an activity says its own."""

TABLE, TRY = 20, 45
"""Seconds to read a table, to try a cell."""

AGAIN = 1.2
"""A fifth more, for second tries."""

GESTURES = {"order", "match", "slider", "log"}


def counted(module: Module) -> int:
    """Return the minutes of a module; those measured on people are worth more."""
    text = "\n".join(cell.source for cell in module.cells if cell.kind == "markdown")
    code = "\n".join(cell.source for cell in module.cells if cell.kind == "code")
    seconds = len(re.findall(r"\w+", text)) * 60 / WORDS_A_MINUTE
    seconds += AGAIN * sum(map(_of, module.exercises.values()))
    seconds += TABLE * len(re.findall(r"\btable\(", code))
    seconds += TRY * sum(cell.role == "try" for cell in module.cells)
    return round(seconds / 60)


def _of(exercise: ExerciseSpec) -> float:
    """Return the seconds of one exercise, tried once."""
    form, widget = exercise.form, exercise.form["widget"]
    if exercise.is_free:
        return FREE
    if widget in registry.ACTIVITIES:
        return registry.load(widget).seconds(form)
    if widget in {"number", "table", "text"}:
        return COMPUTATION
    items = 1 if widget == "choice" else len(form.get("items", form.get("options", ()))) or 1
    return items * (GESTURE if widget in GESTURES else CHOICE)
