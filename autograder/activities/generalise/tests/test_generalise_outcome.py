"""What a setting protects and loses, its cause when it fails, and its words."""

from typing import Any
from xml.etree import ElementTree

import pytest

from autograder.activities.generalise import words
from autograder.activities.generalise.causes import cause
from autograder.activities.generalise.outcome import Outcome, outcome
from autograder.activities.generalise.picture import draw
from tests.readers import READERS

FREE = {name: value for name, value in READERS.items() if name != "keep"}


def got(form: Any, **setting: str) -> Outcome:
    return outcome(form, {"lieu": "quartier", "age": "annee", **setting})


@pytest.mark.parametrize(
    ("form", "setting", "reached"),
    [
        (READERS, {"lieu": "ville", "age": "tranche"}, True),
        (READERS, {"age": "retire"}, False),
        (FREE, {"age": "retire"}, True),
        (FREE, {"lieu": "ville", "age": "tranche"}, True),
        (FREE, {"lieu": "ville", "age": "retire"}, False),
        (FREE, {}, False),
    ],
)
def test_every_setting_that_follows_the_rule_is_right(form: Any, setting: Any, reached: bool) -> None:
    assert got(form, **setting).reached is reached


@pytest.mark.parametrize(
    ("form", "setting", "name"),
    [
        (READERS, {}, "exposed"),
        (READERS, {"age": "tranche"}, "nearly"),
        (READERS, {"lieu": "ville", "age": "retire"}, "erased"),
        (READERS, {"age": "retire"}, "question"),
    ],
)
def test_the_cause_is_the_side_that_fails(form: Any, setting: Any, name: str) -> None:
    few = {
        **form,
        "table": [{**row, "p2": 0, "p5": 60} if row["age"] == "tranche" else row for row in form["table"]],
    }
    assert cause(got(few, **setting)) == name


def test_a_loss_in_vain_is_told() -> None:
    wide = {
        **READERS,
        "cursors": {**READERS["cursors"], "lieu": {"label": "Lieu", "steps": {"ville": "v", "pays": "p"}}},
        "questions": {"ages": READERS["questions"]["ages"]},
        "table": [
            {**row, "lieu": {"quartier": "ville", "ville": "pays"}[row["lieu"]], "plus_petit": 9}
            for row in READERS["table"]
        ],
    }
    assert cause(outcome(wide, {"lieu": "pays", "age": "tranche"})) == "loose"


def test_figures_are_said_as_they_are_counted() -> None:
    said = dict(words.figures(got(READERS)))
    assert said["Plus petit groupe (k)"] == "1\u00a0: trop petit, il en faut 5"
    assert said["Lecteurs dans un groupe de moins de 5"] == "52 sur 60, soit 86,7\u00a0%"
    one = got(READERS, lieu="ville", age="retire")
    assert dict(words.figures(one)) == {
        "Plus petit groupe (k)": "60\u00a0: assez grand",
        "Lecteurs dans un groupe de moins de 5": "0 sur 60",
        "Groupe que le fichier distingue encore": "1",
    }
    assert words.status(one) == "Plus petit groupe\u00a0: 60. 0 question possible sur 2."


def test_a_tiny_share_is_not_said_to_be_none() -> None:
    huge = {**READERS, "table": [{**row, "p5": 500_000} for row in READERS["table"]]}
    said = dict(words.figures(got(huge, age="tranche")))
    assert said["Lecteurs dans un groupe de moins de 5"].endswith("soit moins de 0,1\u00a0%")


def test_the_histogram_says_its_values_and_stays_inside_its_paper() -> None:
    svg = ElementTree.fromstring(draw(got(READERS)))
    said = svg.get("aria-label") or ""
    assert "seul, 30\u00a0; 2 à 4, 22\u00a0; 5 et plus, 8." in said
    texts = [text.text for text in svg.findall("{*}text")]
    assert texts == [
        "Lecteurs selon la taille de leur groupe",
        *("seul (trop petit)", "30"),
        *("2 à 4 (trop petit)", "22"),
        *("5 et plus", "8"),
    ]
    bars = [bar for bar in svg.findall("{*}rect") if bar.get("stroke")]
    assert [bool(bar.get("stroke-dasharray")) for bar in bars] == [True, True, False]
    widths = [float(bar.get("width", "")) for bar in bars]
    assert widths[1] / widths[0] == pytest.approx(22 / 30, abs=0.01)
    assert all(float(bar.get("x", 0)) + width <= 520 for bar, width in zip(bars, widths, strict=True))
