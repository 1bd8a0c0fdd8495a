"""A module in memory: typed, immutable, as its author wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from autograder.modules.notebook_text import TextCell, minutes_of
from autograder.modules.yaml_text import Document

COMPUTE = "compute"
"""The only key of a form's value that its author leaves to compute from the notebook's variables."""


def is_computed(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Tell whether a form's value is an expression, to compute from the notebook's variables."""
    return isinstance(value, Mapping) and list(value) == [COMPUTE]


@dataclass(frozen=True)
class Objective:
    """What a learner can do at the end, with the exercises that test it."""

    id: str
    text: str
    competences: tuple[str, ...]
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Attempt:
    """An answer written by the author: `code` for the answer cell, or a whole `form` value."""

    code: str | None = None
    form: Any = None


@dataclass(frozen=True)
class Mistake:
    """A wrong answer with a cause. Exactly one of the ways to write it is set."""

    id: str
    message: str
    credit: float = 0.0
    code: str | None = None
    form: Any = None
    pick: str | None = None
    miss: str | None = None
    match: Mapping[str, str] | None = None
    before: tuple[str, str] | None = None
    was: tuple[str, ...] = ()
    """Its former names: copies graded before a renaming bear them."""


@dataclass(frozen=True)
class ExerciseSpec:
    """An exercise of answers.yml, with its points and the solution of its answer cell, from notebook.md."""

    id: str
    title: str
    objective: str
    answer: Mapping[str, Any]
    form: Mapping[str, Any]
    hints: tuple[str, ...]
    success: str
    otherwise: str
    alternatives: tuple[Attempt, ...]
    mistakes: tuple[Mistake, ...]
    points: float
    solution: str | None
    recall: Mapping[str, Any] = field(default_factory=dict)
    """A question that later modules may ask again: question, options, right, feedback. Empty: none."""
    shown: str = ""
    """Why the right answer may be read before the question; "" where it may not."""
    example: str = ""
    """An answer that earns all the points of a free text; "" elsewhere."""
    scheme: str = ""
    """How the points of a free text are given, as its answer cell says it to graders; "" elsewhere."""

    @property
    def is_free(self) -> bool:
        """Tell whether people, not the grader, give the points."""
        return self.answer["kind"] == "free"


@dataclass(frozen=True)
class Module:
    """One graded notebook. `documents` keep the lines of its YAML files for findings."""

    folder: Path
    id: str
    title: str
    summary: str
    track: str
    audience: tuple[str, ...]
    version: int
    status: str
    pass_mark: float
    prerequisites: tuple[str, ...]
    datasets: tuple[str, ...]
    objectives: tuple[Objective, ...]
    exercises: Mapping[str, ExerciseSpec]
    cells: tuple[TextCell, ...]
    description: Document
    answers: Document
    deterministic: bool = True
    """Whether the same answers always give the same results: these may then be reused."""
    capstone: bool = False
    """Whether it brings a whole track together: it may then last longer."""

    @property
    def points(self) -> float:
        """The points of all the exercises."""
        return sum(exercise.points for exercise in self.exercises.values())

    @property
    def minutes(self) -> int:
        """The minutes that the parts of the notebook announce, added up."""
        return minutes_of(self.cells)

    @property
    def folder_name(self) -> str:
        """The name of the folder, of the nbgrader assignment and of its notebook."""
        return self.folder.name
