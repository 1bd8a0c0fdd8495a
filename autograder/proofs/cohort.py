"""A made-up cohort for one module: what each learner hands in, and the points they must get."""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.contract.names import name_of, role_of
from autograder.modules.model import Attempt, Module
from autograder.proofs.variants import Variant, by_code, by_form, fill, variants

Damage = Callable[[NotebookNode], None]


@dataclass(frozen=True)
class Submission:
    """What one made-up learner hands in. `expected` leaves out what people grade; None: cannot be graded."""

    profile: str
    notebook: bytes
    answers: bytes
    expected: float | None


@dataclass(frozen=True)
class Material:
    """What the cohort of a module is made from; `foreign` is the notebook of another module."""

    module: Module
    private: Mapping[str, Any]
    released: NotebookNode
    foreign: NotebookNode


def cohort(material: Material) -> list[Submission]:
    """Return the submissions of a module, from perfect to hopeless."""
    module, private = material.module, material.private
    solved = by_code(module, private)
    return [
        *(_submit(material, variant) for variant in variants(module, private)),
        _submit(material, _half(module, by_form(module, private))),
        *(_submit(material, variant) for variant in _all_broken(module, solved)),
        _submit(material, replace(solved, name="contrôles et préparation effacés"), _delete_checks),
        _submit(material, replace(solved, name="contrôles et réponses en double"), _duplicate),
        _foreign(material),
        _truncated_notebook(material, solved),
        _truncated_answers(material, solved),
    ]


def _submit(material: Material, variant: Variant, damage: Damage | None = None) -> Submission:
    notebook, answers = fill(material.module, material.released, variant)
    if damage:
        damage(notebook)
    return Submission(variant.name, _bytes(notebook), json.dumps(answers).encode(), variant.points)


def _half(module: Module, solved: Variant) -> Variant:
    """Only the first half of the exercises."""
    done = list(module.exercises)[: len(module.exercises) // 2]
    answers = {key: solved.answers[key] for key in done}
    return replace(solved, name="à moitié fait", answers=answers, points=_points(module, answers))


def _all_broken(module: Module, solved: Variant) -> list[Variant]:
    """Return the copies whose first answer by code stops or never ends; none in a module without code."""
    if all(attempt.code is None for attempt in solved.answers.values()):
        return []
    return [
        _broken(module, solved, "code qui lève une erreur", "1 / 0"),
        _broken(module, solved, "boucle infinie", "while True:\n    pass"),
    ]


def _broken(module: Module, solved: Variant, name: str, code: str) -> Variant:
    """Return a submission that is right everywhere, except in its first answer by code: `code` is there."""
    key = next(key for key, attempt in solved.answers.items() if attempt.code is not None)
    points = solved.points - module.exercises[key].points
    return replace(solved, name=name, answers={**solved.answers, key: Attempt(code=code)}, points=points)


def _delete_checks(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not _is_check(cell) and name_of(cell) != "setup"]


def _duplicate(notebook: NotebookNode) -> None:
    """Copy and paste every check and every answer at the end, as JupyterLab does: same metadata, new id."""
    copies = [copy.deepcopy(c) for c in notebook.cells if _is_check(c) or role_of(name_of(c)) == "answer"]
    for number, cell in enumerate(copies):
        cell.id = f"copie-{number}"
    notebook.cells += copies


def _foreign(material: Material) -> Submission:
    empty = _submit(material, Variant("carnet d’un autre module", {}, 0, 0))
    return replace(empty, notebook=_bytes(material.foreign))


def _truncated_notebook(material: Material, solved: Variant) -> Submission:
    whole = _submit(material, solved)
    half = whole.notebook[: len(whole.notebook) // 2]
    return replace(whole, profile="carnet tronqué (JSON)", notebook=half, expected=None)


def _truncated_answers(material: Material, solved: Variant) -> Submission:
    """The answers by code still count; those by form are lost."""
    whole = _submit(material, solved)
    by_code = {key: attempt for key, attempt in solved.answers.items() if attempt.code is not None}
    return replace(
        whole,
        profile="fichier de réponses tronqué (JSON)",
        answers=whole.answers[: len(whole.answers) // 2],
        expected=_points(material.module, by_code),
    )


def _points(module: Module, answered: Mapping[str, Attempt]) -> float:
    return sum(module.exercises[key].points for key in answered if not module.exercises[key].is_free)


def _is_check(cell: NotebookNode) -> bool:
    return role_of(name_of(cell)) == "check"


def _bytes(notebook: NotebookNode) -> bytes:
    return str(nbformat.writes(notebook, version=nbformat.NO_CONVERT)).encode()
