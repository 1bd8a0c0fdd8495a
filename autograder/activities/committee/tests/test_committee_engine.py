"""The committee's engine: the same seed and the same decisions give the same half-years, and money moves things the right way."""

import subprocess
import sys
from dataclasses import replace

import pytest

from autograder.activities.committee.cases import opening, training
from autograder.activities.committee.engine import advance
from autograder.activities.committee.game import GROUNDS, PROOFS, read_game
from autograder.activities.committee.model import DOSSIERS, MONTHS, PROOF_MONTHS, SHORT, Decision, Place
from autograder.activities.committee.portfolios import FLASHY, SOUND, play, sound
from autograder.activities.committee.rule import BAD, GOOD, UNKNOWN, assess

SEEDS = range(60)
MANY_SEEDS = range(400)
GRANTS = [
    Decision("six"),
    *(Decision(choice, proof) for choice in SHORT for proof in ("", *PROOFS)),
    Decision("report"),
]


def every_place() -> list[Place]:
    return [place for seed in SEEDS for place in opening(seed).values()]


def after(place: Place, decision: Decision) -> Place:
    moved = advance(place, decision, 2)
    assert moved is not None
    return moved


def test_a_seed_draws_the_same_dossiers_in_another_process() -> None:
    code = "from autograder.activities.committee.cases import opening; print(opening(7))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert other.strip() == str(opening(7))


def test_seeds_draw_different_figures_for_the_same_stories() -> None:
    one, other = opening(1), opening(2)
    assert [place.dossier.name for place in one.values()] == [place.dossier.name for place in other.values()]
    assert all(one[key].now != other[key].now for key in DOSSIERS)


@pytest.mark.parametrize("name", [*SOUND, *FLASHY])
def test_a_game_follows_from_its_seed_and_its_decisions(name: str) -> None:
    way = {**SOUND, **FLASHY}[name]
    assert play(way, seed=5) == play(way, seed=5)
    assert play(way, seed=5).places(4) == play(way, seed=5).places(4)


def test_the_ground_and_the_note_of_a_decision_change_nothing() -> None:
    for place in opening(3).values():
        for ground in GROUNDS:
            told = Decision("deux", "impact", ground, "note")
            assert after(place, told) == after(place, Decision("deux", "impact"))


def test_more_months_never_bring_fewer_users_or_visits() -> None:
    for place in every_place():
        moved = [after(place, Decision(choice)).now for choice in ("un", "deux", "six")]
        assert [one.active for one in moved] == sorted(one.active for one in moved)
        assert [one.visits for one in moved] == sorted(one.visits for one in moved)


def test_what_is_spent_is_the_months_paid_at_the_budget_shown() -> None:
    for place in every_place():
        for decision in GRANTS:
            paid = after(place, decision).now.spent - place.now.spent
            assert paid == pytest.approx(MONTHS[decision.choice] * place.now.budget)


def test_stopping_ends_a_dossier_and_costs_nothing() -> None:
    for place in every_place():
        assert advance(place, Decision("arret"), 2) is None
        assert place.cost("arret") == 0


def test_a_proof_asked_in_time_settles_its_criterion() -> None:
    for place in every_place():
        for proof, months in PROOF_MONTHS.items():
            for choice in SHORT:
                moved = after(place, Decision(choice, proof))
                assert (proof in moved.asked) == (MONTHS[choice] >= months)
        if assess(place)["impact"] == UNKNOWN and place.now.proof == "declaree":
            assert assess(after(place, Decision("deux", "impact")))["impact"] in (GOOD, BAD)


def test_nobody_measures_an_effect_that_nobody_asked_to_measure() -> None:
    for place in every_place():
        for decision in GRANTS:
            if decision.proof != "impact":
                assert after(place, decision).now.proof == place.now.proof


def test_putting_a_decision_off_costs_more_than_a_short_grant_and_brings_fewer_users() -> None:
    for place in every_place():
        assert place.cost("report") > place.cost("deux")
        assert after(place, Decision("report")).now.active <= after(place, Decision("un")).now.active


def test_users_never_exceed_those_whom_the_service_is_for() -> None:
    for place in every_place():
        crowded = replace(place, now=replace(place.now, active=place.dossier.target))
        assert after(crowded, Decision("six")).now.active <= place.dossier.target


def test_the_stories_hold_for_every_seed() -> None:
    """A only lacks money, B is refuted twice, the others leave one question each: what the module's text tells of them."""
    for seed in MANY_SEEDS:
        said = {key: list(assess(place).values()) for key, place in opening(seed).items()}
        assert set(said["A"]) == {GOOD}
        assert said["B"].count(BAD) == 2
        assert (said["C"].count(UNKNOWN), said["C"].count(BAD)) == (1, 0)
        assert (said["D"].count(UNKNOWN), said["D"].count(BAD)) == (1, 0)
        assert (said["E"].count(UNKNOWN), said["E"].count(BAD)) == (1, 0)
        assert said["F"].count(BAD) == 1
        visited = {key: place.now.visits for key, place in opening(seed).items()}
        assert max(visited, key=lambda key: visited[key]) == "B" and visited["B"] > 100_000
        assert opening(seed)["B"].now.spent == 900


def test_surprises_exist_both_ways_over_the_seeds() -> None:
    """A popular service may work or not, a shared solution may really cover the need or not, costs may come back or not."""
    games = [read_game(sound("exigeante", 1, seed), seed).places(2) for seed in SEEDS]
    for key, criterion in (("D", "mutualisation"), ("E", "impact"), ("F", "cout")):
        found = {assess(place)[criterion] for game in games if (place := game[key])}
        assert {GOOD, BAD} <= found, key


def test_what_was_spent_in_the_last_half_year_is_six_months_of_its_budget() -> None:
    for seed in MANY_SEEDS:
        for place in (*opening(seed).values(), training()):
            assert place.now.spent - place.before.spent == 6 * place.before.budget, place.dossier.name


def test_the_training_dossier_costs_more_and_each_effect_costs_less() -> None:
    place = training()
    assert place.now.budget > place.before.budget
    assert (place.now.unit_cost or 0) < (place.before.unit_cost or 0)
    assert place.now.use_cost < place.before.use_cost
