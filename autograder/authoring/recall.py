"""The questions of earlier modules that a module may ask again at its beginning, sealed like its own."""

import hashlib
from collections.abc import Iterator
from typing import Any

from autograder.checks.outcomes import RIGHT, Outcome, SealedTable
from autograder.modules.load import find_folders, load_once
from autograder.modules.model import ExerciseSpec, Module
from autograder.modules.programme import load_programme
from autograder.modules.steps import steps_of


def earlier(module: Module) -> list[Module]:
    """Return the modules that a learner has met before: those required, and those before it in its track; the nearest first."""
    root = module.folder.parent
    tracks = [track.modules for track in load_programme().tracks if module.id in track.modules]
    before = [one for track in tracks for one in track[: track.index(module.id)]]
    found: dict[str, Module] = {}
    waiting = [*module.prerequisites, *reversed(before)]
    while waiting:
        name = waiting.pop(0)
        if name in found or name == module.id:
            continue
        (folder,) = find_folders([name], root)
        found[name] = load_once(folder)
        waiting += found[name].prerequisites
    return list(found.values())


def bank(module: Module) -> list[dict[str, Any]]:
    """Return the questions, one module after the other, in their order."""
    return [_question(module, one, exercise) for one in earlier(module) for exercise in _asked(one)]


def _asked(module: Module) -> Iterator[ExerciseSpec]:
    return (exercise for exercise in module.exercises.values() if exercise.recall)


def _in_optional_steps(module: Module) -> set[str | None]:
    return {cell.exercise for step in steps_of(module.cells) if step.optional for cell in step.cells}


def _question(asking: Module, module: Module, exercise: ExerciseSpec) -> dict[str, Any]:
    recall = exercise.recall
    about = f"{module.folder_name}/{exercise.id}"
    salt = hashlib.sha256(f"{asking.folder_name}/{asking.version}/{about}/recall".encode()).hexdigest()[:32]
    entries = {
        ("", str(key)): Outcome(
            RIGHT if key == recall["right"] else "wrong", float(key == recall["right"]), text
        )
        for key, text in recall["feedback"].items()
    }
    return {
        "about": about,
        "title": exercise.title,
        "module": f"{module.id} – {module.title}",
        "form": {"widget": "choice", "label": recall["question"], "options": recall["options"]},
        "sealed": SealedTable.seal(entries, salt, 1).to_json(),
        "code": recall.get("code", False),
        "optional": exercise.id in _in_optional_steps(module),
    }
