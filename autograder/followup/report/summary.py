"""The figures of closed modules for the administration: counted once, kept, and told again as they were.

Two reports one person apart are thus the same: a late copy, a purge, a new grading change nothing in what was told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import delete, select

from autograder.checks.judge import FULL
from autograder.followup.report.exercises import first_marks, renamed
from autograder.followup.report.people import passes, point_shares
from autograder.followup.report.rows import ModuleRows, Outcomes
from autograder.followup.report.secrecy import PUBLISHED, Counts, may_follow
from autograder.followup.report.words import ExerciseWords, ModuleWords
from autograder.records.summary import Summary
from autograder.records.tables import OTHER

WHOLE = ""
"""Stands for the module, beside its exercises."""
RIGHT, UNANSWERED = "~right", "=unanswered"
"""Categories of an exercise, beside its mistakes: no mistake can have these names, and all come before « right » (`secrecy.Counts`)."""
ACQUIRED, NOT_ACQUIRED = "~acquired", "=not-acquired"


@dataclass(frozen=True)
class Kept:
    """The people of a part of a module, by category, as they were counted one day."""

    counts: Counts
    told_on: date


@dataclass(frozen=True)
class ClosedModule:
    """A module whose due date has passed. `parts`: the whole (`WHOLE`) and each exercise; none when too few people handed in."""

    name: str
    due: datetime
    parts: Mapping[str, Kept]


def closed_modules(
    db: Any, modules: Sequence[ModuleRows], words: Mapping[str, ModuleWords], now: datetime
) -> list[ClosedModule]:
    """Return what may be told of each closed module, after keeping what is told for the first time. `now`: in UTC, without zone."""
    found = []
    for module in modules:
        if module.due and module.due < now:
            fresh = counted(module.outcomes, words[module.name])
            found.append(ClosedModule(module.name, module.due, _kept(db, module.name, fresh, now.date())))
    db.commit()
    return found


def counted(outcomes: Outcomes, words: ModuleWords) -> dict[str, Counts]:
    """Return the people of each part of a module, by category: acquired or not; in an exercise, what their first answer was."""
    shares = point_shares(outcomes.answers, words)
    acquired = sum(passes(share, words) for share in shares.values())
    answers = outcomes.answers.assign(category=_categories(outcomes, words))
    parts: dict[str, Counts] = {
        str(name): _nobody(words.exercise(str(name)))
        | {str(one): int(people) for one, people in group.value_counts().items()}
        for name, group in answers.groupby("exercise")["category"]
    }
    return {WHOLE: {ACQUIRED: acquired, NOT_ACQUIRED: len(shares) - acquired}, **parts}


def _nobody(exercise: ExerciseWords) -> dict[str, int]:
    """Return the categories that an exercise may have, each with nobody in it."""
    return dict.fromkeys([RIGHT, UNANSWERED, OTHER, *exercise.mistakes], 0)


def _categories(outcomes: Outcomes, words: ModuleWords) -> pd.Series:
    """Return the category of each answer: right, without answer, else its mistake, the most frequent one where it has several."""
    answers = outcomes.answers
    marks, is_met = first_marks(answers), answers["first_share"].notna()
    none = (answers["state"] == "unanswered") & ~is_met
    mistakes = renamed(outcomes.mistakes, words)
    firsts, lefts = (_main(mistakes[mistakes[which]], answers) for which in ("is_first", "is_kept"))
    wrong = firsts.where(is_met, lefts).fillna(OTHER)
    return pd.Series(
        np.select([none, marks >= FULL], [UNANSWERED, RIGHT], wrong), index=answers.index, dtype=object
    )


def _main(mistakes: pd.DataFrame, answers: pd.DataFrame) -> pd.Series:
    """Return the mistake of each answer, aligned with `answers`; missing where there is none."""
    often = mistakes.groupby(["exercise", "mistake"])["key"].transform("count")
    ordered = mistakes.assign(often=often).sort_values(["often", "mistake"], ascending=[False, True])
    firsts = ordered.drop_duplicates(["key", "exercise"])[["key", "exercise", "mistake"]]
    found = answers[["key", "exercise"]].merge(firsts, on=["key", "exercise"], how="left")["mistake"]
    return found.set_axis(answers.index).astype(object)


def _kept(db: Any, module: str, fresh: Mapping[str, Counts], today: date) -> dict[str, Kept]:
    """Return what is told of a module, part by part: what was told before, until what came since can be told too."""
    kept = _read(db, module)
    for part, counts in fresh.items():
        if part in kept and not may_follow(kept[part].counts, counts):
            continue
        if sum(counts.values()) >= PUBLISHED:
            kept[part] = Kept(counts, today)
            _write(db, module, part, kept[part])
    return kept


def _read(db: Any, module: str) -> dict[str, Kept]:
    found: dict[str, dict[str, int]] = {}
    days = {}
    for row in db.scalars(select(Summary).where(Summary.module == module)):
        found.setdefault(row.part, {})[row.category] = row.people
        days[row.part] = row.told_on
    return {part: Kept(counts, days[part]) for part, counts in found.items()}


def _write(db: Any, module: str, part: str, kept: Kept) -> None:
    db.execute(delete(Summary).where(Summary.module == module, Summary.part == part))
    db.add_all(
        Summary(module=module, part=part, category=category, people=people, told_on=kept.told_on)
        for category, people in kept.counts.items()
    )
