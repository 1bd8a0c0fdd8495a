"""One way to write a number in French, and one way to read it."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from autograder.french.numbers import first, number, percent, plain, points, read, score, share, short
from autograder.french.units import is_unit, same_unit


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (-37590.5, 1, "−37\u202f590,5"),
        (37590, 0, "37\u202f590"),
        (1959.9, 2, "1\u202f959,90"),
        (-0.2, 0, "0"),  # and not −0
        (0.5, 1, "0,5"),
    ],
)
def test_a_number_has_the_decimals_that_are_asked(value: float, digits: int, written: str) -> None:
    assert number(value, digits) == written


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (2.0, 17, "2"),
        (-0.0, 17, "0"),
        (0.1, 17, "0,1"),
        (1e-7, 17, "0,0000001"),
        (12345678.25, 17, "12\u202f345\u202f678,25"),
        (2 / 3, 6, "0,666667"),
        (1_234_567, 3, "1\u202f230\u202f000"),
        (100, 3, "100"),
    ],
)
def test_a_short_number_has_no_more_decimals_than_needed(value: float, digits: int, written: str) -> None:
    assert short(value, digits) == written


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (100 * 508_778 / 508_788, 1, "plus de 99,9 %"),
        (100 * 10 / 508_788, 1, "moins de 0,1 %"),
        (99.7, 0, "plus de 99 %"),
        (0.2, 0, "moins de 1 %"),
        (0, 1, "0,0 %"),
        (100, 1, "100,0 %"),
        (99.94, 1, "99,9 %"),
    ],
)
def test_almost_all_is_not_told_as_all_nor_a_few_as_none(value: float, digits: int, written: str) -> None:
    assert share(value, digits) == written.replace(" %", "\u00a0%")


@given(floats(-1e15, 1e15))
def test_a_number_written_whole_is_read_back(value: float) -> None:
    assert read(short(value)) == value


@pytest.mark.parametrize("write", [short, number])
def test_what_has_no_digits_is_told_in_french(write: Callable[[float], str]) -> None:
    told = [write(value) for value in (math.inf, -math.inf, math.nan)]
    assert told == ["l’infini", "moins l’infini", "valeur indéfinie"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 959,9", 1959.9),
        ("1\u00a0959,9", 1959.9),
        ("1\u202f959,9", 1959.9),
        ("1\u2009959.9", 1959.9),
        ("\u22123", -3),
        ("\u20133", -3),  # the dash of a text processor
        ("- 3", -3),
        ("+2,5", 2.5),
        ("12,", 12.0),
        ("1.234", 1.234),  # and not 1234: a point begins the decimals
        ("1,234", 1.234),
    ],
)
def test_a_number_is_read_in_french_and_in_english(text: str, value: float) -> None:
    assert read(text) == value
    assert type(read(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "nan", "inf", "Infinity", "1e5", "1_000", "0x10", "1.234,5", "1,234,567", "12 %", "douze"],
)
def test_any_other_text_is_no_number(text: str) -> None:
    assert read(text) is None


def test_a_number_is_written_as_programs_do() -> None:
    assert plain("\u22121\u202f959,90") == "-1959.90"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("33 085 habitants", ("33 085", "habitants")),
        ("\u22121\u202f234,5\u00a0%", ("\u22121\u202f234,5", "%")),
        ("12 pour 100", ("12", "pour 100")),
        ("12", ("12", "")),
        ("1.959,9", ("1.959", ",9")),
        ("douze mois", ("", "douze mois")),
    ],
)
def test_a_number_is_told_from_what_follows(text: str, parts: tuple[str, str]) -> None:
    assert first(text) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("habitant", "habitants"),
        ("Départements.", "departements"),
        ("pour 100", "%"),
        ("pour cent", "%"),
        ("euros", "€"),
        ("an", "ans"),
        ("m2", "m²"),
        ("hab.", "habitants"),
        ("j", "jours"),
        ("caractères", "signes"),
    ],
)
def test_a_unit_is_known_however_it_is_spelt(one: str, other: str) -> None:
    assert same_unit(one, other) and same_unit(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("k€", "€"),
        ("milliers d’habitants", "habitants"),
        ("‰", "%"),
        ("", "%"),
        ("s", "x"),
        ("m.", "mois"),
        ("hab", "habitants"),
    ],
)
def test_another_scale_is_another_unit(one: str, other: str) -> None:
    assert not same_unit(one, other)


def test_a_unit_is_words_or_a_sign() -> None:
    assert all(map(is_unit, ["habitants", "%", "€ par mois", "°C"]))
    assert not any(map(is_unit, ["", ",9", "- 3", "e5", "a" * 41, "et 3 autres"]))


def test_points_are_plural_from_two() -> None:
    assert [points(value) for value in (0, 0.5, 1, 1.5, 2)] == [
        "0 point",
        "0,5 point",
        "1 point",
        "1,5 point",
        "2 points",
    ]
    assert score(1.5, 2) == "1,5 point sur 2"


def test_a_percentage_does_not_break_before_its_sign() -> None:
    assert percent(12.5, 1) == "12,5\u00a0%"
