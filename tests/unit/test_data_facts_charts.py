"""The figures that the lessons and the passports rest on: accidents, pay, and a palette."""

import pytest

from autograder.data import catalogue
from autograder.data.load import load


@pytest.fixture(scope="module")
def killed():
    """Killed by year and perimeter."""
    return load("accidents").pivot_table(
        index="annee", columns="perimetre", values="tues", aggfunc="sum", fill_value=0
    )


def test_killed_in_metropolitan_france_are_those_that_the_producer_published(killed):
    published = {2005: 5_318, 2010: 3_992, 2018: 3_248, 2019: 3_244, 2020: 2_541}
    assert killed["metropole"][list(published)].to_dict() == published


def test_the_perimeter_changes_in_2019(killed):
    assert killed.sum(axis=1)[[2018, 2019]].to_list() == [3_392, 3_498]
    assert killed.loc[2019].to_dict() == {"com": 92, "drom": 162, "metropole": 3_244}
    assert (killed["com"].loc[:2018] == 0).all()
    areas = load("accidents-departements").groupby("annee")["departement"].nunique()
    assert areas[[2005, 2018, 2019, 2020]].to_list() == [100, 101, 107, 107]


def test_both_tables_of_accidents_count_the_same():
    counts = ["accidents", "tues", "hospitalises", "blesses_legers"]
    by_month, by_area = (
        load(name).groupby(["annee", "perimetre"])[counts].sum()
        for name in ("accidents", "accidents-departements")
    )
    assert by_month.equals(by_area)
    assert by_month["accidents"].sum() == 1_065_053


def test_codes_of_departements_as_the_source_writes_them():
    areas = load("accidents-departements").set_index(["annee", "departement"])
    assert [areas["code_source"][year, "01"] for year in (2018, 2019, 2020)] == ["10", "1", "01"]
    assert [areas["tues"][year, "01"] for year in (2018, 2019)] == [36, 34]
    assert [areas["tues"][year, "10"] for year in (2018, 2019)] == [18, 22]


def test_hospitalised_fall_in_2018_and_accidents_do_not():
    accidents = load("accidents")
    metropolitan = accidents[accidents["perimetre"] == "metropole"].groupby("annee").sum(numeric_only=True)
    assert metropolitan["hospitalises"][[2017, 2018]].to_list() == [27_732, 21_238]
    assert round(metropolitan["accidents"][2018] / metropolitan["accidents"][2017] * 100 - 100, 1) == -4.9


def test_urban_metropolitan_roads_appear_in_2018():
    accidents = load("accidents")
    assert accidents[accidents["route"] == "metropole-urbaine"]["annee"].min() == 2018


def test_pay_since_the_euro():
    amounts = load("point-et-smic")
    last = amounts.groupby("mesure").last()
    assert last["valeur"].to_dict() == {
        "heures-smic": 151.67,
        "indice-minimal": 366,
        "point-annuel": 59.0734,
        "smic-horaire": 12.31,
    }
    assert (amounts["date"] >= "2002-01-01").all() and len(amounts) == 72


def test_contrasts_of_the_palette():
    palette = load("palette").set_index("nom")
    contrasts = palette.groupby("usage")["contraste_blanc"]
    assert contrasts.size().to_dict() == {"illustration": 17, "texte": 54}
    assert contrasts.apply(lambda ratios: (ratios >= 4.5).sum()).to_dict() == {"illustration": 2, "texte": 53}
    assert contrasts.apply(lambda ratios: (ratios >= 3).sum()).to_dict() == {"illustration": 7, "texte": 54}
    assert palette["contraste_blanc"]["text-disabled-grey"] == 3.11


def test_fair_comparisons_of_2018_and_2019(killed):
    """What F04 tells: the file gains 106 killed, of whom 92 in areas that it did not count; the others are stable."""
    areas = load("accidents-departements")
    by_year = areas.pivot_table(index="departement", columns="annee", values="tues", aggfunc="sum")
    both = by_year[[2018, 2019]].dropna().sum()
    assert (len(by_year[[2018, 2019]].dropna()), both.to_list()) == (101, [3_392, 3_406])
    assert [
        round(rise * 100, 1) for rise in (3_498 / 3_392 - 1, both[2019] / both[2018] - 1, 3_244 / 3_248 - 1)
    ] == [3.1, 0.4, -0.1]
    assert killed["drom"][[2018, 2019]].to_list() == [144, 162]


def test_ten_years_that_a_chart_of_f04_draws(killed):
    ten = killed["metropole"].loc[2010:2019]
    assert ten.to_list() == [3_992, 3_963, 3_653, 3_268, 3_384, 3_461, 3_477, 3_448, 3_248, 3_244]
    assert [year for year in ten.index[1:] if ten[year] > ten[year - 1]] == [2014, 2015, 2016]
    assert round(ten[2017] / ten[2018], 2) == 1.06
    assert round((ten[2017] - 3_150) / (ten[2018] - 3_150), 1) == 3.0


def test_rises_of_the_point_and_of_the_minimum_wage_on_one_base():
    amounts = load("point-et-smic")

    def on_the_first_of_january(measure, year):
        rows = amounts[(amounts["mesure"] == measure) & (amounts["date"] <= f"{year}-01-01")]
        return rows["valeur"].iloc[-1]

    base = {
        (measure, year): round(
            on_the_first_of_january(measure, year) / on_the_first_of_january(measure, 2010) * 100, 1
        )
        for measure in ("point-annuel", "smic-horaire")
        for year in (2018, 2022, 2026)
    }
    assert list(base.values()) == [101.7, 101.7, 106.8, 111.5, 119.3, 135.7]


def test_figures_said_in_the_passports_are_those_tested_here():
    known = catalogue.read()
    roads = ["3 392", "3 498", "3 248", "3 244", "27 732", "21 238", "4,9 %"]
    for dataset, figures in {
        "accidents": roads,
        "accidents-departements": roads,
        "palette": ["54 noms"],
    }.items():
        said = " ".join(known.find(dataset).limits).replace("\u202f", " ").replace("\u00a0", " ")
        assert [figure for figure in figures if figure not in said] == []
