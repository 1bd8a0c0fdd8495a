"""The exercises of a module as a notebook sees them: `.exercises.json`, beside it, written by the build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from autograder.activities import registry
from autograder.checks.judge import Landmarks
from autograder.checks.outcomes import SealedTable
from autograder.checks.verdict import Way
from autograder.contract.forms import Form
from autograder.contract.names import EXERCISES, Audience


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
    numbers: Mapping[str, str] = field(default_factory=dict)
    """What is said of the numbers that stand in the tables of the question."""
    example: str = ""
    """An answer that earns all the points of a free text; "" elsewhere."""
    scheme: str = ""
    """How the points of a free text are given; "" elsewhere."""

    @property
    def landmarks(self) -> Landmarks:
        """What everybody can see around the question."""
        return landmarks(self.form or {}, self.numbers)


def landmarks(form: Form, numbers: Mapping[str, str]) -> Landmarks:
    """Return the labels of a form, with what is said of the numbers that stand beside it."""
    parts, form = registry.parts(form), registry.ordinary(form)
    labels = {str(key): text for part in ("items", "options") for key, text in form.get(part, {}).items()}
    cells = {
        f"{item}.{name}": f"{text}, {one['label']}"
        for name, one in form.get("fields", {}).items()
        for item, text in form.get("items", {}).items()
    }
    return Landmarks(labels | cells | parts, numbers)


@dataclass(frozen=True)
class RecallQuestion:
    """A question of an earlier module, asked again without points. `about` is "module/exercise"."""

    about: str
    title: str
    module: str
    form: Mapping[str, Any]
    sealed: SealedTable
    code: bool = False
    """Whether it is about code."""
    optional: bool = False
    """Whether its exercise is in an optional step, which nobody has to open."""

    @property
    def asked_of(self) -> Audience:
        """Who meets it, among those who have begun its module."""
        return "answered" if self.optional else "code" if self.code else "begun"


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
    path = folder / EXERCISES
    try:
        return _load(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise ExercisesError(
            f"Le fichier « {EXERCISES} » du module est introuvable à côté du carnet. Si vous avez déplacé le carnet, "
            "remettez-le dans son dossier ; sinon, rouvrez le module depuis la page d’accueil."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExercisesError(
            f"Le fichier « {EXERCISES} » du module est abîmé ({type(error).__name__}). "
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
            numbers=fields.get("numbers", {}),
            example=fields.get("example", ""),
            scheme=fields.get("scheme", ""),
        )
    recall = tuple(
        RecallQuestion(**{**question, "sealed": SealedTable.from_json(question["sealed"])})
        for question in data.get("recall", [])
    )
    return ExerciseSet(data["module"], data["version"], exercises, recall)
