"""What D02 writes in words or asks, computed again from the catalogue."""

from math import sqrt
from typing import Any

import pandas
import pytest

from autograder.data.load import load
from autograder.modules.model import Module
from tests.written import plain, text_of, written

module, names = written("D02")


@pytest.fixture(scope="module")
def roads() -> pandas.DataFrame:
    """Killed in metropolitan France by month since July 2018 (0 is that month), on roads of the measure or not."""
    table = load("accidents", 2020)
    table = table[table["perimetre"] == "metropole"]
    measured = (table["milieu"] == "hors-agglomeration") & table["route"].isin(
        ["nationale", "departementale"]
    )
    month = (table["annee"] - 2018) * 12 + table["mois"] - 7
    return table["tues"].groupby([month, measured]).sum().unstack(fill_value=0)


@pytest.fixture(scope="module")
def everywhere() -> int:
    """Killed from July 2018 to June 2019 on the roads of the measure, overseas included."""
    table = load("accidents", 2020)
    measured = (table["milieu"] == "hors-agglomeration") & table["route"].isin(
        ["nationale", "departementale"]
    )
    month = (table["annee"] - 2018) * 12 + table["mois"] - 7
    return int(table.loc[measured & month.between(0, 11), "tues"].sum())


@pytest.fixture(scope="module")
def trial() -> pandas.DataFrame:
    return load("essai-insertion", 1978).set_index(["groupe", "annee"])


def told(module: Module, exercise: str) -> str:
    return plain(module.exercises[exercise].success)


def killed(roads: pandas.DataFrame, start: int, months: int = 12) -> tuple[int, int]:
    """Return the killed of the roads of the measure, and of the others, over some months."""
    sums = roads.loc[start : start + months - 1].sum()
    return int(sums[True]), int(sums[False])


def gap(roads: pandas.DataFrame, start: int) -> float:
    """Return the difference of differences, in points, of the twelve months from `start`."""
    (before, others_before), (after, others_after) = killed(roads, start - 12), killed(roads, start)
    return 100 * (after / before - others_after / others_before)


def test_the_second_half_of_each_year_kills_more(module: Module, roads: pandas.DataFrame) -> None:
    assert (killed(roads, -6, 6)[0], killed(roads, 0, 6)[0]) == (889, 964)
    assert "passe de 889 à 964" in text_of(module)
    for start in range(-66, 18, 12):  # January 2013 to January 2019
        assert killed(roads, start, 6)[0] < killed(roads, start + 6, 6)[0]


def test_the_five_notes(module: Module, roads: pandas.DataFrame, everywhere: int) -> None:
    (before, others), (after, others_after) = killed(roads, -12), killed(roads, 0)
    pairs = [
        (killed(roads, -6, 6)[0], killed(roads, 0, 6)[0]),
        (before, everywhere),
        (before + others, after + others_after),
        (before, after),
        (killed(roads, -12, 6)[0], killed(roads, 0, 6)[0]),
    ]
    document = plain(module.exercises["notes"].form["document"])
    for was, now in pairs:
        sign = "+" if now > was else "−"
        change = f"{sign} {abs(100 * (now / was - 1)):.1f} %".replace(".", ",")
        pair = f"{was:,} puis {now:,}".replace(",", " ")
        assert f"{pair} ({change})" in document


def test_the_difference_of_differences(
    module: Module, names: dict[str, Any], roads: pandas.DataFrame
) -> None:
    (before, others), (after, others_after) = killed(roads, -12), killed(roads, 0)
    assert (others, others_after) == (1_411, 1_474)
    assert (round(100 * (after / before - 1), 1), round(100 * (others_after / others - 1), 1)) == (-8.5, 4.5)
    assert round(gap(roads, 0), 1) == -13.0 and round(names["essai_a_blanc"], 1) == 1.4
    assert round(before * others_after / others - after) == 251
    for words in ("baissent de 8,5 %", "monte de 4,5 %", "13 points", "1 933 tués", "251 tués"):
        assert words in told(module, "ecart")


def test_the_years_without_the_measure(
    module: Module, names: dict[str, Any], roads: pandas.DataFrame
) -> None:
    gaps = {2018 + start // 12: round(gap(roads, start), 1) for start in range(-72, 1, 12)}
    assert gaps == {year: round(value, 1) for year, value in names["ecarts"].items()}
    earlier = [abs(gaps[year]) for year in range(2012, 2018)]
    assert sum(value < 3 for value in earlier) == 4, "« quatre fois sur six »"
    assert gaps[2012] == -10.3 and min(gaps, key=lambda year: gaps[year]) == 2018
    assert "il a atteint 10 points" in text_of(module)


def test_the_trial(module: Module, trial: pandas.DataFrame) -> None:
    mean = trial["revenu_moyen"]
    effect = mean["programme", 1978] - mean["temoins", 1978]
    after = trial.xs(1978, level="annee")
    variance = after["ecart_type"] ** 2 / after["personnes"]
    margin = 1.96 * sqrt(variance["programme"] + variance["temoins"])
    figures = [
        effect,
        100 * effect / mean["temoins", 1978],
        mean["programme", 1978] - mean["programme", 1975],
        mean["population", 1978] - mean["programme", 1978],
        effect - margin,
        effect + margin,
    ]
    assert [round(figure) for figure in figures] == [1_794, 39, 4_817, 8_498, 479, 3_109]
    for words in ("1 794 dollars", "39 %", "4 817", "8 498", "entre 479 et 3 109"):
        assert words in told(module, "essai")


def test_the_measure_that_changed(module: Module) -> None:
    table = load("accidents", 2020)
    years = (
        table[table["perimetre"] == "metropole"].groupby("annee")[["hospitalises", "blesses_legers"]].sum()
    )
    change = 100 * (years.loc[2018] / years.loc[2017] - 1)
    together = 100 * (years.loc[2018].sum() / years.loc[2017].sum() - 1)
    assert round(change["hospitalises"], 1) == -23.4 and "baisse de 23,4 %" in text_of(module)
    assert -5 < together < -4 and "moins de 5 % de blessés en moins" in text_of(module)
    assert change["blesses_legers"] > 0, "« les légers montent »"
    assert round(change["hospitalises"] / together) == 5, "« cinq fois moins »"


def test_the_small_trial_does_not_tell(names: dict[str, Any]) -> None:
    difference = 100 * (names["sans"] - names["avec"])
    assert [difference > margin for margin in names["marges"]] == [False, False, True]
    assert round(difference / 100 * 50) == 3, "« trois absents de plus ou de moins »"


@pytest.mark.parametrize(
    ("with_message", "without", "people", "margin"), [(0.09, 0.18, 600, 4), (0.10, 0.15, 60, 12)]
)
def test_margins_of_the_sheets(with_message: float, without: float, people: int, margin: int) -> None:
    variance = (with_message * (1 - with_message) + without * (1 - without)) / people
    assert round(100 * 1.96 * sqrt(variance)) == margin


def test_the_made_up_dashboard_adds_up(names: dict[str, Any]) -> None:
    reminded = dict(zip(names["rappel"]["indicateur"], names["rappel"]["valeur"], strict=True))
    assert plain(reminded["Rendez-vous rappelés"]) == "4 700 sur 5 000"
    assert names["textos"] == 2 * 4_700, "two messages for each appointment"


def test_the_chance_of_accidents_gives_a_wide_margin(
    module: Module, names: dict[str, Any], roads: pandas.DataFrame
) -> None:
    """Counts vary like a Poisson variable, whose variance is its mean; the ratios by the delta method."""
    pairs = list(zip(killed(roads, -12), killed(roads, 0), strict=True))
    variance = sum((after / before) ** 2 * (1 / before + 1 / after) for before, after in pairs)
    assert round(196 * sqrt(variance), 1) == round(names["marge"], 1) == 9.6
    assert "une marge d’environ dix points" in text_of(module)


def test_other_classings_of_two_sorts_of_roads(module: Module) -> None:
    """Count communal roads and urban metropolitan roads, out of towns, with the measure, the witness or nowhere."""
    table = load("accidents", 2020)
    table = table[table["perimetre"] == "metropole"]
    period = ((table["annee"] - 2018) * 12 + table["mois"] - 7) // 12
    outside = table["milieu"] == "hors-agglomeration"
    sure = outside & table["route"].isin(["nationale", "departementale"])
    communal, urban = outside & (table["route"] == "communale"), table["route"] == "metropole-urbaine"
    assert not urban[table["annee"] < 2018].any(), "« n’apparaît qu’en 2018 »"

    def classed(with_measure: pandas.Series, left_out: pandas.Series, year: int = 0) -> float:
        of_measure = (sure | with_measure) & ~left_out
        witness = ~(sure | with_measure | left_out)
        changes = [
            table.loc[roads & (period == year), "tues"].sum()
            / table.loc[roads & (period == year - 1), "tues"].sum()
            for roads in (of_measure, witness)
        ]
        return float(100 * (changes[0] - changes[1]))

    nothing, rural = urban & ~urban, urban & outside
    gaps = [
        classed(one & (first == 1) | other & (second == 1), one & (first == 2) | other & (second == 2))
        for one, other in ((communal, rural), (communal, urban))
        for first in range(3)
        for second in range(3)
        if not (other is urban and second == 1)  # the rule concerns no street
    ]
    assert (round(max(gaps), 1), round(min(gaps), 1)) == (-9.9, -13.2)
    assert "de 9,9 à 13,2 points" in text_of(module)
    assert classed(communal, nothing, -6) < classed(communal, nothing), (
        "« celui de 2012 devient le plus grand »"
    )


def test_the_killed_of_the_roads_before_the_measure() -> None:
    table = load("accidents", 2020)
    measured = (table["milieu"] == "hors-agglomeration") & table["route"].isin(
        ["nationale", "departementale"]
    )
    table = table[measured & (table["perimetre"] == "metropole") & table["annee"].between(2013, 2017)]
    years = table.groupby("annee")["tues"].sum()
    assert list(years) == [1_954, 2_013, 2_009, 2_029, 1_970]
    assert (years.idxmin(), years.max()) == (2013, 2_029), "« de 1 954 à 2 029 par an », instructor.md"


def test_the_hundred_drawn_by_lot_are_within_the_margin(module: Module) -> None:
    margin = 196 * sqrt((0.31 * 0.69 + 0.40 * 0.60) / 100)
    assert round(margin) == 13 and "environ 13" in told(module, "bilan")
