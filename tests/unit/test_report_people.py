"""Where people stand: objectives reached, stuck or only not reached, what to take again."""

import pandas as pd

from autograder.followup.report.people import NotReached, Standing, standings
from autograder.followup.report.rows import ANSWER, COPY, MISTAKE, ModuleRows, Outcomes
from autograder.followup.report.today import today
from autograder.followup.report.words import ExerciseWords, ModuleWords
from autograder.modules.model import Objective

WORDS = ModuleWords(
    "F02-essai",
    "Essai",
    0.5,
    ("F01",),
    [Objective("lire", "Lire.", (), ("a", "b")), Objective("dire", "Dire.", (), ("libre",))],
    {"a": ExerciseWords("A", points=1), "b": ExerciseWords("B", points=3)},
)
LEARNERS = {"k1": "ada", "k2": "bob"}


def standing(
    state: str, tries: int | None, times: int = 0, has_tries: bool = True, share: float = 0.0
) -> Standing:
    """Where somebody stands who is right in `a`, and of whom `b` is told."""
    answers = [("k1", "a", "right", 1.0, 1.0, 1), ("k1", "b", state, share, None, tries)]
    mistakes = [("k1", "b", "double", True, False, times)] if times else []
    outcomes = Outcomes(
        pd.DataFrame([("k1", has_tries, 1)], columns=COPY),
        pd.DataFrame(answers, columns=ANSWER),
        pd.DataFrame(mistakes, columns=MISTAKE),
    )
    (found,) = standings(outcomes, WORDS, LEARNERS)
    return found


def test_three_verdicts_without_being_right_is_stuck() -> None:
    assert standing("wrong", 3).stuck == [NotReached("b", "", True)]
    assert standing("wrong", 2).stuck == []


def test_the_same_mistake_twice_is_stuck_on_this_idea() -> None:
    assert standing("partial", 2, times=2).stuck == [NotReached("b", "double", True)]
    assert standing("partial", 2, times=1).not_reached == [NotReached("b", "double", False)]


def test_who_ended_right_is_not_stuck() -> None:
    found = standing("right", 5, times=3)
    assert found.not_reached == [] and found.reached == 1


def test_without_a_journal_nobody_is_told_to_be_stuck() -> None:
    found = standing("wrong", None, times=2, has_tries=False)
    assert found.stuck == [] and found.not_reached == [NotReached("b", "double", False)]


def test_an_objective_of_free_answers_alone_is_not_counted() -> None:
    found = standing("wrong", 1)
    assert (found.reached, found.objectives) == (0, 1)
    assert found.share == 0.25, "points weigh"


def test_a_prerequisite_is_taken_again_first() -> None:
    first = ModuleWords("F01-debut", "Début", 0.5, (), (), {})
    words = {"F01-debut": first, "F02-essai": WORDS}

    def failed(learner: str, share: float) -> Standing:
        return Standing(learner, 0, 1, share, True, ())

    found = today(
        [],
        {
            "F01-debut": [failed("ada", 0.2), failed("bob", 0.9)],
            "F02-essai": [failed("ada", 0.2), failed("bob", 0.2)],
        },
        words,
    )
    assert found.to_take_again == {"F01-debut": ["ada"], "F02-essai": ["bob"]}


def test_who_is_stuck_is_to_be_seen() -> None:
    rows: list[ModuleRows] = []
    (seen,) = today(rows, {"F02-essai": [standing("wrong", 3)]}, {"F02-essai": WORDS}).to_see
    assert (seen.learner, seen.module, seen.about.exercise) == ("ada", "F02-essai", "b")
