"""Names on which rooms agree: the files of a module's folder, its cells, and the variable of grading."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

ANSWERS = "reponses.json"
"""What a learner has answered by forms, beside the notebook."""
TRIES = "essais.json"
"""The verdicts met in a module, which the learner encloses when handing in, or not."""
EXERCISES = ".exercises.json"
"""The exercises of a module as its notebook sees them, beside it."""
STATE = ".campus"
"""The folder of what the course writes for itself in a learner's space; JupyterLab hides it."""

PRIVATE_VARIABLE = "CAMPUS_PRIVATE"
"""The variable of the folder of the tables in clear: set where answers are judged for good, and nowhere else."""
NBGRADER_VARIABLE = "NBGRADER_EXECUTION"
"""nbgrader's own variable, set where it runs a notebook."""
GRADING_VARIABLES = (PRIVATE_VARIABLE, NBGRADER_VARIABLE)

ROLES = ("statement", "form", "answer", "check")
"""The cells of an exercise."""

Audience = Literal["begun", "code", "answered"]
"""Who is asked a question again, among those who have begun its module: all, who answered by code, who answered that exercise."""


def is_grading() -> bool:
    """Tell whether this process runs a copy to grade it: nobody is there to use a widget, or to read a warning."""
    return any(os.environ.get(name) for name in GRADING_VARIABLES)


def private_tables() -> Path | None:
    """Return the folder of the tables in clear; None where answers are judged by the sealed tables, as a learner's are."""
    folder = os.environ.get(PRIVATE_VARIABLE)
    return Path(folder) if folder else None


def grade_id(exercise: str, role: str) -> str:
    """Return nbgrader's name of a cell of an exercise: `mediane-check`."""
    return f"{exercise}-{role}"


def role_of(name: str) -> str:
    """Return the role of a cell named by `grade_id`; "" for a cell of no exercise, and for the second of the same name."""
    role = name.rpartition("-")[2]
    return role if role in ROLES else ""


def exercise_of(name: str) -> str:
    """Return the exercise of a cell named by `grade_id`; "" where `role_of` gives no role."""
    return name.rpartition("-")[0] if role_of(name) else ""


def name_of(cell: Mapping[str, Any]) -> str:
    """Return nbgrader's name of a cell of a notebook, which may be anyone's; "" when it has none."""
    own = cell["metadata"].get("nbgrader")
    name = own.get("grade_id") if isinstance(own, dict) else None
    return name if isinstance(name, str) else ""
