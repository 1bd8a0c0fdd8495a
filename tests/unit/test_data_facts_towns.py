"""Town halls, officials and SIREN numbers: the figures that lessons and passports rest on.

Where a figure differs from another count of the same source, the reason is said beside it.
"""

import pandas
import pytest

from autograder.data import catalogue
from autograder.data.load import load

NULL = "\\N"
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
# Mailboxes that anybody can open. The choice of the list moves the count by a few: 18,386 with another of as many.
CONSUMER = [
    *("wanadoo.fr", "orange.fr", "gmail.com", "laposte.net", "outlook.fr", "outlook.com", "hotmail.fr"),
    *("hotmail.com", "live.fr", "free.fr", "sfr.fr", "neuf.fr", "cegetel.net", "yahoo.fr", "yahoo.com"),
    *("nordnet.fr", "bbox.fr", "numericable.fr", "gmx.fr", "aol.com", "icloud.com"),
]


@pytest.fixture(scope="module")
def town_halls():
    return load("mairies").set_index("code")


@pytest.fixture(scope="module")
def communes():
    communes = load("communes", 2026)
    return communes[communes["type"] == "commune-actuelle"].set_index("code")


@pytest.fixture(scope="module")
def officials():
    return load("elus")


def opening(text):
    """Yield (day, hours) for each slot of `lundi-vendredi 08:30-12:00 13:30-17:30 ; samedi 09:00-12:00`."""
    for part in text.split(" ; "):
        days, *slots = part.split(" ")
        first, _, last = days.partition("-")
        for day in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            for slot in slots:
                start, end = (int(time[:2]) + int(time[3:]) / 60 for time in slot.split("-"))
                yield day, end - start


def test_one_town_hall_per_commune(town_halls, communes):
    assert len(town_halls) == 34_875
    assert set(town_halls.index) == set(communes.index[communes["zone"] != "com"])


def test_missing_values_are_said_in_two_ways(town_halls):
    nulls = (town_halls == NULL).sum()
    assert nulls[nulls > 0].to_dict() == {"epci": 4, "population": 18, "longitude": 50, "latitude": 50}
    empty = town_halls.isna().sum()
    assert empty[empty > 0].to_dict() == {"adresse": 48, "courriel": 393, "site": 13_409, "horaires": 415}


def test_population_is_of_an_older_vintage(town_halls, communes):
    old = pandas.to_numeric(town_halls["population"], errors="coerce")
    assert old.sum() == 66_526_267
    assert communes["population"].reindex(town_halls.index).sum() == 68_350_798


def test_mailboxes_keep_their_domain_only(town_halls):
    mail = town_halls["courriel"].dropna()
    assert len(mail) == 34_482
    assert mail.str.startswith("***@").all()
    consumer = mail.str[4:].str.lower().isin(CONSUMER)
    assert consumer.sum() == 18_383
    assert consumer.mean() == pytest.approx(0.533, abs=0.0005)
    size = pandas.to_numeric(town_halls["population"], errors="coerce").reindex(mail.index)
    assert consumer[size <= 200].mean() == pytest.approx(0.851, abs=0.001)
    assert consumer[size > 10_000].mean() == pytest.approx(0.004, abs=0.001)


def test_sites_have_real_defects(town_halls):
    site = town_halls["site"].dropna()
    assert (len(site), site.str.startswith("http://").sum()) == (21_466, 4_770)
    assert site[site.str.contains("@")].to_dict() == {"21593": "***@orange.fr", "39050": "***@gmail.com"}
    assert site[site.str.match("https?:/[^/]")].to_dict() == {"60648": "https:/www.troussencourt.fr"}
    bare = site[~site.str.contains("@") & ~site.str.startswith("http")]
    assert list(bare.index) == ["03078", "36193", "62077"]
    assert list(site.index[site != site.str.strip()]) == ["64330"]


def test_mail_and_site_seldom_share_a_domain(town_halls):
    host = town_halls["site"].str.extract(r"^https?://(?:www\.)?([^/:]+)")[0].str.lower()
    assert (host == town_halls["courriel"].str[4:].str.lower()).sum() == 9_908


def test_opening_hours_overlap(town_halls):
    slots = town_halls["horaires"].dropna().map(lambda text: list(opening(text)))
    hours = slots.map(lambda found: sum(length for _, length in found))
    assert hours[hours > 0].median() == 13.5
    assert (hours > 50).sum() == 26
    assert (hours.max(), town_halls["nom"][hours.idxmax()]) == (78, "Prouvy")
    assert slots.map(lambda found: any(day == "samedi" for day, _ in found)).sum() == 6_369


def test_postal_codes_of_addresses(town_halls, communes):
    code = town_halls["adresse"].str.extract(r", (\d+) [^,]*$")[0].dropna()
    assert code[code.str.len() != 5].to_dict() == {"27229": "2700"}
    known = communes["codes_postaux"].reindex(code.index).str.split()
    unknown = [town for town in code.index if code[town] not in known[town]]
    assert len(unknown) == 261
    assert town_halls["adresse"][unknown].str.contains("Cedex", case=False).sum() == 151


def test_homonyms_are_not_duplicates(town_halls):
    assert town_halls["nom"].duplicated(keep=False).sum() == 3_907
    assert town_halls.index.is_unique


def test_names_lack_their_article(town_halls, communes):
    full = communes["nom"].reindex(town_halls.index)
    assert (town_halls["nom"] != full).sum() == 2_223
    assert (town_halls["nom"]["01001"], full["01001"]) == ("Abergement-Clémenciat", "L'Abergement-Clémenciat")


def test_women_are_nearly_half_of_councillors_and_less_than_a_quarter_of_mayors(officials):
    assert len(officials) == 508_788
    assert (officials["sexe"] == "F").mean() == pytest.approx(0.481, abs=0.0005)
    mayors = officials[officials["fonction"] == "maire"]
    assert (len(mayors), (mayors["sexe"] == "F").sum()) == (34_742, 7_948)
    assert 34_875 - len(mayors) == 133


def test_birth_years_that_cannot_be(officials):
    old = officials.loc[officials["annee_naissance"] < 1916, "annee_naissance"]
    assert old.value_counts().to_dict() == {1900: 6, 1901: 1, 1072: 1}


def test_few_officials_are_alone_in_their_group(officials):
    def alone(*columns):
        return int((officials.groupby(list(columns)).size() == 1).sum())

    assert list(officials.columns) == ["departement", "sexe", "annee_naissance", "fonction", "repetition"]
    # By the two first characters of the code instead, which mixes the overseas ones: 615, or 0.12 %.
    assert alone("departement", "sexe", "annee_naissance") == 684
    assert alone("departement", "sexe", "annee_naissance", "fonction") == 4_874


def test_identical_rows_are_not_repetitions(officials):
    assert officials.duplicated(keep=False).mean() > 0.95
    assert officials["repetition"].sum() == 44


def luhn(number):
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(sum(divmod(digit, 10)) for digit in doubled) % 10 == 0


def test_every_siren_has_its_key(communes):
    sirens = load("sirens")
    assert len(sirens) == 34_875
    assert sirens["siren"].map(luhn).all()
    assert load("epci", 2026)["code"].map(luhn).all()
    assert set(sirens["code"]) == set(communes.index[communes["zone"] != "com"])


def test_figures_said_in_the_passports_are_those_tested_here():
    known = catalogue.read()
    for dataset, figures in {
        "mairies": [
            "393",
            "13 409",
            "415",
            "66 526 267",
            "68 350 798",
            "26 mairies",
            "78 heures",
            "261",
            "151",
            "2 223",
        ],
        "elus": ["34 742", "133", "44 lignes", "huit lignes", "1072"],
    }.items():
        said = " ".join(known.find(dataset).limits).replace("\u202f", " ")
        assert [figure for figure in figures if figure not in said] == []
    note = known.find("elus").personal_data.replace("\u202f", " ")
    assert "684 élus" in note and "4 874" in note
