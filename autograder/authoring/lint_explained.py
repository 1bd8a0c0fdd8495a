"""A wrong option, or a wrong pair, that has no message: whoever chooses it first would be told nothing of why."""

from collections.abc import Iterator, Mapping
from typing import Any

from autograder.activities import registry
from autograder.french.commands import some
from autograder.french.marks import quoted
from autograder.modules.errors import Finding
from autograder.modules.model import ExerciseSpec, Module

Pair = tuple[str, str]
"""An element and an option; for a single choice, which has no elements, "" and an option."""

UNTOLD = "exercice « {key} » : aucun message pour {pairs}. Ajoutez une erreur pour chacun : c’est peut-être la première que fera un apprenant."


def unexplained(module: Module) -> Iterator[Finding]:
    """Each wrong option of a choice, and each wrong pair of an association, is told by a mistake."""
    for key, exercise in module.exercises.items():
        if left := _untold(exercise):
            named = some([quoted(f"{item} : {option}" if item else option) for item, option in left])
            yield module.answers.finding(UNTOLD.format(key=key, pairs=named), key, "mistakes")


def _untold(exercise: ExerciseSpec) -> list[Pair]:
    form = registry.ordinary(exercise.form)
    right = exercise.form.get("solution")
    if form["widget"] == "choice" and isinstance(right, str):
        items = [""]
    elif form["widget"] == "match" and isinstance(right, Mapping) and set(right) >= set(form["items"]):
        items = list(form["items"])
    else:  # an answer that is computed at the build, or another kind of form
        return []
    known = {*_pairs(right), *(pair for one in exercise.alternatives for pair in _pairs(one.form))}
    for mistake in exercise.mistakes:
        known |= _pairs(mistake.match or mistake.pick or mistake.form)
    return [(item, option) for item in items for option in form["options"] if (item, option) not in known]


def _pairs(value: Any) -> set[Pair]:
    """Return the pairs of an answer; none for a shape that is not this form's."""
    if isinstance(value, Mapping):
        return {(str(item), str(option)) for item, option in value.items()}
    return {("", str(value))} if isinstance(value, str) else set()


WARNINGS = [unexplained]
