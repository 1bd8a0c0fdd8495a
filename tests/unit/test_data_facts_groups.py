"""The sizes of the groups of officials: counted again from the extract of the catalogue wherever it tells enough."""

from itertools import pairwise

import pandas
import pytest

from autograder.data import catalogue
from autograder.data.load import load

SETTING = ["territoire", "naissance", "sexe", "fonction"]
CLASSES = {"elus_1": 1, "elus_2": 2, "elus_5": 5, "elus_10": 10, "elus_50": 50, "elus_500": 500}
FINER = {
    "territoire": ["commune", "departement", "region", "france"],
    "naissance": ["date", "mois", "annee", "decennie", "tranche", "generation", "retire"],
    "sexe": ["garde", "retire"],
    "fonction": ["garde", "retire"],
}


@pytest.fixture(scope="module")
def groups():
    return load("elus-groupes").set_index(SETTING)


@pytest.fixture(scope="module")
def officials():
    communes = load("communes")
    regions = communes.drop_duplicates("departement").set_index("departement")["region"]
    elus = load("elus")
    year = elus["annee_naissance"].astype(int)
    return {
        "territoire": {
            "departement": elus["departement"],
            "region": elus["departement"].map(regions),
            "france": None,
        },
        "naissance": {
            "annee": year,
            "decennie": year // 10,
            "tranche": year.clip(1949, 1990) // 10,
            "generation": year >= 1970,
            "retire": None,
        },
        "sexe": {"garde": elus["sexe"], "retire": None},
        "fonction": {"garde": elus["fonction"], "retire": None},
    }


@pytest.mark.parametrize("place", ["departement", "region", "france"])
@pytest.mark.parametrize("birth", ["annee", "decennie", "tranche", "generation", "retire"])
def test_groups_are_counted_as_in_the_extract_of_officials(groups, officials, place, birth):
    function = officials["fonction"]["garde"]
    for sex in ("garde", "retire"):
        for what in ("garde", "retire"):
            setting = (place, birth, sex, what)
            kept = [officials[name][choice] for name, choice in zip(SETTING, setting, strict=True)]
            keys = [column for column in kept if column is not None] or [pandas.Series(0, function.index)]
            sizes = function.groupby(keys).agg(["size", "nunique"])
            told = groups.loc[setting]
            assert (len(sizes), sizes["size"].min()) == (told["groupes"], told["plus_petit"]), setting
            bounds = [*CLASSES.values(), 10**9]
            for low, high in pairwise(bounds):
                inside = sizes["size"][(sizes["size"] >= low) & (sizes["size"] < high)].sum()
                assert inside == told[f"elus_{low}"], (setting, low)
            large = sizes[sizes["size"] >= 5]
            assert len(large) == told["groupes_5"]
            assert (large["nunique"] == 1).sum() == told["homogenes"]


def test_every_setting_is_there_and_counts_everybody(groups):
    assert len(groups) == 4 * 7 * 2 * 2 == groups.index.nunique()
    assert set(groups[list(CLASSES)].sum(axis=1)) == {508_788}


def test_what_is_coarser_never_makes_more_groups(groups):
    for name, choices in FINER.items():
        for finer, coarser in pairwise(choices):
            one, other = (groups.xs(choice, level=name) for choice in (finer, coarser))
            assert (other["groupes"] <= one.loc[other.index, "groupes"]).all(), (name, coarser)
            assert (other["plus_petit"] >= one.loc[other.index, "plus_petit"]).all(), (name, coarser)


def test_the_figures_known_on_the_whole_source(groups):
    alone = groups["elus_1"]
    assert alone["commune", "date", "garde", "retire"] == 508_436
    assert alone["commune", "annee", "garde", "retire"] == 425_943
    assert (
        alone["departement", "annee", "garde", "retire"],
        alone["departement", "annee", "garde", "garde"],
    ) == (
        684,
        4_874,
    )


def test_three_settings_protect_without_a_useless_loss(groups):
    """The rule of the module: at least five everywhere, and nothing can be kept more finely."""
    safe = {setting for setting, k in groups["plus_petit"].items() if k >= 5}

    def steps_back(setting):
        for place, (name, choice) in enumerate(zip(SETTING, setting, strict=True)):
            rank = FINER[name].index(choice)
            if rank:
                yield (*setting[:place], FINER[name][rank - 1], *setting[place + 1 :])

    tight = {setting for setting in safe if not safe & set(steps_back(setting))}
    assert len(safe) == 21
    assert {setting: groups.loc[setting, "plus_petit"] for setting in tight} == {
        ("departement", "generation", "garde", "retire"): 17,
        ("region", "retire", "retire", "garde"): 5,
        ("france", "tranche", "garde", "garde"): 6,
    }


def test_the_figures_of_the_passport(officials):
    places = officials["territoire"]
    assert (places["departement"].nunique(), places["region"].nunique()) == (101, 18)
    limits = " ".join(catalogue.read().find("elus-groupes").limits)
    assert "101 départements, 18 régions" in limits.replace("\u202f", " ") and "22 répétitions" in limits
