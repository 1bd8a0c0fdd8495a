"""What the build writes beside the notebook: the public exercises, sealed, and the private tables, in clear."""

import hashlib
from dataclasses import replace
from typing import Any

from autograder.authoring import questions, recall
from autograder.authoring.derive import Derived
from autograder.checks.kinds.functions import HIDDEN
from autograder.checks.outcomes import RIGHT, ClearTable, Entries, SealedTable
from autograder.modules.model import ExerciseSpec, Module

OTHER_CASES = "À la correction, votre fonction sera aussi essayée sur d’autres cas."


def public(module: Module, derived: dict[str, Derived]) -> dict[str, Any]:
    """Return the content of `.exercises.json`: what learners may have."""
    exercises = {
        key: _public(module, derived[key].spec if key in derived else exercise, derived.get(key))
        for key, exercise in module.exercises.items()
    }
    return {
        "module": module.folder_name,
        "version": module.version,
        "exercises": exercises,
        "recall": recall.bank(module),
    }


def _public(module: Module, exercise: ExerciseSpec, derived: Derived | None) -> dict[str, Any]:
    tables = derived.tables.items() if derived else []
    return {
        "title": exercise.title,
        "points": exercise.points,
        "form": questions.public_form(exercise),
        "hints": list(exercise.hints),
        "answer": {
            key: exercise.answer[key] for key in ("kind", "name", "min_words") if key in exercise.answer
        },
        "otherwise": exercise.otherwise,
        **({"example": exercise.example, "scheme": exercise.scheme} if exercise.is_free else {}),
        "numbers": derived.numbers if derived else {},
        "questions": {
            way: {
                "spec": questions.spec(exercise, way),
                "sealed": SealedTable.seal(
                    before_grading(table), _salt(module, exercise), derived.facets[way], way
                ).to_json(),
            }
            for way, table in tables
            if derived is not None
        },
    }


def before_grading(table: ClearTable) -> Entries:
    """Return the outcomes that a learner can meet: without hidden cases, the visible ones are worth all the points."""
    if not any(facet == HIDDEN for facet, _ in table.entries):
        return table.entries
    return {
        (facet, canonical): replace(outcome, share=1.0, message=f"{outcome.message}\n\n{OTHER_CASES}")
        if outcome.id == RIGHT
        else outcome
        for (facet, canonical), outcome in table.entries.items()
        if facet != HIDDEN
    }


def private(module: Module, derived: dict[str, Derived], fingerprint: str) -> dict[str, Any]:
    """Return the grading tables in clear, and the form answers that runs and demonstrations fill in."""
    return {
        "module": module.folder_name,
        "version": module.version,
        "fingerprint": fingerprint,
        "deterministic": module.deterministic,
        "exercises": {
            key: {
                **{
                    way: {"table": table.to_json(), "hidden": questions.hidden(module.exercises[key], way)}
                    for way, table in found.tables.items()
                },
                "form_value": found.form_value,
                "form_mistakes": found.form_mistakes,
                "form_alternatives": {str(index): value for index, value in found.form_alternatives.items()},
                "alternatives": found.alternatives,
                "shares": found.shares,
                "was": {old: one.id for one in module.exercises[key].mistakes for old in one.was},
            }
            for key, found in derived.items()
        },
    }


def _salt(module: Module, exercise: ExerciseSpec) -> str:
    """A salt of its own for every exercise, the same at every build."""
    return hashlib.sha256(f"{module.folder_name}/{module.version}/{exercise.id}".encode()).hexdigest()[:32]
