"""The published rule: several portfolios are right, flashy ones are not, and each bias is told by its name."""

import random
from dataclasses import replace
from itertools import product

import pytest

from autograder import paths
from autograder.activities.committee.cases import opening
from autograder.activities.committee.game import Game, HalfYear, read_game, write_game
from autograder.activities.committee.judgement import sitting
from autograder.activities.committee.kind import Committee
from autograder.activities.committee.model import (
    ALLOWANCE,
    DOSSIERS,
    MONTHS,
    PROOF_MONTHS,
    SHORT,
    Decision,
    Place,
)
from autograder.activities.committee.portfolios import FLASHY, SOUND, faulty, play
from autograder.activities.committee.rule import BAD, BIASES, GOOD, UNKNOWN, admitted, assess, judge
from autograder.activities.committee.scoring import SHARES, facets
from autograder.activities.committee.show import criteria
from autograder.checks.judge import judge as judge_answer
from autograder.checks.outcomes import ClearTable, Outcome

SEED = 2026
SEEDS = range(400)


def first(**decisions: Decision) -> Game:
    """A first sitting: the sound one, but for the decisions given."""
    sound = play(SOUND["prudente"], 1, SEED).half_years[0].decisions
    return Game(SEED, (HalfYear({**sound, **decisions}, closed=True),))


def score(game: Game, number: int, all_along: bool) -> float:
    """Return the share of the points earned, between 0 and 1."""
    held, _ = facets(game, number, all_along)
    return sum(share for name, share in SHARES.items() if held[name])


def test_the_shares_add_up_to_the_whole() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", SOUND)
def test_sound_portfolios_earn_all_the_points_whatever_the_seed(name: str) -> None:
    for seed in SEEDS:
        game = play(SOUND[name], 3, seed)
        assert [score(game, number, False) for number in (1, 2, 3)] == pytest.approx([1, 1, 1])
        assert score(game, 3, True) == pytest.approx(1)


@pytest.mark.parametrize("name", FLASHY)
def test_flashy_portfolios_earn_less_than_half_whatever_the_seed(name: str) -> None:
    for seed in SEEDS:
        game = play(FLASHY[name], 3, seed)
        assert max(score(game, number, False) for number in (1, 2, 3)) < 0.5
        assert score(game, 3, True) < 0.5


def test_several_portfolios_are_right() -> None:
    """Every combination of admitted decisions is: here, eight on the first sitting, motives aside."""
    options = {}
    for key, place in opening(SEED).items():
        six, proofs, stop = admitted(place)
        short = [Decision(c, p, p) for p in proofs for c in SHORT if MONTHS[c] >= PROOF_MONTHS[p]]
        good = (
            next(
                name
                for name, said in assess(place).items()
                if said == ("favorable" if six else "défavorable")
            )
            if six or stop
            else ""
        )
        options[key] = [
            *([Decision("six", "", good)] if six else []),
            *short,
            *([Decision("arret", "", good)] if stop else []),
        ]
    portfolios = [dict(zip(options, chosen, strict=True)) for chosen in product(*options.values())]
    assert len(portfolios) == 8
    for decisions in portfolios:
        assert score(Game(SEED, (HalfYear(decisions, closed=True),)), 1, False) == pytest.approx(1)


def test_choosing_at_random_does_not_pass() -> None:
    rng, choices = (
        random.Random(1),
        [Decision(c, p, g) for c in MONTHS for p in PROOF_MONTHS for g in PROOF_MONTHS],
    )
    scores = [score(first(**{key: rng.choice(choices) for key in DOSSIERS}), 1, False) for _ in range(300)]
    assert max(scores) < 0.7 and sum(scores) / len(scores) < 0.25


def test_all_six_dossiers_for_six_months_is_more_than_the_envelope() -> None:
    game = first(**{key: Decision("six", "", "utilite") for key in DOSSIERS})
    assert sitting(game, 1).overspent and score(game, 1, False) < 0.5


@pytest.mark.parametrize(
    ("key", "decision", "bias"),
    [
        ("B", Decision("six", "", "depense"), "cout-irrecuperable"),
        ("B", Decision("six", "", "visites"), "vanite"),
        ("E", Decision("six", "", "visites"), "vanite"),
        ("E", Decision("deux", "visites", "impact"), "vanite"),
        ("F", Decision("deux", "fonctionnalite", "fonctionnalite"), "fonctionnalite"),
        ("F", Decision("report", "", "cout"), "ne-pas-decider"),
        ("D", Decision("six", "", "utilite"), "doublon"),
        ("F", Decision("six", "", "soutien"), "autorite"),
        ("F", Decision("six", "", "usage"), "preuves-contraires"),
        ("B", Decision("deux", "impact", "impact"), "preuves-contraires"),
        ("E", Decision("six", "", "utilite"), "preuves-manquantes"),
        ("E", Decision("deux", "", "impact"), "sans-preuve"),
        ("E", Decision("un", "utilite", "utilite"), "preuve-a-cote"),
        ("E", Decision("un", "impact", "impact"), "delai-trop-court"),
        ("A", Decision("un", "utilite", "utilite"), "hesitation"),
        ("A", Decision("arret", "", "usage"), "arret-d-un-succes"),
        ("C", Decision("arret", "", "utilite"), "arret-d-un-succes"),
        ("C", Decision("arret", "", "usage"), "arret-sans-preuve"),
        ("D", Decision("arret", "", "mutualisation"), "arret-sans-preuve"),
        ("E", Decision("arret", "", "impact"), "arret-sans-preuve"),
        ("A", Decision("six", "", "depense"), "cout-irrecuperable"),
        ("A", Decision("six", "", "temps"), "laisser-du-temps"),
        ("C", Decision("deux", "usage", "utilite"), "motif-contredit"),
        ("B", Decision("arret", "", ""), "sans-motif"),
    ],
)
def test_each_bias_is_called_by_its_name(key: str, decision: Decision, bias: str) -> None:
    assert sitting(first(**{key: decision}), 1).biases == [bias]


def test_a_good_ground_does_not_redeem_a_decision_that_the_evidence_refuses() -> None:
    held, _ = facets(first(B=Decision("six", "", "mutualisation")), 1, False)
    assert not held["B"] and not held["B:motif"]


def test_a_proof_that_did_not_come_is_not_asked_again() -> None:
    game = play(SOUND["exigeante"], 1, SEED)
    place = game.places(2)["F"]
    assert place is not None and admitted(place) == (False, (), True)
    again = {
        **play(SOUND["exigeante"], 2, SEED).half_years[1].decisions,
        "F": Decision("deux", "cout", "cout"),
    }
    game = Game(SEED, (*game.half_years, HalfYear(again, closed=True)))
    assert sitting(game, 2).biases == ["repousser"]


def with_brochure(cover: float, tested: bool) -> Place:
    place = opening(SEED)["D"]
    return replace(place, now=replace(place.now, cover=cover, tested=tested))


@pytest.mark.parametrize("cover", [10, 79, 80, 100])
def test_a_brochure_proves_nothing_whatever_it_announces(cover: float) -> None:
    place = with_brochure(cover, tested=False)
    assert assess(place)["mutualisation"] == UNKNOWN
    assert admitted(place) == (False, ("mutualisation",), False)
    stopped = judge(place, Decision("arret", ground="mutualisation"))
    assert not stopped.coherent and not stopped.grounded


def test_the_rule_reads_what_is_shown() -> None:
    """« 1,0 % » is 1 %, even where more decimals would say 0.97."""
    place = opening(SEED)["C"]
    shown = replace(place, now=replace(place.now, active=round(0.0097 * place.dossier.target)))
    assert assess(shown)["usage"] == GOOD


@pytest.mark.parametrize(("cover", "said"), [(79, GOOD), (80, BAD)])
def test_a_trial_settles_whether_a_shared_solution_covers_the_need(cover: float, said: str) -> None:
    assert assess(with_brochure(cover, tested=True))["mutualisation"] == said


def tried(cover: float) -> Place:
    return replace(with_brochure(cover, tested=True), asked=frozenset({"mutualisation"}))


@pytest.mark.parametrize(
    "decision",
    [
        Decision("six", "", "utilite"),
        Decision("un", "mutualisation", "mutualisation"),
        Decision("deux", "impact", "impact"),
    ],
)
def test_paying_after_a_trial_that_went_against_is_told_as_such(decision: Decision) -> None:
    """Neither « a trial would tell » nor « the proof did not come »: it was made, and it came."""
    assert judge(tried(88), decision).bias == "preuve-ignoree"
    assert judge(tried(88), Decision("arret", ground="mutualisation")).grounded


@pytest.mark.parametrize("seed", [SEED, 1, 7, 33])
@pytest.mark.parametrize(("number", "all_along"), [(1, False), (2, False), (3, True)])
def test_the_mistakes_of_the_module_can_be_made_on_other_draws(
    seed: int, number: int, all_along: bool
) -> None:
    later = {"repousser", "preuve-ignoree"}  # nothing has been asked for yet at the first sitting
    never = {"depassement"} if number == 2 else later if number == 1 else set()
    for bias in BIASES:
        if bias not in never:
            assert (
                bias in facets(read_game(faulty(bias, number, seed, all_along), seed), number, all_along)[1]
            )


def test_a_wrong_stop_keeps_counting_and_a_right_one_too() -> None:
    stopped = first(A=Decision("arret", "", "usage"))
    game = Game(SEED, (*stopped.half_years, play(SOUND["exigeante"], 2, SEED).half_years[1]))
    held, biases = facets(game, 2, False)
    assert not held["A"] and held["B"] and biases == []


@pytest.mark.parametrize("bias", BIASES)
def test_every_bias_can_be_made_and_is_found_in_a_whole_game(bias: str) -> None:
    game = read_game(faulty(bias, 3, SEED, all_along=True), SEED)
    assert bias in facets(game, 3, True)[1]
    assert score(game, 3, True) < 1


def test_the_kind_gives_each_bias_its_own_message() -> None:
    spec = {"kind": "committee", "seed": SEED, "round": 1}
    entries = {
        (facet, canonical): Outcome("right", share)
        for facet, canonical, share in Committee().shares(None, spec)
    }
    entries["biais:vanite", "oui"] = Outcome("vanite", 0, "Regardez les usagers actifs.")
    verdict = judge_answer(
        write_game(first(B=Decision("six", "", "visites"))), spec, ClearTable(entries), 10, "", "form"
    )
    assert (verdict.points, verdict.outcomes) == (8.5, ["vanite"])
    assert verdict.messages == ["Regardez les usagers actifs."]


def test_what_instructors_read_is_the_rule_that_is_applied() -> None:
    guide = (paths.home() / "modules/D01-sieger-au-comite/instructor.md").read_text(encoding="utf-8")
    lesson = (paths.home() / "modules/D01-sieger-au-comite/notebook.md").read_text(encoding="utf-8")
    for line in criteria():
        assert f"| {' | '.join(line)} |" in guide
    assert f"{ALLOWANCE}\u00a0k€ par semestre" in lesson
    assert (SHARES["A"], SHARES["A:motif"], SHARES["priorites"]) == (0.1, 0.05, 0.1)
    for text in (lesson, guide):
        assert all(share in text for share in ("10\u00a0% pour la décision", "5\u00a0% pour le motif"))
