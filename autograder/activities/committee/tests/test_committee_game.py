"""A saved game is read with care: it comes back as it was, and whatever is not one is refused in French."""

from typing import Any

import pytest

from autograder.activities.committee.cases import opening
from autograder.activities.committee.game import Game, HalfYear, UnreadableGame, Vote, read_game, write_game
from autograder.activities.committee.kind import Committee
from autograder.activities.committee.model import PROOF_MONTHS, Decision
from autograder.activities.committee.portfolios import FLASHY, SOUND, play
from autograder.activities.committee.report import agreement, debrief, ledger, report, rows
from autograder.activities.committee.words import PROOFS
from autograder.contract.kinds import Problem


def test_a_game_comes_back_as_it_was_saved() -> None:
    game = play(SOUND["franche"], 3, 4)
    votes = {"A": (Vote(0, "six", "impact"), Vote(1, "arret"))}
    game = Game(4, (HalfYear(game.half_years[0].decisions, votes, True), *game.half_years[1:]), ("Léa", ""))
    assert read_game(write_game(game), 4) == game


@pytest.mark.parametrize(
    "raw",
    [
        "partie",
        [],
        {},
        {"seed": 5},
        {"seed": 4, "half_years": {}},
        {"seed": 4, "half_years": [1]},
        {"seed": 4, "half_years": [{}, {}, {}, {}]},
        {"seed": 4, "half_years": [{"decisions": []}]},
        {"seed": 4, "half_years": [{"decisions": {"A": "six"}}]},
        {"seed": 4, "half_years": [{"decisions": {"A": {"choice": "douze"}}}]},
        {"seed": 4, "members": ["x"] * 9},
    ],
)
def test_what_is_not_a_game_is_refused_in_french(raw: Any) -> None:
    with pytest.raises(UnreadableGame, match=r"partie|décisions|comité|Choisissez"):
        read_game(raw, 4)
    with pytest.raises(Problem):
        Committee().read(raw, {"seed": 4, "round": 1})


def test_what_is_strange_inside_a_game_is_dropped() -> None:
    decision = {"choice": "six", "proof": "impact", "ground": ["x"], "note": "  un \n deux " * 99, "more": 1}
    raw = {
        "seed": 4,
        "members": ["a" * 99, None],
        "half_years": [
            {
                "decisions": {"A": decision, "Z": decision, "B": None},
                "votes": {"A": [{"member": 7, "choice": "six"}, {"member": 0, "choice": "?"}, "x"], "B": "x"},
                "closed": "yes",
            }
        ],
    }
    game = read_game(raw, 4)
    (half_year,) = game.half_years
    assert set(half_year.decisions) == {"A"} and not half_year.closed
    assert half_year.decisions["A"].ground == "" and half_year.decisions["A"].proof == ""
    assert len(half_year.decisions["A"].note) <= 300 and len(game.members[0]) == 40 and game.members[1] == ""
    assert half_year.votes == {"A": (), "B": ()}


def test_the_money_that_is_not_spent_is_carried_over() -> None:
    game = play(SOUND["prudente"], 3, 4)
    assert game.available(2) == 2 * 650 - game.spent(1)
    assert game.available(3) == 3 * 650 - game.spent(1) - game.spent(2)


def test_the_report_names_each_bias_with_its_place_and_escapes_what_people_write() -> None:
    game = play(FLASHY["les-plus-chers"], 3, 4)
    text = debrief(game, 3)
    assert "coût irrécupérable" in text and "dossier B, semestre 1" in text
    assert text.count("<caption") == text.count("<table>") > 0
    votes = {"A": (Vote(0, "six", "impact"), Vote(1, "six", "cout"), Vote(2, "arret"))}
    half_year = HalfYear({"A": Decision("six", "", "impact")}, votes, True)
    named = Game(4, (half_year,), ("<b>Léa</b>", "", "Ali"))
    table = agreement(named, 1)
    assert "6 mois\u00a0: 2, arrêt\u00a0: 1" in table and "67\u00a0%" in table and ">2</td>" in table
    assert "<b>" not in ledger(named, 1)["votes"]["A"]["html"] + report(named, 1)


def test_an_evolution_is_never_told_of_two_figures_that_read_the_same() -> None:
    """« 0,6 % → 0,6 % : hausse de 1 % » was read; shares now move in points."""
    for seed in range(400):
        for place in opening(seed).values():
            for name, before, now, moved in rows(place):
                if name.startswith(("Part", "Usagers qui")):
                    read = [text.split(" de ")[0] for text in (before, now)]
                    assert "%" not in moved
                    assert (moved == "stable") == (read[0] == read[1]), (name, before, now, moved)


def test_votes_stay_hidden_until_all_have_voted_or_the_group_has_decided() -> None:
    two = Game(4, (HalfYear({}, {"A": (Vote(0, "six"),)}),), ("", ""))
    assert ledger(two, 1)["votes"]["A"] == {"count": "1 sur 2", "voted": [0], "html": ""}
    all_voted = Game(4, (HalfYear({}, {"A": (Vote(0, "six"), Vote(1, "un"))}),), ("", ""))
    assert "Membre 2\u00a0: 1 mois" in ledger(all_voted, 1)["votes"]["A"]["html"]
    decided = Game(4, (HalfYear({"A": Decision("six")}, {"A": (Vote(0, "six"),)}),), ("", ""))
    assert "Membre 1" in ledger(decided, 1)["votes"]["A"]["html"]


def test_the_proofs_offered_tell_the_months_that_they_take() -> None:
    for proof, months in PROOF_MONTHS.items():
        assert PROOFS[proof].startswith(f"{months} mois\u00a0: ")
