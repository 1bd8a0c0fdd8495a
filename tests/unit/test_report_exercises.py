"""What the report says of exercises, on cohorts whose truth is known."""

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from autograder.followup.report import suivi
from autograder.followup.report.exercises import ExerciseFigures, ModuleFigures, module_figures
from autograder.followup.report.rows import Outcomes
from autograder.followup.report.words import ExerciseWords
from autograder.records.tables import OTHER
from tests.made_up_cohort import GOOD, PLANTED, MadeUp, made_up, words_of

COHORTS = 40
"""Of 2,000 people; `python -m tests.bench.report` makes 200."""


@pytest.fixture(scope="module")
def cohorts() -> list[ModuleFigures]:
    return [module_figures(made_up(2000, seed), words_of()) for seed in range(COHORTS)]


def causes(figures: ModuleFigures, exercise: str) -> set[str]:
    return {flag.cause for flag in named(figures, exercise).flags}


def named(figures: ModuleFigures, exercise: str) -> ExerciseFigures:
    return next(one for one in figures.exercises if one.name == exercise)


def held_rates(figures: ModuleFigures, exercises: list[MadeUp]) -> list[bool]:
    """Whether the true rate of each mistake is in its interval."""
    return [
        found.rate.low <= truth.rates()[found.name] <= found.rate.high
        for truth in exercises
        for found in named(figures, truth.name).mistakes
        if found.rate
    ]


def test_true_rates_are_in_their_intervals(cohorts: list[ModuleFigures]) -> None:
    held = [one for figures in cohorts for one in held_rates(figures, PLANTED)]
    assert len(held) == COHORTS * 17
    assert 0.93 <= sum(held) / len(held) <= 0.97


def test_true_facilities_are_in_their_intervals(cohorts: list[ModuleFigures]) -> None:
    """Of 240 intervals, the share that holds is known to 3 points."""
    held = [
        found.low <= truth.right <= found.high
        for figures in cohorts
        for truth in PLANTED
        if (found := named(figures, truth.name).facility)
    ]
    assert 0.92 <= sum(held) / len(held) <= 0.98


def test_bad_exercises_are_named_for_their_own_reason_and_good_ones_are_not(
    cohorts: list[ModuleFigures],
) -> None:
    found = Counter(
        (one.name, flag.cause) for figures in cohorts for one in figures.exercises for flag in one.flags
    )
    assert found["bruit", "apart"] >= 0.95 * COHORTS
    assert found["trompeur", "misleading"] >= 0.95 * COHORTS
    assert all(sum(bool(causes(one, good.name)) for one in cohorts) <= 0.05 * COHORTS for good in GOOD)


def test_few_copies_name_no_exercise_and_up_to_a_hundred_are_indicative() -> None:
    small, middle, large = (module_figures(made_up(people, 5), words_of()) for people in (29, 99, 100))
    assert not any(one.flags for one in small.exercises) and "aucun exercice n’est signalé" in suivi.told(
        small
    )
    assert middle.is_flagged and middle.is_indicative and "indicatifs" in suivi.told(middle)
    assert not large.is_indicative


def test_counts_are_of_all_copies_and_shares_of_those_with_their_tries() -> None:
    """« 2 people, 33 % » of four copies, three of them with their tries, would seem wrong if nothing said so."""
    told = suivi.told(module_figures(made_up(40, 5, with_tries=0.5), words_of()))
    assert "les parts viennent des" in told and "les nombres de personnes comptent toutes les copies" in told


def test_copies_judged_by_two_versions_of_a_module_are_told() -> None:
    cohort = made_up(60, 5)
    cohort.copies["version"] = [1] * 20 + [2] * 40
    assert "par 2 versions du module" in suivi.told(module_figures(cohort, words_of()))
    cohort.copies["version"] = 2
    assert "versions du module" not in suivi.told(module_figures(cohort, words_of()))


def test_without_journals_there_are_answers_handed_in_and_no_discrimination() -> None:
    figures = module_figures(made_up(300, 5, with_tries=0), words_of())
    assert suivi.told(figures).startswith("Réponses rendues seulement")
    assert all(
        one.discrimination is None and one.tries is None and not one.flags for one in figures.exercises
    )
    assert all(mistake.met == mistake.kept for one in figures.exercises for mistake in one.mistakes)
    assert figures.consistency is None


def test_figures_are_those_of_first_verdicts_of_the_copies_that_tell_them() -> None:
    figures = module_figures(made_up(3000, 5, with_tries=0.5), words_of())
    facility = named(figures, "bon-2").facility
    assert facility and facility.people == figures.with_tries and facility.low <= 0.5 <= facility.high
    met = {one.name: one for one in named(figures, "bon-2").mistakes}["moyenne"]
    assert met.rate and met.rate.low <= 0.25 <= met.rate.high
    assert met.met > met.rate.value * met.rate.people, "mistakes left in the other copies are counted too"


def test_an_unforeseen_answer_too_often_is_for_the_author() -> None:
    strange = MadeUp("etrange", 0.5, 0.6, {"moyenne": 0.3, OTHER: 0.7})
    exercises = [*GOOD, strange]
    figures = module_figures(made_up(600, 5, exercises), words_of(exercises=exercises))
    assert causes(figures, "etrange") == {"unforeseen"}
    assert not causes(figures, "bon-1")


def test_what_is_no_better_than_chance_is_told_where_chance_is_known() -> None:
    words = words_of()
    guessed = replace(words.exercises["bon-1"], chance=0.5)
    words = replace(words, exercises={**words.exercises, "bon-1": guessed})
    figures = module_figures(made_up(600, 5), words)
    assert causes(figures, "bon-1") == {"chance"}


def test_a_renamed_mistake_is_one_with_its_former_name() -> None:
    outcomes = made_up(400, 5)
    words = words_of()
    renamed = ExerciseWords("Exercice", mistakes={"somme": "Une somme."}, was={"moyenne": "somme"})
    figures = module_figures(outcomes, replace(words, exercises={**words.exercises, "bon-1": renamed}))
    mistakes = outcomes.mistakes[outcomes.mistakes["exercise"] == "bon-1"]
    both = mistakes["mistake"].isin(["moyenne", "somme"]).sum()
    assert {one.name: one.met for one in named(figures, "bon-1").mistakes}["somme"] == both


def test_one_copy_is_counted_without_an_error() -> None:
    figures = module_figures(made_up(1, 5), words_of())
    assert [one.discrimination for one in figures.exercises] == [None] * 6


def test_copies_without_any_mistake_are_counted() -> None:
    outcomes = made_up(40, 5)
    none: pd.DataFrame = outcomes.mistakes.iloc[:0]
    assert not any(
        one.mistakes for one in module_figures(replace(outcomes, mistakes=none), words_of()).exercises
    )


def test_no_copy_at_all_is_no_exercise() -> None:
    whole = made_up(2, 5)
    empty = Outcomes(whole.copies.iloc[:0], whole.answers.iloc[:0], whole.mistakes.iloc[:0])
    assert module_figures(empty, words_of()).exercises == []
