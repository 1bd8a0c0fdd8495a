"""What may be told of a published module: all that the home page and progress need, and no answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from autograder import files
from autograder.modules.model import Module
from autograder.modules.steps import steps_of
from autograder.progress.summary import ModuleFacts


@dataclass(frozen=True)
class Card:
    """One module. `exercises`: points of each one that is judged at once; `competences`: exercises, by code.

    `optional`: the exercises of optional steps; `free_points`: those of the answers that a person reads; `objectives`: what
    learners will be able to do; `code`: whether there is code to write, for those who wish (forms take every answer);
    `takeaway`: the card that they keep, in Markdown, or "".
    """

    id: str
    folder_name: str
    title: str
    summary: str
    track: str
    audience: tuple[str, ...]
    minutes: int
    version: int
    pass_mark: float
    prerequisites: tuple[str, ...]
    datasets: tuple[str, ...]
    exercises: Mapping[str, float]
    optional: tuple[str, ...]
    free_points: float
    competences: Mapping[str, tuple[str, ...]]
    objectives: tuple[str, ...]
    code: bool
    takeaway: str


def card(module: Module) -> Card:
    """Return the card of a module; answers that people read are left out."""
    judged = {key: one.points for key, one in module.exercises.items() if not one.is_free}
    competences: dict[str, tuple[str, ...]] = {}
    for objective in module.objectives:
        for code in objective.competences:
            competences[code] = (*competences.get(code, ()), *objective.exercises)
    free = sum(one.points for one in module.exercises.values() if one.is_free)
    optional = tuple(
        cell.exercise
        for step in steps_of(module.cells)
        for cell in step.cells
        if step.optional and cell.role == "statement" and cell.exercise
    )
    given: dict[str, Any] = {
        "exercises": judged,
        "optional": optional,
        "free_points": free,
        "competences": competences,
        "objectives": tuple(one.text for one in module.objectives),
        "code": any(cell.kind == "code" and cell.role in {"answer", "try"} for cell in module.cells),
        "takeaway": "\n\n".join(cell.source for cell in module.cells if cell.role == "takeaway"),
    }
    same: dict[str, Any] = {
        one.name: getattr(module, one.name) for one in fields(Card) if one.name not in given
    }
    return Card(**same, **given)


def facts(card: Card) -> ModuleFacts:
    """Return what progress needs to know of a module."""
    same: dict[str, Any] = {
        one.name: getattr(card, one.name) for one in fields(ModuleFacts) if one.name != "folder"
    }
    return ModuleFacts(folder=card.folder_name, **same)


@dataclass(frozen=True)
class Publication:
    """What is published. `versions`: of a module's folder, by name: the source's and the release's, when it was made."""

    cards: tuple[Card, ...]
    versions: Mapping[str, tuple[str, str]]


def read(path: Path) -> Publication:
    """Read a publication; empty when there is none, or none that can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        versions = {folder: (source, release) for folder, (source, release) in stored["versions"].items()}
        return Publication(tuple(_card(one) for one in stored["cards"]), versions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Publication((), {})


def _card(stored: dict[str, Any]) -> Card:
    for name, value in stored.items():
        stored[name] = tuple(value) if isinstance(value, list) else value
    return Card(**stored)


def write(path: Path, publication: Publication) -> None:
    """Write a publication. Raises OSError."""
    files.write(path, json.dumps(asdict(publication), ensure_ascii=False, indent=1) + "\n")
