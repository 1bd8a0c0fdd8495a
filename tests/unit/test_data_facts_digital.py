"""Hosts, third parties, passwords, sheets, models: the figures that lessons and passports rest on.

Where a figure differs from another count of the same source, the reason is said beside it.
"""

import pandas

from autograder.data import catalogue
from autograder.data.load import load


def test_hosts_under_gouv_fr_and_those_a_naive_filter_retains():
    hosts = load("hotes")
    assert hosts["hote"].str.endswith(".gouv.fr").sum() == 384
    assert hosts["officiel"].sum() == 408  # with those of ameli.fr
    # 775 hits were once counted on this list by a wider filter; by these three words, 669, less 7 for adults.
    assert hosts.loc[~hosts["officiel"], "mot_cle"].value_counts().to_dict() == {
        "ants": 593, "ameli": 55, "impots": 14
    }  # fmt: skip
    assert "airplants.gr" in set(hosts["hote"])


def test_public_suffixes_tell_the_registrable_domain_of_every_host():
    from publicsuffixlist import PublicSuffixList

    suffixes = PublicSuffixList()
    hosts = load("hotes")["hote"]
    assert suffixes.privatesuffix("www.impots.gouv.fr") == "impots.gouv.fr"
    assert suffixes.privatesuffix("impots.gouv.fr.connexion.example") == "connexion.example"
    domains = hosts.map(suffixes.privatesuffix)
    assert domains[hosts.str.endswith(".gouv.fr")].str.count(r"\.").eq(2).all()
    assert domains.notna().all()


def test_third_parties():
    parties = load("tiers-web").set_index("nom")
    assert (len(parties), parties["occurrences"].isna().sum(), parties["entreprise"].notna().sum()) == (
        2_143,
        1_096,
        444,
    )
    google = parties.loc[parties["entreprise"] == "Google", "occurrences"].sum()
    assert round(100 * google / parties["occurrences"].sum(), 1) == 49.6
    assert (parties["categorie"] == "ad").sum() == 751
    assert parties["occurrences"][["Matomo", "Google Analytics"]].to_list() == [28_520, 5_063_984]


def test_passwords_keep_their_ranks():
    table = load("mots-de-passe")
    passwords = table["mot_de_passe"]
    assert len(passwords) == 49_233 - 1_235  # obscene ones, and possible telephone numbers
    assert table.set_index("mot_de_passe")["rang"][["123456", "azerty", "marseille"]].to_list() == [
        1,
        358,
        6_408,
    ]
    assert (passwords == passwords.str.lower()).all()
    # Before the removal: 31,283, 308, 4,029 and 2,672.
    assert (passwords.str.len() < 8).sum() == 30_595
    assert (passwords.str.len() >= 12).sum() == 300
    assert passwords.str.isdigit().sum() == 4_018
    assert passwords.str.contains(r"(?:19|20)\d\d$").sum() == 2_665


def test_sheets_of_the_labour_ministry():
    sheets = load("fiches-travail")
    assert list(sheets.columns) == ["id", "date", "url", "sections", "caracteres"]  # no text of others
    assert (len(sheets), sheets["url"].nunique()) == (269, 265)
    assert (sheets["date"].min(), sheets["date"].max()) == ("2008-11-17", "2026-03-13")
    assert (sheets["date"] < "2020").sum() == 35


def test_prices_of_models():
    prices = load("prix-llm").set_index("modele")
    assert len(prices) == 3_265
    assert prices["fournisseur"].value_counts()[["mistral", "ovhcloud"]].to_list() == [51, 15]
    # 222 rows « without price » are these two cases together.
    assert (prices["prix_entree"].isna().sum(), (prices["prix_entree"] == 0).sum()) == (140, 82)
    requests, read, written = 10_000, 1_000, 400
    cost = requests * (read * prices["prix_entree"] + written * prices["prix_sortie"]) / 1_000_000
    assert cost[["mistral/mistral-small-latest", "gpt-4o"]].round(2).to_list() == [3.90, 65.00]


def test_sizes_of_models_are_mostly_ranges_and_guesses():
    models = load("modeles-llm").set_index("modele")
    assert (len(models), (models["architecture"] == "moe").sum()) == (342, 108)
    assert (~models["architecture_publiee"]).sum() == 122
    assert (~models["architecture_publiee"] | models["multimodal"]).sum() == 143
    assert models.loc["gpt-4o", ["actifs_min", "actifs_max"]].to_list() == [44, 132]


def test_electricity_of_countries():
    mixes = load("electricite").set_index("zone")
    assert len(mixes) == 215
    assert mixes["kg_co2e"]["FRA"] == 0.04144
    assert round(mixes["kg_co2e"]["POL"] / mixes["kg_co2e"]["FRA"], 1) == 14.2


def test_fixes_of_debian():
    fixes = load("correctifs")
    assert (len(fixes), fixes["paquet"].nunique()) == (132, 7)
    assert fixes["date"].iloc[[0, -1]].to_list() == ["2019-08-12", "2026-11-18"]
    delivered = fixes[fixes["livraison"] != "essai"]
    assert (len(delivered), delivered["date"].min()[:4]) == (62, "2023")
    gaps = delivered.groupby("paquet")["ecart_jours"].median()
    assert gaps[["apache2", "curl", "openssl", "php8.2-common"]].to_list() == [93, 66, 89, 62.5]
    assert delivered["paquet"].value_counts()[["apache2", "openssl", "php8.2-common"]].to_list() == [
        10,
        13,
        13,
    ]
    # Versions being worked on included, as once counted: 27, 26 and 19 fixes, 76, 78 and 81.5 days apart.
    dates = pandas.to_datetime(fixes["date"]).groupby(fixes["paquet"])
    assert dates.apply(lambda days: days.diff().dt.days.median())[["apache2", "openssl"]].to_list() == [
        76,
        78,
    ]
    apache = fixes.loc[fixes["paquet"] == "apache2", "cve"].str.split().explode()
    assert (apache.nunique(), len(apache)) == (127, 142)


def test_figures_said_in_the_passports_are_those_tested_here():
    known = catalogue.read()
    for dataset, figures in {
        "hotes": ["662 hôtes", "669"],
        "tiers-web": ["1 096", "2 143", "444"],
        "mots-de-passe": ["1 235", "49 233"],
        "fiches-travail": ["35 fiches", "269 fiches", "265 adresses"],
        "prix-llm": ["140 lignes", "82 ont"],
        "modeles-llm": ["122 modèles sur 342", "143 modèles", "108 modèles"],
        "electricite": ["41,4"],
    }.items():
        said = " ".join(known.find(dataset).limits).replace("\u202f", " ")
        assert [figure for figure in figures if figure not in said] == []
