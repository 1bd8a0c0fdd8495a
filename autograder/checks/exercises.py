"""The exercises of a module as a notebook sees them: `.exercises.json`, beside it, written by the build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.checks.outcomes import SealedTable
from autograder.checks.verdict import Way

FILE_NAME = ".exercises.json"


class ExercisesError(Exception):
    """The exercises file is missing or damaged; the message is French and says what to do."""


@dataclass(frozen=True)
class Question:
    """One way to answer an exercise: by a variable (`code`) or by the form. `spec["kind"]` names its kind."""

    spec: Mapping[str, Any]
    sealed: SealedTable


@dataclass(frozen=True)
class Exercise:
    """What a learner may know of an exercise: nothing in it tells the answer."""

    id: str
    title: str
    points: float
    form: Mapping[str, Any] | None
    hints: list[str]
    answer: Mapping[str, Any]
    otherwise: str
    questions: Mapping[Way, Question]


@dataclass(frozen=True)
class RecallQuestion:
    """A question of an earlier module, asked again without points. `about` is "module/exercise"."""

    about: str
    title: str
    module: str
    form: Mapping[str, Any]
    sealed: SealedTable


@dataclass(frozen=True)
class ExerciseSet:
    """The exercises of one version of a module, and the questions of earlier ones."""

    module: str
    version: int
    exercises: Mapping[str, Exercise]
    recall: tuple[RecallQuestion, ...] = ()

    def find(self, exercise_id: str) -> Exercise:
        """Return an exercise; raise ExercisesError, with those that exist, if there is none of that name."""
        if exercise_id not in self.exercises:
            raise ExercisesError(
                f"L’exercice « {exercise_id} » n’existe pas dans ce module. "
                f"Exercices connus : {', '.join(self.exercises)}."
            )
        return self.exercises[exercise_id]


def load_exercises(folder: Path) -> ExerciseSet:
    """Read the exercises beside a notebook; raise ExercisesError if that cannot be done."""
    path = folder / FILE_NAME
    try:
        return _load(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise ExercisesError(
            f"Le fichier « {FILE_NAME} » du module est introuvable à côté du carnet. Si vous avez déplacé le carnet, "
            "remettez-le dans son dossier ; sinon, rouvrez le module depuis la page d’accueil."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExercisesError(
            f"Le fichier « {FILE_NAME} » du module est abîmé ({type(error).__name__}). "
            "Rouvrez le module depuis la page d’accueil pour en reprendre une copie saine."
        ) from error


@cache
def _load(path: Path, _mtime_ns: int) -> ExerciseSet:
    data = json.loads(path.read_text(encoding="utf-8"))
    exercises = {}
    for key, fields in data["exercises"].items():
        questions: dict[Way, Question] = {
            way: Question(question["spec"], SealedTable.from_json(question["sealed"]))
            for way, question in fields["questions"].items()
        }
        exercises[key] = Exercise(
            id=key,
            title=fields["title"],
            points=fields["points"],
            form=fields["form"],
            hints=fields["hints"],
            answer=fields["answer"],
            otherwise=fields["otherwise"],
            questions=questions,
        )
    recall = tuple(
        RecallQuestion(**{**question, "sealed": SealedTable.from_json(question["sealed"])})
        for question in data.get("recall", [])
    )
    return ExerciseSet(data["module"], data["version"], exercises, recall)
