"""The model itself: what it counts, what it draws, and that it is the same for everybody."""

import pytest

from autograder.activities.generator.model import END, LONGEST, Model

NAMES = ["Ablis", "Ablon", "Ablon", "Bar"]


def test_it_counts_what_follows_each_beginning() -> None:
    model = Model(NAMES, 2)
    assert model.follows["^^"] == {"A": 3, "B": 1}
    assert model.follows["bl"] == {"i": 1, "o": 2}
    assert model.follows["ar"] == {END: 1}
    assert model.forced == pytest.approx(9 / 11)


def test_a_chance_is_a_share_of_what_was_seen_and_temperature_sharpens_or_flattens_it() -> None:
    model = Model(NAMES, 2)
    assert model.chances("Abl", 1) == pytest.approx({"i": 1 / 3, "o": 2 / 3})
    assert model.chances("Abl", 0) == {"i": 0, "o": 1}
    assert model.chances("Abl", 0.5) == pytest.approx({"i": 1 / 5, "o": 4 / 5})
    assert model.chances("Abl", 2)["o"] < 2 / 3


def test_without_chance_the_first_of_those_most_seen_is_taken() -> None:
    assert Model(["Ba", "Aa"], 1).draw(3, 0) == ["Aa", "Aa", "Aa"]


def test_letters_are_drawn_as_often_as_their_chances_say() -> None:
    drawn = Model(NAMES, 2).draw(4000, 1)
    assert set(drawn) == {"Ablis", "Ablon", "Bar"}
    assert drawn.count("Bar") / 4000 == pytest.approx(1 / 4, abs=0.03)
    assert drawn.count("Ablon") / 4000 == pytest.approx(1 / 2, abs=0.03)


def test_the_same_seed_gives_the_same_names_and_another_gives_others() -> None:
    names = [f"{a}{b}{c}" for a in "BCDF" for b in "aeiou" for c in "lmnr"]
    model = Model(names, 1)
    assert model.draw(50, 1) == Model(reversed(names), 1).draw(50, 1, seed=1)
    assert model.draw(50, 1) != model.draw(50, 1, seed=2)


def test_a_name_that_never_ends_is_cut() -> None:
    assert Model(["aaaaaaaaaaaaaa"], 1).draw(1, 0) == ["a" * LONGEST]
