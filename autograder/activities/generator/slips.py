"""What is wrong in the form of a model although its schema accepts it, in words for its author."""

from collections.abc import Collection, Iterator

from autograder.activities.generator.corpus import key_of, names_of
from autograder.activities.generator.form import MEASURES, GeneratorForm
from autograder.activities.generator.outcome import outcome
from autograder.activities.generator.settings import setting_of
from autograder.contract.activity import Fault
from autograder.contract.forms import UnreadableAnswer
from autograder.data.errors import DataError

LEAST = 100
"""Names below which there is nothing to learn."""


def faults(form: GeneratorForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong: the names first, then the goal."""
    slips = [*_of_names(form), *_of_goal(form)]
    yield from slips or _of_solution(form)


def _of_names(form: GeneratorForm) -> Iterator[Fault]:
    try:
        found = len(names_of(key_of(form["corpus"])))
    except DataError as error:
        yield ("corpus", "dataset"), str(error)
    except KeyError as error:
        yield ("corpus",), f"le jeu de données n’a pas de colonne « {error.args[0]} »."
    else:
        if found < LEAST:
            yield ("corpus",), f"il reste {found} noms à apprendre : il en faut au moins {LEAST}."


def _of_goal(form: GeneratorForm) -> Iterator[Fault]:
    for measure in form.get("reach", {}):
        if measure not in form.get("measures", MEASURES):
            yield ("reach", measure), "ce but n’est pas parmi les mesures montrées."


def _of_solution(form: GeneratorForm) -> Iterator[Fault]:
    if "reach" not in form or "solution" not in form:
        return
    try:
        got = outcome(form, setting_of(form, form["solution"]))
    except UnreadableAnswer as error:
        yield ("solution",), f"la solution ne peut pas être saisie. {error}"
        return
    for measure in got.failed(form["reach"]):
        yield (
            ("solution",),
            f"la solution n’atteint pas le but : {got.share(measure):.1f} % pour « {measure} ».",
        )
