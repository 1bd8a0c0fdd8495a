"""What identifiers mean, in French: titles and objectives from the module's text, mistakes from the tables of its build."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checks.outcomes import RIGHT
from autograder.french.marks import spaced
from autograder.modules.errors import ModuleError
from autograder.modules.load import id_of, load_once
from autograder.modules.model import ExerciseSpec, Module, Objective
from autograder.records.tables import OTHER

UNFORESEEN = "Erreur non prévue."
REMOVED = "Erreur retirée du module ({name})."
ENOUGH = 4
"""Words of what says which idea a mistake is; « 28,6 % des habitants. » has two."""
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r".+?[.!?…](?=\s+[A-ZÀÂÇÉÈÊÎÔŒ«]|\s*$)", re.DOTALL)
MARKUP = re.compile(r"[`*]")


@dataclass(frozen=True)
class ExerciseWords:
    """An exercise in words. `mistakes`: the beginning of each message, by name. `was`: new names of renamed mistakes.

    `chance`: the share of right answers given at random, 0 to 1; None where it is not known.
    """

    title: str
    points: float = 1.0
    chance: float | None = None
    mistakes: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)

    def of(self, mistake: str) -> str:
        """Return what a mistake is, in a sentence."""
        if mistake == OTHER:
            return UNFORESEEN
        return self.mistakes.get(mistake) or REMOVED.format(name=mistake)

    def current(self, mistake: str) -> str:
        """Return the name that a recorded mistake has today."""
        return self.was.get(mistake, mistake)


@dataclass(frozen=True)
class ModuleWords:
    """A module in words. `pass_mark`: the share of the points from which it is acquired, 0 to 1."""

    name: str
    title: str
    pass_mark: float
    prerequisites: Sequence[str]
    objectives: Sequence[Objective]
    exercises: Mapping[str, ExerciseWords]

    @property
    def label(self) -> str:
        """Return the module's number and title."""
        return f"{id_of(Path(self.name))} – {self.title}" if self.title else self.name

    def exercise(self, name: str) -> ExerciseWords:
        """Return the words of an exercise; its bare name when the module has it no more."""
        return self.exercises.get(name) or ExerciseWords(name)

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Return exercises in the order of the module; those that it has no more come last."""
        known = list(self.exercises)
        return sorted(names, key=lambda one: (known.index(one) if one in known else len(known), one))


def beginning(message: str) -> str:
    """Return the first sentence of a message, as plain text; the next ones too while it says too little: « Avril. »"""
    text = " ".join(MARKUP.sub("", message).split())
    told = ""
    for found in SENTENCE.finditer(text):
        told = text[: found.end()]
        if len(WORD.findall(told)) >= ENOUGH:
            break
    return spaced(told or text)


def read_words(name: str, modules: Path, private: Path) -> ModuleWords:
    """Read what a module says of itself; a module that is no more there, or not built, leaves bare names."""
    tables = _tables(private / f"{name}.json")
    try:
        module = load_once(modules / name)
    except ModuleError:
        return ModuleWords(
            name, "", 1.0, (), (), {key: _exercise(key, None, one) for key, one in tables.items()}
        )
    return ModuleWords(
        name,
        module.title,
        module.pass_mark,
        module.prerequisites,
        module.objectives,
        {key: _exercise(key, spec, tables.get(key, {})) for key, spec in _judged(module).items()},
    )


def _judged(module: Module) -> dict[str, ExerciseSpec]:
    return {key: spec for key, spec in module.exercises.items() if not spec.is_free}


def _tables(path: Path) -> dict[str, Any]:
    """Return the exercises of the tables in clear; nothing when the module is not built."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["exercises"])
    except (OSError, ValueError, KeyError):
        return {}


def _exercise(key: str, spec: ExerciseSpec | None, built: Mapping[str, Any]) -> ExerciseWords:
    told = {one.id: one.message for one in spec.mistakes} if spec else {}
    for way in ("form", "code"):
        for _, _, outcome in built.get(way, {}).get("table", ()):
            if outcome["id"] != RIGHT and outcome["message"]:
                told.setdefault(outcome["id"], outcome["message"])
    mistakes = {name: beginning(message) for name, message in told.items()}
    if spec is None:
        return ExerciseWords(key, mistakes=mistakes, was=built.get("was", {}))
    return ExerciseWords(spaced(spec.title), spec.points, _chance(spec), mistakes, built.get("was", {}))


def _chance(spec: ExerciseSpec) -> float | None:
    """Return the chance to be right at random: known where one option is to be chosen, by form alone."""
    one_of_some = spec.form["widget"] == "choice" and spec.solution is None
    return 1 / len(spec.form["options"]) if one_of_some else None
