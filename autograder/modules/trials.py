"""Answers written by people who had read the released notebook only: `trials.yml`. The build never learns from them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.modules import yaml_text
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import Attempt, Module
from autograder.modules.yaml_text import Document

FILE_NAME = "trials.yml"
FIRST = {"form": 6, "code": 3}
"""How many of the wrong answers to an exercise, by form and by code, are the first that come to mind."""


@dataclass(frozen=True)
class Trial:
    """One answer. `is_first` tells the wrong ones that came to mind before the others."""

    exercise: str
    attempt: Attempt
    right: bool
    is_first: bool

    @property
    def way(self) -> str:
        return "form" if self.attempt.code is None else "code"


@dataclass(frozen=True)
class Round:
    """The answers that were written at one time; `release` is the fingerprint of what their writers had read."""

    number: int
    release: str
    trials: tuple[Trial, ...]


def read_trials(module: Module) -> Document | None:
    """Read what a module's file of trials holds, None when there is none; raise ModuleError with all that is to mend in it."""
    path = module.folder / FILE_NAME
    if not path.is_file():
        return None
    document = yaml_text.read(path, "trials")
    if found := list(_impossible(document, module)):
        raise ModuleError(found)
    return document


def load_trials(module: Module) -> list[Round]:
    """Return the rounds of a module, none when it has no such file; raise ModuleError with all that is to mend in it."""
    document = read_trials(module)
    rounds = document.data["rounds"] if document else []
    return [Round(one["round"], one["release"], tuple(_trials(one["answers"]))) for one in rounds]


def _impossible(document: Document, module: Module) -> Iterator[Finding]:
    """Yield what cannot be an answer to the module."""
    numbers = [one["round"] for one in document.data["rounds"]]
    for number, one in enumerate(document.data["rounds"]):
        if one["round"] in numbers[:number]:
            message = f"deux tours portent le numéro {one['round']} : donnez à chacun le sien."
            yield document.finding(message, "rounds", number, "round")
        for key, answers in one["answers"].items():
            place = ("rounds", number, "answers", key)
            exercise = module.exercises.get(key)
            if exercise is None or exercise.is_free:
                message = f"« {key} » n’est pas un exercice corrigé automatiquement. Vérifiez son nom dans « answers.yml »."
                yield document.finding(message, *place)
            elif exercise.solution is None and any("code" in each for each in _all(answers)):
                message = f"« {key} » n’a pas de cellule de réponse : écrivez ces essais avec « form »."
                yield document.finding(message, *place)


def _all(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answers.get("right", []), *answers.get("wrong", [])]


def _trials(answers: dict[str, Any]) -> Iterator[Trial]:
    for key, written in answers.items():
        for each in written.get("right", []):
            yield Trial(key, Attempt(**each), right=True, is_first=False)
        ranks = Counter[str]()
        for each in written.get("wrong", []):
            way = "code" if "code" in each else "form"
            ranks[way] += 1
            yield Trial(key, Attempt(**each), right=False, is_first=ranks[way] <= FIRST[way])
