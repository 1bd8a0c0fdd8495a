"""What reads an answer of this activity: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given

from autograder.activities.incident.case import hours
from autograder.activities.incident.game import UnreadableGame, read_game, write_game
from autograder.activities.incident.games import played
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused

FIRST = {"choice": "cable", "proofs": ["affiche"]}


@THE_SAME
@given(raw=ANYTHING)
def test_the_form_reads_or_refuses_whatever_is_sent(raw):
    is_read_or_refused({"widget": "incident", "label": "L"}, raw)


@THE_SAME
@given(raw=ANYTHING)
def test_the_form_reads_or_refuses_whatever_a_game_holds(raw):
    is_read_or_refused({"widget": "incident", "label": "L"}, {"closed": 0, "decisions": {"poste": raw}})


@THE_SAME
@given(value=ANYTHING)
def test_the_kind_reads_or_refuses_whatever_is_answered(value):
    is_compared_or_refused({"kind": "incident"}, value)


@pytest.mark.parametrize("rank", range(3))
def test_a_game_is_read_as_it_was_written(rank: int) -> None:
    assert write_game(read_game(played(rank))) == played(rank)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (None, "illisible"),
        ({"closed": True, "decisions": {}}, "nombre d’heures"),
        ({"closed": len(hours()) + 1, "decisions": {}}, "nombre d’heures"),
        ({"closed": 0, "decisions": {"disque": {"choice": "laisser"}}}, "inconnue"),
        ({"closed": 0, "decisions": {"poste": {"choice": "voler"}}}, "Choisissez"),
        ({"closed": 0, "decisions": {"poste": {**FIRST, "proofs": ["coffre"]}}}, "l’heure affichée"),
        (
            {"closed": 0, "decisions": {"poste": {**FIRST, "proofs": ["affiche", "affiche"]}}},
            "l’heure affichée",
        ),
        ({"closed": 0, "decisions": {"poste": {**FIRST, "proofs": "affiche"}}}, "lignes cochées"),
        ({"closed": 1, "decisions": {"poste": FIRST}}, "n’a pas toutes ses décisions"),
    ],
)
def test_what_is_no_game_is_refused_in_words(raw: Any, told: str) -> None:
    with pytest.raises(UnreadableGame, match=told):
        read_game(raw)


def test_a_line_that_these_choices_hide_cannot_be_ticked() -> None:
    game = played(choices={"disque": "brancher"})
    game["decisions"]["rouvrir"]["proofs"] = ["relu"]
    with pytest.raises(UnreadableGame, match="l’heure affichée"):
        read_game(game)
