"""Submissions made from a released notebook: by code, by forms, with each mistake, with each alternative."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from nbformat import NotebookNode

from autograder.build.running import with_code
from autograder.checks.answers import SCHEMA
from autograder.modules.model import Attempt, Mistake, Module

FREE_TEXT = "Réponse d’exemple, écrite pour vérifier le circuit : elle compte assez de mots pour être lue par un formateur."


@dataclass(frozen=True)
class Variant:
    """A submission to make: what to answer to each exercise, and what must come of it.

    `points` and `max_points` leave out what people grade. `mistakes` are those whose message must show, by exercise.
    """

    name: str
    answers: Mapping[str, Attempt]
    points: float
    max_points: float
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)


def variants(module: Module, private: Mapping[str, Any]) -> list[Variant]:
    """Return every submission that proves a module; `private` is the content of its private tables.

    The k-th mistakes of all the exercises go into one submission: exercises do not depend on each other. What the build set aside,
    under other parameters than the author's, is left out.
    """
    most = _maximum(module)
    nothing = Variant("vide", {}, 0, most)
    return [
        by_code(module, private),
        by_form(module, private),
        nothing,
        *_alternatives(module, private),
        *_mistakes(module, private),
    ]


def by_code(module: Module, private: Mapping[str, Any]) -> Variant:
    """Return the submission of somebody who codes wherever that is possible."""
    answers = {
        key: Attempt(code=exercise.solution) if exercise.solution else Attempt(form=_form(private, key))
        for key, exercise in module.exercises.items()
    }
    return Variant("juste, par le code", answers, _maximum(module), _maximum(module))


def by_form(module: Module, private: Mapping[str, Any]) -> Variant:
    """Return the submission of somebody who never codes."""
    answers = {key: Attempt(form=_form(private, key)) for key in module.exercises}
    return Variant("juste, par les formulaires", answers, _maximum(module), _maximum(module))


def fill(module: Module, notebook: NotebookNode, variant: Variant) -> tuple[NotebookNode, dict[str, Any]]:
    """Return a copy of a released notebook with a variant's code, and the content of its answers file."""
    filled = copy.deepcopy(notebook)
    by_id = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in filled.cells}
    forms = {}
    for key, attempt in variant.answers.items():
        if attempt.code is None:
            forms[key] = {"value": attempt.form, "saved_at": "2026-01-01T00:00:00+00:00"}
        else:
            code, solution = attempt.code, module.exercises[key].solution or ""
            whole = code if "### BEGIN SOLUTION" in code else with_code(solution, code)
            by_id[f"{key}-answer"].source = whole
    answers = {"schema": SCHEMA, "module": module.folder_name, "version": module.version, "answers": forms}
    return filled, answers


def _form(private: Mapping[str, Any], key: str) -> Any:
    """Return the right form answer of an exercise; a sample text where people grade."""
    return private["exercises"].get(key, {"form_value": FREE_TEXT})["form_value"]


def _maximum(module: Module) -> float:
    return sum(exercise.points for exercise in module.exercises.values() if not exercise.is_free)


def _alternatives(module: Module, private: Mapping[str, Any]) -> list[Variant]:
    listed = [
        [(key, _alternative(module, table, key, index)) for index in table["alternatives"]]
        for key, table in private["exercises"].items()
    ]
    result = []
    for number, row in enumerate(zip_longest(*listed), start=1):
        answers = dict(pair for pair in row if pair)
        points = sum(module.exercises[key].points for key in answers)
        result.append(Variant(f"autre bonne réponse n° {number}", answers, points, _maximum(module)))
    return result


def _alternative(module: Module, table: Mapping[str, Any], key: str, index: int) -> Attempt:
    """Return another right answer, computed if its author wrote an expression."""
    written = module.exercises[key].alternatives[index]
    return Attempt(form=table["form_alternatives"][str(index)]) if written.code is None else written


def _mistakes(module: Module, private: Mapping[str, Any]) -> list[Variant]:
    tables = private["exercises"]
    listed = [
        [(key, mistake) for mistake in module.exercises[key].mistakes if mistake.id in table["shares"]]
        for key, table in tables.items()
    ]
    result = []
    for number, row in enumerate(zip_longest(*listed), start=1):
        mistakes = dict(pair for pair in row if pair)
        answers = {
            key: Attempt(code=mistake.code)
            if mistake.code
            else Attempt(form=tables[key]["form_mistakes"][mistake.id])
            for key, mistake in mistakes.items()
        }
        points = sum(
            tables[key]["shares"][mistake.id] * module.exercises[key].points
            for key, mistake in mistakes.items()
        )
        result.append(Variant(f"erreur connue n° {number}", answers, points, _maximum(module), mistakes))
    return result
