"""Submissions made from a released notebook: by code, by forms, with each mistake, with each alternative."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.running import with_code
from autograder.checks.answers import SCHEMA
from autograder.contract.names import grade_id, name_of
from autograder.modules.model import Attempt, Mistake, Module

FREE_TEXT = "Réponse d’exemple, écrite pour vérifier le circuit : elle compte assez de mots pour être lue par un formateur."


BY_CODE, BY_FORM, NOTHING = "juste, par le code", "juste, par les formulaires", "vide"
ALTERNATIVE, MISTAKES = "autre bonne réponse n° {}", "erreur connue n° {}"
FIRST_MISTAKES = MISTAKES.format(1)


@dataclass(frozen=True)
class Variant:
    """A submission to make: what to answer to each exercise, and what must come of it.

    `points` and `max_points` leave out what people grade. `mistakes` are those whose message must show, by exercise.
    """

    name: str
    answers: Mapping[str, Attempt]
    points: float
    max_points: float
    mistakes: Mapping[str, tuple[Mistake, ...]] = field(default_factory=dict)
    is_alternative: bool = False


def variants(module: Module, private: Mapping[str, Any]) -> list[Variant]:
    """Return every submission that proves a module; `private` is the content of its private tables.

    The k-th mistakes of all the exercises go into one submission: exercises do not depend on each other, nor do the items of one match.
    An alternative or a mistake is left out when the build set it aside: it does not hold under parameters that are not the author's.
    """
    most = _maximum(module)
    nothing = Variant(NOTHING, {}, 0, most)
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
    return Variant(BY_CODE, answers, _maximum(module), _maximum(module))


def by_form(module: Module, private: Mapping[str, Any]) -> Variant:
    """Return the submission of somebody who never codes."""
    answers = {key: Attempt(form=_form(private, key)) for key in module.exercises}
    return Variant(BY_FORM, answers, _maximum(module), _maximum(module))


def fill(module: Module, notebook: NotebookNode, variant: Variant) -> tuple[NotebookNode, dict[str, Any]]:
    """Return a copy of a released notebook with a variant's code, and the content of its answers file."""
    filled = copy.deepcopy(notebook)
    by_id = {name_of(cell): cell for cell in filled.cells}
    forms = {}
    for key, attempt in variant.answers.items():
        if attempt.code is None:
            forms[key] = {"value": attempt.form, "saved_at": "2026-01-01T00:00:00+00:00"}
        else:
            by_id[grade_id(key, "answer")].source = answer_cell(module, key, attempt.code)
    answers = {"schema": SCHEMA, "module": module.folder_name, "version": module.version, "answers": forms}
    return filled, answers


def answer_cell(module: Module, key: str, code: str) -> str:
    """Return the text of an answer cell that somebody filled with `code`."""
    solution = module.exercises[key].solution or ""
    return code if "### BEGIN SOLUTION" in code else with_code(solution, code)


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
        result.append(
            Variant(ALTERNATIVE.format(number), answers, points, _maximum(module), is_alternative=True)
        )
    return result


def _alternative(module: Module, table: Mapping[str, Any], key: str, index: int) -> Attempt:
    """Return another right answer, computed if its author wrote an expression."""
    written = module.exercises[key].alternatives[index]
    return Attempt(form=table["form_alternatives"][str(index)]) if written.code is None else written


def _mistakes(module: Module, private: Mapping[str, Any]) -> list[Variant]:
    tables = private["exercises"]
    listed = [
        [(key, batch) for batch in _batches(module.exercises[key].mistakes, table["shares"])]
        for key, table in tables.items()
    ]
    result = []
    for number, row in enumerate(zip_longest(*listed), start=1):
        mistakes = dict(pair for pair in row if pair)
        answers = {key: _mistaken(tables[key], batch) for key, batch in mistakes.items()}
        points = sum(
            round(_share(tables[key]["shares"], batch) * module.exercises[key].points, 2)
            for key, batch in mistakes.items()
        )
        result.append(Variant(MISTAKES.format(number), answers, points, _maximum(module), mistakes))
    return result


def _batches(mistakes: Iterable[Mistake], shares: Mapping[str, float]) -> list[tuple[Mistake, ...]]:
    """Return the mistakes of an exercise that one answer can show together: those of different items of a match."""
    batches: list[tuple[Mistake, ...]] = []
    for mistake in mistakes:
        if mistake.id not in shares:
            continue
        items = set(mistake.match or {})
        places = [i for i, one in enumerate(batches) if items and _items(one) and not items & _items(one)]
        if places:
            batches[places[0]] += (mistake,)
        else:
            batches.append((mistake,))
    return batches


def _share(shares: Mapping[str, float], batch: tuple[Mistake, ...]) -> float:
    """Return the share of the points that a batch leaves: each mistake costs what it costs alone, and nothing is owed below zero."""
    return max(0.0, 1 - sum(1 - shares[mistake.id] for mistake in batch))


def _items(batch: tuple[Mistake, ...]) -> set[str]:
    return {item for mistake in batch for item in mistake.match or {}}


def _mistaken(table: Mapping[str, Any], batch: tuple[Mistake, ...]) -> Attempt:
    """Return the answer that shows the mistakes of a batch."""
    first, *others = batch
    if first.code:
        return Attempt(code=first.code)
    form = table["form_mistakes"][first.id]
    for mistake in others:
        form = {**form, **(mistake.match or {})}
    return Attempt(form=form)
