"""The case and its rule: every path is playable, several are right, and no lazy way of playing passes."""

from itertools import product
from math import prod
from typing import Any

import pytest

from autograder.activities.incident.case import decisions, hours
from autograder.activities.incident.games import by_habit, played
from autograder.activities.incident.kind import Incident
from autograder.activities.incident.words import BOUNDS, HABITS
from autograder.authoring.typography import MARKS
from autograder.contract.kinds import Problem

KIND = Incident()
BRINGS = {(facet, canonical): share for facet, canonical, share in KIND.shares(None, {})}
PASS_MARK = 0.7
OPTIONS = [option for decision in decisions().values() for option in decision.options.values()]


def worth(game: dict[str, Any]) -> float:
    """The share of the points that a game brings."""
    return sum(BRINGS.get(pair, 0) for pair in KIND.read(game, {}).items())


def tenable(name: str) -> list[str]:
    return [option.id for option in decisions()[name].options.values() if option.tenable]


def test_each_option_is_tenable_with_its_lines_or_breaks_a_bound_and_says_why() -> None:
    for option in OPTIONS:
        assert option.then
        if option.tenable:
            assert option.proofs and not option.habit and not option.why
        else:
            assert (
                option.breaks in BOUNDS and option.habit in HABITS and option.why.endswith("?")
            ) or option.why
            assert not option.proofs
    assert {option.breaks for option in OPTIONS if option.breaks} == set(BOUNDS)


def test_at_each_hour_several_decisions_are_right_and_several_are_not() -> None:
    for name, decision in decisions().items():
        assert 2 <= len(tenable(name)) < len(decision.options), name


def test_on_every_path_each_tenable_option_has_a_line_that_proves_it_and_one_that_does_not() -> None:
    told = {decision for hour in hours() for line in hour.lines for decision in line.when}
    assert told == {"disque"}, "the paths that change what is seen"
    for chosen in product(*(decisions()[name].options for name in told)):
        choices = dict(zip(told, chosen, strict=True))
        for hour in hours():
            seen = set(hour.seen(choices))
            for decision in hour.decisions.values():
                for option in decision.options.values():
                    assert not option.tenable or (seen & set(option.proofs) and seen - set(option.proofs))


def test_lines_and_choices_that_the_case_names_exist() -> None:
    for hour in hours():
        lines = {line.id for line in hour.lines}
        assert len(lines) == len(hour.lines)
        for decision in hour.decisions.values():
            assert all(set(option.proofs) <= lines for option in decision.options.values())
        for line in hour.lines:
            assert all(set(options) <= set(decisions()[name].options) for name, options in line.when.items())


def test_all_games_of_tenable_decisions_proved_by_one_line_earn_everything() -> None:
    assert prod(len(tenable(name)) for name in decisions()) == 1024
    for chosen in product(*map(tenable, decisions())):
        assert worth(one_line(dict(zip(decisions(), chosen, strict=True)))) == pytest.approx(1)


def one_line(choices: dict[str, str]) -> dict[str, Any]:
    game = played(choices=choices)
    for row in game["decisions"].values():
        del row["proofs"][1:]
    return game


def test_whoever_ticks_every_line_proves_nothing() -> None:
    game = played()
    for hour in hours():
        for name in hour.decisions:
            game["decisions"][name]["proofs"] = list(hour.seen({"disque": "laisser"}))
    assert worth(game) == pytest.approx(2 / 3) and worth(game) < PASS_MARK


@pytest.mark.parametrize("rank", range(4))
def test_whoever_always_takes_the_option_of_one_rank_fails(rank: int) -> None:
    chosen = {name: list(decision.options)[rank] for name, decision in decisions().items()}
    assert worth(played(choices=chosen)) < PASS_MARK


@pytest.mark.parametrize("longest", [min, max])
def test_neither_the_longest_option_nor_the_shortest_is_a_clue(longest: Any) -> None:
    chosen = {
        name: longest(decision.options.values(), key=lambda option: len(option.text)).id
        for name, decision in decisions().items()
    }
    assert worth(played(choices=chosen)) < PASS_MARK


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_two_decisions_and_costs_them(habit: str) -> None:
    game = by_habit(habit)
    shown = KIND.read(game, {})
    assert [facet for facet in shown if facet.startswith("habitude:")] == [f"habitude:{habit}"]
    lost = sum(
        not decisions()[name].options[row["choice"]].tenable for name, row in game["decisions"].items()
    )
    assert lost >= 2 and worth(game) == pytest.approx(1 - lost / len(decisions()))


def test_one_untenable_decision_is_told_by_its_own_message_alone() -> None:
    shown = KIND.read(played(choices={"poste": "eteindre"}), {})
    told = {(facet, canonical): text for facet, canonical, _, text in KIND.told({})}
    said = [told[pair] for pair in shown.items() if pair in told]
    assert len(said) == 1 and said[0].startswith("**Votre poste.**") and "garder les traces" in said[0]
    assert not any(facet.startswith("habitude:") for facet in shown)


def test_lines_beside_the_point_are_told_and_cost_the_proof_alone() -> None:
    game = played()
    game["decisions"]["poste"]["proofs"] = ["guichet"]
    assert KIND.read(game, {})["poste:preuve"] == "a-cote"
    assert worth(game) == pytest.approx(1 - 1 / 3 / len(decisions()))
    game["decisions"]["poste"]["proofs"] = ["affiche", "guichet"]
    assert KIND.read(game, {})["poste:preuve"] == "melee"


def test_a_game_that_is_not_over_is_not_judged() -> None:
    game = played()
    names = list(hours()[0].decisions)
    unfinished = {"closed": 1, "decisions": {name: game["decisions"][name] for name in names}}
    with pytest.raises(Problem, match="pas finie"):
        KIND.read(unfinished, {})


def test_the_french_of_the_case_has_its_spaces_and_apostrophes() -> None:
    texts = [text for option in OPTIONS for text in (option.text, option.then, option.why)]
    texts += [text for hour in hours() for text in (hour.at, hour.where)]
    texts += [text for hour in hours() for line in hour.lines for text in (line.source, line.text)]
    assert [text for text in texts for pattern, _, _ in MARKS if pattern.search(text)] == []
