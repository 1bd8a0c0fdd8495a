"""Cohorts whose true rates are known, made as rows of our tables: six exercises, two of them bad when they are planted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from nbgrader.api import Gradebook, Student
from scipy.stats import norm

from autograder.followup.report.rows import ANSWER, COPY, MISTAKE, Outcomes
from autograder.followup.report.words import ExerciseWords, ModuleWords
from autograder.modules.model import Objective
from autograder.records.tables import OTHER, Answer, GradedCopy, Mistake, Person


@dataclass(frozen=True)
class MadeUp:
    """An exercise. `right`: the share of people who are right at once; `link`: how much that follows their ability, -1 to 1.

    `mistakes`: the share of each mistake among those who are wrong at once.
    """

    name: str
    right: float
    link: float
    mistakes: Mapping[str, float]

    def rates(self) -> dict[str, float]:
        """Return the share of people who make each mistake."""
        return {name: (1 - self.right) * weight for name, weight in self.mistakes.items()}


WEIGHTS = {"moyenne": 0.5, "somme": 0.3, OTHER: 0.2}
GOOD = [MadeUp(f"bon-{place}", right, 0.6, WEIGHTS) for place, right in enumerate((0.35, 0.5, 0.6, 0.8), 1)]
NOISE = MadeUp("bruit", 0.5, 0.0, WEIGHTS)
MISLEADING = MadeUp("trompeur", 0.45, -0.4, {"piege": 0.8, OTHER: 0.2})
PLANTED = [*GOOD, NOISE, MISLEADING]


def made_up(
    people: int, seed: int, exercises: Sequence[MadeUp] = PLANTED, with_tries: float = 1.0
) -> Outcomes:
    """Return the outcomes of a cohort: wrong at once, half of the people correct themselves before they hand in."""
    draw = np.random.default_rng(seed)
    keys, ability = np.array([f"{one:08x}" for one in range(people)]), draw.normal(size=people)
    copies = pd.DataFrame({"key": keys, "has_tries": draw.random(people) < with_tries}, columns=list(COPY))
    answers, mistakes = zip(*(_answered(one, copies, ability, draw) for one in exercises), strict=True)
    return Outcomes(copies, pd.concat(answers, ignore_index=True), pd.concat(mistakes, ignore_index=True))


def _answered(
    exercise: MadeUp, copies: pd.DataFrame, ability: Any, draw: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    people, told = len(copies), copies["has_tries"].to_numpy()
    luck = exercise.link * ability + np.sqrt(1 - exercise.link**2) * draw.normal(size=people)
    first = luck > norm.ppf(1 - exercise.right)
    right = first | (draw.random(people) < 0.5)
    tries = np.where(first, 1, draw.integers(2, 6, people))
    answers = pd.DataFrame(
        {
            "key": copies["key"],
            "exercise": exercise.name,
            "state": np.where(right, "right", "wrong"),
            "share": right.astype(float),
            "first_share": np.where(told, first, np.nan),
            "tries": np.where(told, tries, np.nan),
        },
        columns=list(ANSWER),
    )
    names = draw.choice(list(exercise.mistakes), people, p=list(exercise.mistakes.values()))
    made = ~first & (told | ~right)
    times = np.where(told, np.minimum(draw.integers(1, 4, people), tries), 0)
    mistakes = pd.DataFrame(
        {
            "key": copies["key"],
            "exercise": exercise.name,
            "mistake": names,
            "is_kept": ~right,
            "is_first": told,
            "times": times,
        },
        columns=list(MISTAKE),
    )
    return answers, mistakes[made]


def words_of(module: str = "F02-essai", exercises: Sequence[MadeUp] = PLANTED) -> ModuleWords:
    """Return the words of a made-up module: one objective per exercise."""
    return ModuleWords(
        module,
        "Un module d’essai",
        0.7,
        (),
        [Objective(one.name, one.name, (), (one.name,)) for one in exercises],
        {
            one.name: ExerciseWords(
                f"Exercice {one.name}",
                mistakes={name: f"Vous avez pris « {name} »." for name in one.mistakes},
            )
            for one in exercises
        },
    )


def write(gradebook: Gradebook, module: str, outcomes: Outcomes, version: int = 1) -> None:
    """Put outcomes into the tables of a gradebook; the learner of a key is `p-<key>`, in the class list and without a copy of nbgrader."""
    db = gradebook.db
    known = set(db.scalars(db.query(Person.key).statement))
    keys = [key for key in outcomes.copies["key"] if key not in known]
    db.bulk_insert_mappings(
        Student, [{"id": f"p-{key}", "first_name": "Camille", "last_name": f"N{key}"} for key in keys]
    )
    db.bulk_insert_mappings(Person, [{"learner": f"p-{key}", "key": key} for key in keys])
    for table, frame in (
        (GradedCopy, outcomes.copies.assign(version=version)),
        (Answer, outcomes.answers),
        (Mistake, outcomes.mistakes),
    ):
        rows = frame.assign(module=module).astype(object)
        db.bulk_insert_mappings(table, rows.where(rows.notna(), None).to_dict("records"))
    db.commit()
