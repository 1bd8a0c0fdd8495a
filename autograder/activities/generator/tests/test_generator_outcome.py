"""What a setting gives, its cause when it misses its goal, and its words."""

import time
from typing import Any

import pytest

from autograder.activities.generator import corpus, words
from autograder.activities.generator.causes import cause, told
from autograder.activities.generator.corpus import key_of, names_of, real_of
from autograder.activities.generator.model import Model
from autograder.activities.generator.outcome import DRAWN, outcome
from autograder.activities.generator.settings import Setting
from tests.communes import SHARE, TO_SET

REAL: Any = {**TO_SET, "reach": {"real": 65}, "orders": [4, 6], "temperatures": [0.25, 1, 2]}


def test_every_name_drawn_is_compared_with_the_real_list() -> None:
    got, real = outcome(TO_SET, Setting(4, 1)), real_of(key_of(TO_SET["corpus"]))
    assert got.read == len(names_of(key_of(TO_SET["corpus"]))) == 34969
    assert got.counts["real"] + got.counts["invented"] == len(got.names) == DRAWN
    assert got.counts["real"] == sum(name in real for name in got.names)
    assert got.real == {name for name in got.names if name in real}
    assert got.counts["distinct"] == len(set(got.names))


def test_a_credible_name_is_invented_of_pieces_of_real_ones() -> None:
    assert corpus.runs("Ablon") == {"Ablon"} and corpus.runs("Bar") == set()
    shares = [outcome(TO_SET, Setting(order, 1)) for order in (1, 4)]
    assert shares[0].share("credible") < shares[0].share("invented") / 3
    assert shares[1].share("credible") == pytest.approx(shares[1].share("invented"), abs=0.2)


def test_a_draw_is_the_same_for_everybody_and_another_is_another() -> None:
    assert outcome(TO_SET, Setting(4, 1)).names[:2] == ("Fontaillas", "Piscoussourt")
    assert outcome(TO_SET, Setting(4, 1), 2).names != outcome(TO_SET, Setting(4, 1)).names


def test_training_the_longest_and_drawing_take_less_than_a_second_or_two() -> None:
    names = names_of(key_of(TO_SET["corpus"]))
    start = time.process_time()
    Model(names, 6).draw(DRAWN, 1)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("form", "setting", "name"),
    [
        (TO_SET, Setting(4, 0), "repeats"),
        (TO_SET, Setting(6, 1), "copies"),
        (TO_SET, Setting(2, 1), "clumsy"),
        (REAL, Setting(6, 0.25), "stuck"),
        (REAL, Setting(4, 2), "short"),
        ({**TO_SET, "reach": {"invented": 90}}, Setting(4, 1), "copies"),
    ],
)
def test_the_cause_is_what_the_goal_misses(form: Any, setting: Setting, name: str) -> None:
    assert cause(form, outcome(form, setting)) == name
    assert name in told(form)


def test_a_goal_reached_fails_nowhere() -> None:
    assert outcome(TO_SET, Setting(4, 1)).failed(TO_SET["reach"]) == []


def test_with_long_beginnings_only_a_cause_is_not_offered_in_vain() -> None:
    assert list(told({**REAL, "orders": [6]})) == ["stuck"]


def test_measures_are_said_as_they_are_counted() -> None:
    said = dict(words.figures(TO_SET, outcome(TO_SET, Setting(2, 1))))
    assert said["Noms différents"].endswith("(but atteint)")
    assert said["Noms inventés et crédibles"].endswith("(il faut 70\u00a0%)")
    assert dict(words.figures(SHARE, outcome(SHARE, Setting(2, 1)))) == {
        "Noms qui existent déjà": "99 sur 2\u202f000, soit 5,0\u00a0%"
    }
    assert (
        words.goal(TO_SET)[0] == "Noms inventés et crédibles\u00a0: au moins 70\u00a0% des 2\u202f000 tirages"
    )
    assert [words.order(1), words.order(4), words.temperature(0.25)] == ["1 lettre", "4 lettres", "0,25"]
