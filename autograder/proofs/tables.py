"""The two tables of a built module compared: the sealed one must open on exactly what the clear one says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.authoring.tables import before_grading
from autograder.checks.exercises import load_exercises
from autograder.checks.outcomes import ClearTable, SealedTable

DIFFERENT = (
    "exercice « {key} » ({way}) : la table scellée, que lisent les apprenants, ne dit pas ce que dit celle de la correction. "
    "Lancez « campus build », puis recommencez ; si cela persiste, la fabrication est en cause."
)


def differences(source: Path, private: Mapping[str, Any]) -> list[str]:
    """Return a French sentence for each way of an exercise whose two tables differ."""
    exercises = load_exercises(source).exercises
    return [
        DIFFERENT.format(key=key, way=way)
        for key, exercise in exercises.items()
        for way, question in exercise.questions.items()
        if not _agree(question.sealed, ClearTable.from_json(private["exercises"][key][way]["table"]))
    ]


def _agree(sealed: SealedTable, clear: ClearTable) -> bool:
    entries = before_grading(clear)
    return len(entries) == len(sealed.entries) and all(
        sealed.find(*answer) == outcome for answer, outcome in entries.items()
    )
