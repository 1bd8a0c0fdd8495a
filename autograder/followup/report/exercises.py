"""What a cohort did with each exercise of a module: facility, discrimination, mistakes; which exercises to reword, and why.

Facility and discrimination are those of first verdicts: copies come in corrected, since verdicts are instant and tries unlimited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from autograder.checks.judge import FULL
from autograder.followup.report import statistics
from autograder.followup.report.rows import Outcomes
from autograder.followup.report.statistics import Estimate
from autograder.followup.report.words import ModuleWords
from autograder.records.tables import OTHER

FEWEST_FOR_FLAG = 30
"""Copies under which nothing is said of an exercise."""
FEWEST_FOR_SURE = 100
"""Copies under which what is said is « indicatif »."""
FALSE_NAMED = 0.05
"""Share of the exercises named that may be named wrongly (Benjamini-Hochberg)."""
OUT_OF_INTERVAL = (1 - statistics.CONFIDENCE) / 2
"""Most that the p-value may be of a bound that an interval leaves out."""
LOW_DISCRIMINATION = 0.10
MANY_UNFORESEEN = 0.40
ABOVE_CHANCE = 0.05

Cause = Literal["apart", "misleading", "unforeseen", "chance"]


@dataclass(frozen=True)
class Flag:
    """Why an exercise may need other words. `mistake`: the one into which the best fall, "" otherwise."""

    cause: Cause
    p_value: float
    mistake: str = ""


@dataclass(frozen=True)
class MistakeFigures:
    """One mistake of an exercise. `met`: how many people made it, in the copy or on the way; `kept`: how many left it in the copy."""

    name: str
    met: int
    kept: int
    rate: Estimate | None
    """Of those who met it, among the people whose tries are known; among all of them when nobody's are."""


@dataclass(frozen=True)
class ExerciseFigures:
    """One exercise. `tries`: the median number of verdicts until the first right one, among those who had one."""

    name: str
    facility: Estimate | None
    discrimination: Estimate | None
    efficiency: float | None
    tries: float | None
    mistakes: Sequence[MistakeFigures]
    flags: Sequence[Flag] = ()


@dataclass(frozen=True)
class ModuleFigures:
    """A module. `copies`: graded ones with their outcomes; `with_tries`: those that enclosed the journal.

    `consistency`: Cronbach's alpha; `error`: the standard error of a total, in exercises. Both of first verdicts.
    """

    copies: int
    with_tries: int
    exercises: Sequence[ExerciseFigures]
    consistency: float | None
    error: float | None
    versions: int = 1
    """Versions of the module that judged the copies."""

    @property
    def is_flagged(self) -> bool:
        """Whether there are enough copies to say that an exercise is to be reworded."""
        return self.with_tries >= FEWEST_FOR_FLAG

    @property
    def is_indicative(self) -> bool:
        """Whether there are too few copies to be sure."""
        return self.with_tries < FEWEST_FOR_SURE


@dataclass(frozen=True)
class _Cohort:
    """Copies ready to be counted: `marks`, one row per key and one column per exercise; `mistakes` of these keys, under today's names."""

    marks: pd.DataFrame
    answers: pd.DataFrame
    mistakes: pd.DataFrame
    has_tries: bool


def module_figures(outcomes: Outcomes, words: ModuleWords) -> ModuleFigures:
    """Return what the copies of a module showed."""
    journal = outcomes.copies.loc[outcomes.copies["has_tries"].astype(bool), "key"]
    everybody = renamed(outcomes.mistakes, words)
    cohort = _cohort(outcomes.answers, everybody, words, set(journal))
    exercises = [_exercise(cohort, index, everybody) for index in range(cohort.marks.shape[1])]
    marks = cohort.marks.to_numpy()
    found = ModuleFigures(
        len(outcomes.copies),
        len(journal),
        exercises,
        statistics.consistency(marks) if cohort.has_tries else None,
        statistics.standard_error(marks) if cohort.has_tries else None,
        outcomes.copies["version"].nunique(),
    )
    return replace(found, exercises=_flagged(cohort, exercises, words)) if found.is_flagged else found


def renamed(mistakes: pd.DataFrame, words: ModuleWords) -> pd.DataFrame:
    """Return mistakes under today's names: two that became one are one row per person."""
    pairs = mistakes[["exercise", "mistake"]].drop_duplicates()
    today = {
        (exercise, mistake): words.exercise(exercise).current(mistake)
        for exercise, mistake in pairs.itertuples(index=False)
    }
    names = [today[pair] for pair in zip(mistakes["exercise"], mistakes["mistake"], strict=True)]
    grouped = mistakes.assign(mistake=names).groupby(["key", "exercise", "mistake"], as_index=False)
    return grouped.agg({"is_kept": "any", "is_first": "any", "times": "sum"}).astype(
        {"is_kept": bool, "is_first": bool}
    )


def first_marks(answers: pd.DataFrame) -> pd.Series:
    """Return the share of each first verdict; that of the copy where the learner met none."""
    return answers["first_share"].astype(float).fillna(answers["share"])


def _cohort(answers: pd.DataFrame, mistakes: pd.DataFrame, words: ModuleWords, journal: set[str]) -> _Cohort:
    """Return the copies that enclosed the journal, all of them when none did."""
    if journal:
        answers, mistakes = answers[answers["key"].isin(journal)], mistakes[mistakes["key"].isin(journal)]
    marks = answers.assign(mark=first_marks(answers))
    table = marks.pivot(index="key", columns="exercise", values="mark").fillna(0.0).astype(float)
    return _Cohort(table[words.in_order(table.columns)], answers, mistakes, bool(journal))


def _exercise(cohort: _Cohort, index: int, everybody: pd.DataFrame) -> ExerciseFigures:
    name, marks = str(cohort.marks.columns[index]), cohort.marks.to_numpy()
    answers = cohort.answers[cohort.answers["exercise"] == name]
    solved = answers.loc[answers["state"] == "right", "tries"].dropna()
    return ExerciseFigures(
        name,
        statistics.facility(marks[:, index]),
        statistics.discrimination(marks, index) if cohort.has_tries else None,
        statistics.efficiency(marks, index) if cohort.has_tries else None,
        float(solved.median()) if len(solved) else None,
        _mistakes(cohort, everybody[everybody["exercise"] == name], name),
    )


def _mistakes(cohort: _Cohort, everybody: pd.DataFrame, exercise: str) -> list[MistakeFigures]:
    """Return the mistakes of an exercise, the most frequent first."""
    met, kept = everybody["mistake"].value_counts(), everybody.groupby("mistake")["is_kept"].sum()
    own = cohort.mistakes.loc[cohort.mistakes["exercise"] == exercise, "mistake"].value_counts()
    people = len(cohort.marks)
    found = [
        MistakeFigures(name, int(met[name]), int(kept[name]), statistics.rate(int(own.get(name, 0)), people))
        for name in map(str, met.index)
    ]
    return sorted(found, key=lambda one: (-one.met, one.name))


def _flagged(
    cohort: _Cohort, exercises: Sequence[ExerciseFigures], words: ModuleWords
) -> list[ExerciseFigures]:
    """Return the exercises with why they may need other words."""
    tests = [
        (one.name, flag)
        for index, one in enumerate(exercises)
        for flag in _tests(cohort, index, one, words.exercise(one.name).chance)
    ]
    sure = [
        pair for cause in get_args(Cause) for pair in _sure([one for one in tests if one[1].cause == cause])
    ]
    return [replace(one, flags=tuple(flag for name, flag in sure if name == one.name)) for one in exercises]


def _sure(tests: Sequence[tuple[str, Flag]]) -> list[tuple[str, Flag]]:
    """Return the tests of one cause, over the exercises of a module, that hold: by their interval, and adjusted together."""
    adjusted = statistics.adjusted([flag.p_value for _, flag in tests])
    return [
        test
        for test, p_value in zip(tests, adjusted, strict=True)
        if p_value <= FALSE_NAMED and test[1].p_value <= OUT_OF_INTERVAL
    ]


def _tests(cohort: _Cohort, index: int, one: ExerciseFigures, chance: float | None) -> list[Flag]:
    """Return every reason that can be tested, with its p-value."""
    marks = cohort.marks.to_numpy()
    firsts = cohort.mistakes[(cohort.mistakes["exercise"] == one.name) & cohort.mistakes["is_first"]]
    mistaken = firsts["key"].nunique()
    found = [*_misleading(cohort, index, firsts)]
    if one.discrimination:
        found.append(Flag("apart", statistics.correlation_below(one.discrimination, LOW_DISCRIMINATION)))
    if mistaken >= FEWEST_FOR_FLAG:
        unforeseen = firsts.loc[firsts["mistake"] == OTHER, "key"].nunique()
        found.append(Flag("unforeseen", statistics.rate_above(unforeseen, mistaken, MANY_UNFORESEEN)))
    if chance is not None and chance + ABOVE_CHANCE < 1:
        right = int((marks[:, index] >= FULL).sum())
        found.append(Flag("chance", statistics.rate_below(right, len(marks), chance + ABOVE_CHANCE)))
    return found


def _misleading(cohort: _Cohort, index: int, firsts: pd.DataFrame) -> list[Flag]:
    """Test, for each mistake, whether those who make it do better elsewhere than those who are right."""
    marks = cohort.marks.to_numpy()
    right, elsewhere = marks[:, index] >= FULL, statistics.rest(marks, index)
    found = []
    for mistake, group in firsts[firsts["mistake"] != OTHER].groupby("mistake"):
        made = cohort.marks.index.isin(group["key"])
        compared = (right | made) & ~(right & made)
        link = statistics.correlation(made[compared].astype(float), elsewhere[compared])
        if link and np.sum(compared) >= FEWEST_FOR_FLAG:
            found.append(Flag("misleading", statistics.correlation_above(link, 0.0), str(mistake)))
    return found
