"""A chart and its words: they follow the settings, and never say otherwise."""

from typing import Any
from xml.etree import ElementTree

import pytest

from autograder.activities.repair.form import options
from autograder.activities.repair.picture import draw
from autograder.activities.repair.scale import scale
from autograder.activities.repair.settings import chart
from autograder.activities.repair.words import alternative

DEATHS: Any = {
    "data": [{"annee": 2018, "tues": 3248}, {"annee": 2019, "tues": 3244}, {"annee": 2020, "tues": 2541}],
    "across": "annee",
    "series": {"tues": "Tués"},
    "settings": {"period": {"start": "courte", "options": {"courte": [2018, 2019], "longue": [2018, 2020]}}},
}
"""Killed on the roads of metropolitan France; ONISR."""

TWO: Any = {
    "data": [{"x": "A & B", "un": 10, "deux": -5}, {"x": "<C>", "un": 20, "deux": 5}],
    "across": "x",
    "series": {"un": "Série <un>", "deux": "Série deux"},
    "settings": {},
}


def drawn(form: Any, **chosen: str) -> ElementTree.Element:
    one = chart(form, chosen)
    return ElementTree.fromstring(draw(one, alternative(one)))


def heights(svg: ElementTree.Element) -> list[float]:
    return [float(bar.get("height", "")) for bar in svg.findall("{*}rect") if bar.get("stroke")]


def test_bars_are_as_long_as_their_values_when_the_axis_starts_at_zero() -> None:
    whole, _, least = heights(drawn(DEATHS, period="longue", axis="zero"))
    assert least / whole == pytest.approx(2541 / 3248, abs=0.002)
    whole, _, least = heights(drawn(DEATHS, period="longue", axis="cut"))
    assert least / whole < 0.4, "the cut axis exaggerates: this is what is to be repaired"


def test_the_alternative_follows_the_settings() -> None:
    said = alternative(chart(DEATHS, {"period": "courte", "axis": "zero", "kind": "line"}))
    assert said.startswith("Graphique en ligne, sans titre. L’axe des valeurs va de 0 à 4")
    assert "2018, 3\u202f248\u00a0; 2019, 3\u202f244." in said and "2020" not in said
    assert "Aucune source" in said


def test_rows_are_sorted_by_the_first_series() -> None:
    assert chart(TWO, {"order": "value"}).names == ["<C>", "A & B"]


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
@pytest.mark.parametrize("legend", ["legend", "direct"])
@pytest.mark.parametrize("axis", ["zero", "cut"])
def test_every_chart_is_xml_inside_its_paper_with_its_names_as_they_are(
    kind: str, legend: str, axis: str
) -> None:
    svg = drawn(TWO, kind=kind, legend=legend, axis=axis)
    texts = " ".join(text.text or "" for text in svg.findall("{*}text"))
    assert "A & B" in texts and "<C>" in texts and svg.get("role") == "img"
    assert ("Série <un>" in texts) == (kind != "pie")
    for mark in svg:
        assert all(-1 <= float(mark.get(name, 0)) <= 641 for name in ("x", "y", "cx", "cy", "x2", "y2"))


@pytest.mark.parametrize(
    ("values", "from_zero", "ends"),
    [
        ([3248, 3244, 2541], True, (0, 4000)),
        ([3248, 3244, 2541], False, (2400, 3400)),
        ([0.2, 0.3], True, (0, 0.3)),
        ([-5, 10], False, (-10, 10)),
        ([-5, -10], True, (-10, 0)),
        ([7, 7], False, (0, 8)),
        ([0, 0], True, (0, 1)),
        ([], True, (0, 1)),
    ],
)
def test_an_axis_has_round_ends_around_its_values(values: list[float], from_zero: bool, ends: Any) -> None:
    axis = scale(values, from_zero)
    assert (axis.low, axis.high) == pytest.approx(ends)
    assert 2 <= len(axis.ticks) <= 12


BASES: Any = {
    "data": [{"an": 2010, "point": 55.3, "smic": 8.9, "p": 100, "s": 100}, {"an": 2026, "point": 59.1, "smic": 12, "p": 107, "s": 136}],
    "across": "an",
    "series": {"point": "Point"},
    "settings": {
        "base": {
            "start": "euros",
            "options": {
                "euros": {"label": "En euros", "series": {"point": "Point", "smic": "SMIC"}},
                "cent": {"label": "Base 100", "series": {"p": "Point", "s": "SMIC"}},
                "seul": "Point seul",
            },
        }
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("base", "series"),
    [
        ("euros", {"Point": [55.3, 59.1], "SMIC": [8.9, 12]}),
        ("cent", {"Point": [100, 107], "SMIC": [100, 136]}),
    ],
)
def test_a_base_may_be_several_columns(base: str, series: Any) -> None:
    assert chart(BASES, {"base": base}).series == series


def test_the_words_of_a_base_are_those_of_its_group() -> None:
    settings: Any = {
        **BASES["settings"]["base"],
        "options": {**BASES["settings"]["base"]["options"], "point": "Point (€)"},
    }
    form: Any = {**BASES, "settings": {"base": settings}}
    assert options(form, "base") == {
        "euros": "En euros",
        "cent": "Base 100",
        "seul": "Point seul",
        "point": "Point (€)",
    }
    assert chart(form, {"base": "point"}).series == {"Point (€)": [55.3, 59.1]}
