"""The right answer, searched in what a learner reads before answering: hints, messages, the question, what cells have shown.

A number of the text is the right answer when the grader would take it for such, however it is written: 468,89 or 468.89.
Options of a form are not searched for, nor numbers of one digit: they are everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from autograder.authoring import questions
from autograder.authoring.derive import Derived, Observed
from autograder.checks.judge import FULL, exact_share
from autograder.checks.kinds.scalars import fold
from autograder.french.numbers import read
from autograder.modules.errors import Finding
from autograder.modules.model import Module

NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)*")
SHORTEST = 3
"""Letters of a text that is searched for."""


@dataclass(frozen=True)
class Leak:
    """A right answer met before its exercise: in its question, in what the cell of `line` shows, or in the lesson.

    `in_lesson`: listed for the reviewer, and not refused, as a lesson may well give the number that a later question asks for again.
    """

    exercise: str
    words: str
    where: str
    line: int
    in_lesson: bool = False


def findings(module: Module, derived: Mapping[str, Derived], found: Iterable[Leak]) -> list[Finding]:
    """Return what must be mended: answers in hints and messages; answers shown before, but in the lesson, unless `shown` says why."""
    shown: dict[str, list[Leak]] = {}
    for leak in found:
        shown.setdefault(leak.exercise, []).append(leak)
    refused = list(_told(module, derived))
    for key, exercise in module.exercises.items():
        if not exercise.shown:
            refused += [_finding(module, leak) for leak in shown.get(key, []) if not leak.in_lesson]
        if key not in shown and exercise.shown:
            message = (
                f"exercice « {key} » : rien ne montre plus la réponse avant la question ; ôtez « shown »."
            )
            refused.append(module.answers.finding(message, key, "shown"))
    return refused


def _finding(module: Module, leak: Leak) -> Finding:
    return Finding(
        module.folder / "notebook.md",
        leak.line,
        f"exercice « {leak.exercise} » : {leak.where} montre déjà la réponse ({leak.words}). Ôtez-la, ou dites pourquoi c’est "
        "voulu dans answers.yml, par la clé « shown ».",
    )


def _told(module: Module, derived: Mapping[str, Derived]) -> Iterator[Finding]:
    """Yield a finding for each hint or message that gives the right answer."""
    for key, one in derived.items():
        exercise = module.exercises[key]
        texts: list[tuple[str, str, tuple[str | int, ...]]] = [
            (f"l’indice {index + 1}", text, ("hints", index)) for index, text in enumerate(exercise.hints)
        ]
        texts += [
            (f"le message de l’erreur « {mistake.id} »", mistake.message, ("mistakes", index, "message"))
            for index, mistake in enumerate(exercise.mistakes)
        ]
        texts.append(("le texte « otherwise »", exercise.otherwise, ("otherwise",)))
        for what, text, place in texts:
            for words in answers_in(text, one):
                message = f"exercice « {key} » : {what} donne la réponse ({words}) : dites où chercher, pas ce que l’on trouve."
                yield module.answers.finding(message, key, *place)


def shown_before(module: Module, derived: Mapping[str, Derived], observed: Observed) -> list[Leak]:
    """Return the right answers that a question tells, that a cell has shown above it, or that the lesson gives."""
    return [leak for key in derived for leak in _shown_before(module, key, derived[key], observed)]


def _shown_before(module: Module, key: str, one: Derived, observed: Observed) -> Iterator[Leak]:
    statement = next(cell for cell in module.cells if cell.exercise == key and cell.role == "statement")
    exercise = module.exercises[key]
    for text in dict.fromkeys((statement.source, exercise.title, str(exercise.form["label"]))):
        for words in answers_in(text, one):
            yield Leak(key, words, "la question", statement.line)
    answered = next(cell.line for cell in module.cells if cell.exercise == key and cell.role != "statement")
    for run in observed.cells:
        if run.cell.line < answered:
            for words in answers_in(run.output, one):
                yield Leak(key, words, "ce qu’affiche cette cellule", run.cell.line)
    for cell in module.cells:
        if cell.kind == "markdown" and cell.exercise != key and cell.line < answered:
            for index, text in enumerate([*cell.source.splitlines(), cell.step or ""]):
                for words in answers_in(text, one):
                    yield Leak(key, words, "la leçon", cell.line + index, in_lesson=True)


def answers_in(text: str, one: Derived) -> list[str]:
    """Return the words of a text that are the right answer to an exercise, by code or by form; each once."""
    found = [
        words for words in NUMBER.findall(text) if any(_is_right(number, one) for number in _read(words))
    ]
    return list(dict.fromkeys([*found, *_right_texts(text, one)]))


def _read(words: str) -> set[float]:
    """Return the numbers that a text may stand for, in French or in English; none for a single digit."""
    readings = [read(words.replace(group, "")) for group in (".", ",")]
    numbers = {float(number) for number in readings if number is not None}
    return {number for number in numbers if abs(number) >= 10 or not number.is_integer()}


def _is_right(number: float, one: Derived) -> bool:
    specs = {way: questions.whole_spec(one.spec, way) for way in one.tables}
    return any(
        spec["kind"] == "number" and exact_share(number, spec, one.tables[way]) > FULL
        for way, spec in specs.items()
    )


def _right_texts(text: str, one: Derived) -> Iterator[str]:
    folded = f" {fold(text)} "
    for way, table in one.tables.items():
        if questions.whole_spec(one.spec, way)["kind"] == "text":
            for (_, canonical), outcome in table.entries.items():
                if outcome.share > FULL and len(canonical) >= SHORTEST and f" {canonical} " in folded:
                    yield canonical
