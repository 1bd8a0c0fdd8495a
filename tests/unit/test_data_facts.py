"""The figures that the lessons and the catalogue's limits rest on, computed from the extracts."""

import pandas
import pytest

from autograder.data import catalogue
from autograder.data.load import load


def current(vintage):
    communes = load("communes", vintage)
    return communes[communes["type"] == "commune-actuelle"].set_index("code")


@pytest.fixture(scope="module")
def now():
    return current(2026)


@pytest.fixture(scope="module")
def before():
    return current(2019)


@pytest.mark.parametrize(
    ("vintage", "counts"),
    [
        (2026, {"commune-actuelle": 34_969, "commune-deleguee": 2_105, "commune-associee": 471}),
        (2019, {"commune-actuelle": 35_064, "commune-deleguee": 2_365, "commune-associee": 552}),
    ],
)
def test_four_types_are_mixed(vintage, counts):
    found = load("communes", vintage)["type"].value_counts()
    assert found.to_dict() == counts | {"arrondissement-municipal": 45}


@pytest.mark.parametrize("vintage", [2026, 2019])
def test_parts_of_communes_belong_to_a_current_one(vintage):
    communes = load("communes", vintage)
    is_part = communes["type"] != "commune-actuelle"
    assert communes.loc[is_part, "rattachement"].isin(current(vintage).index).all()
    assert communes.loc[~is_part, "rattachement"].isna().all()
    assert communes.loc[is_part, "epci"].isna().all()
    delegated = communes["type"].isin(["commune-deleguee", "commune-associee"])
    assert communes.loc[delegated, "population"].isna().all()
    assert communes.loc[communes["type"] == "arrondissement-municipal", "population"].notna().all()


def test_population_of_2026_missing_or_zero(now):
    missing = now[now["population"].isna()]
    assert set(missing["departement"]) == {"984", "989"}  # TAAF and Clipperton
    assert len(missing) == 6
    empty = now[now["population"] == 0]
    assert (len(empty), set(empty["departement"])) == (6, {"55"})


def test_population_of_2019_missing_overseas(before):
    missing = before.loc[before["population"].isna(), "departement"].value_counts()
    assert missing.to_dict() == {"987": 48, "988": 33, "976": 17, "984": 5, "986": 3, "989": 1}
    assert (before["population"] == 0).sum() == 6


def test_small_communes_pull_the_median_down(now):
    population = now.loc[now["zone"] != "com", "population"]
    assert len(population) == 34_875
    assert (population < 200).sum() == 8_803
    assert population.median() == 459
    assert population.mean() == pytest.approx(1_959.9, abs=0.05)


def test_few_communes_hold_half_of_the_population(now):
    population = now.loc[now["zone"] != "com", "population"].sort_values(ascending=False)
    assert (population.cumsum() < population.sum() / 2).sum() + 1 == 977
    assert (population >= 100_000).sum() == 42


def test_codes_that_lose_their_zero_and_homonyms(now):
    assert now.index.str.startswith("0").sum() == 3_135
    assert now["departement"].isin(["2A", "2B"]).sum() == 360
    assert now["nom"].duplicated(keep=False).sum() == 3_675


def test_change_from_2019_to_2026(before, now):
    shared = before.index.intersection(now.index)
    assert (len(shared), len(before.index.difference(now.index))) == (34_957, 107)
    assert (now.loc[shared, "population"] < before.loc[shared, "population"]).sum() == 16_645


def test_2019_lacks_the_inhabitants_of_new_communes(before):
    epci = load("epci", 2019).set_index("code")["population_municipale"]
    outside_mayotte = before[before["departement"] != "976"]
    members = outside_mayotte.groupby("epci")["population"].sum()
    assert (epci[members.index] - members).sum() == 229_118


def test_epci_of_2026_have_another_population_than_their_communes(now):
    epci = load("epci").set_index("code")["population_municipale"]
    members = now.groupby("epci")["population"].sum()
    assert (len(epci), (epci != members[epci.index]).sum()) == (1_255, 1_246)


def test_2026_is_the_reference_population_of_2023(now):
    counted = now[(now["zone"] != "com") & (now["departement"] != "976")]
    assert counted["population"].sum() == 68_094_280  # published by Insee: 68,094,000, without Mayotte


@pytest.mark.parametrize("vintage", [2026, 2019])
def test_epci_and_communes_agree(vintage):
    members = current(vintage)["epci"].value_counts()
    epci = load("epci", vintage).set_index("code")["nombre_communes"]
    pandas.testing.assert_series_equal(
        members.sort_index(), epci.sort_index(), check_names=False, check_index_type=False
    )


@pytest.mark.parametrize("vintage", [2026, 2019])
def test_zone_follows_from_the_code(vintage):
    """The rule that derives the zone in 2019 gives, in 2026, the zone of the source."""
    communes = load("communes", vintage)
    overseas = communes["departement"].isin(["971", "972", "973", "974", "976"])
    metro = communes["departement"].str.len() == 2
    assert (communes.loc[overseas, "zone"] == "drom").all()
    assert (communes.loc[metro, "zone"] == "metro").all()
    assert (communes.loc[~overseas & ~metro, "zone"] == "com").all()


def test_figures_said_in_the_limits_are_those_tested_here():
    limits = {resource.id: " ".join(resource.limits) for resource in catalogue.read().resources}
    for figure in ("34\u202f969", "2\u202f105", "471", "2\u202f576"):
        assert figure in limits["communes-2026"]
    for figure in ("35\u202f064", "2\u202f365", "552", "107", "229\u202f118"):
        assert figure in limits["communes-2019"]
    assert "1\u202f246 EPCI sur 1\u202f255" in limits["epci-2026"]
