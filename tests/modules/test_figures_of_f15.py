"""What F15 writes in words or asks, computed again from the catalogue and from its own tables."""

import re
from typing import Any

import pandas
import pytest

from autograder.activities.restore import fingerprint
from autograder.data.load import load
from autograder.modules.model import Module
from tests.written import text_of, written

module, names = written("F15")

MONTHS = [
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
]


@pytest.fixture(scope="module")
def urgent() -> pandas.DataFrame:
    fixes = load("correctifs", 2026)
    return fixes[(fixes["livraison"] == "debian-12-securite") & (fixes["date"] >= "2026")]


def in_words(date: str) -> str:
    """2026-06-05 as the module writes it: « 5 juin »."""
    return f"{int(date[8:])} {MONTHS[int(date[5:7]) - 1]}"


def test_what_is_said_of_the_year_and_of_the_period(module: Module, names: dict[str, Any]) -> None:
    said = text_of(module)
    assert names["un_an"]["php8.2-common"] == 7, "more than five, and « sept » on the trainers' page"
    shown = names["livres"][names["livres"]["paquet"].isin(list(names["roles"]))]
    first, last = shown["date"].min(), shown["date"].max()
    assert f"d’{MONTHS[int(first[5:7]) - 1]} {first[:4]} à {MONTHS[int(last[5:7]) - 1]} {last[:4]}" in said
    assert names["manques"] == 3 and "Trois : juin, septembre, octobre" in said


def test_the_library_missed_what_is_said(module: Module, urgent: pandas.DataFrame) -> None:
    missed = urgent[(urgent["paquet"] == "openssl") & (urgent["date"] > "2026-05-30")]["date"].to_list()
    assert [MONTHS[int(date[5:7]) - 1] for date in missed] == ["juin", "septembre", "octobre"]
    assert f"depuis le {in_words(missed[0])}" in text_of(module)


def test_each_machine_is_exposed_since_the_first_fix_that_it_missed(
    module: Module, urgent: pandas.DataFrame
) -> None:
    form = module.exercises["exposes"].form
    for key, label in form["items"].items():
        found = re.search(r"· (\S+) · mise? à jour le (\d+) (\S+) 2026", re.sub(r"\s", " ", label))
        assert found, label
        package, day, month = found.groups()
        updated = f"2026-{MONTHS.index(month) + 1:02}-{int(day):02}"
        missed = urgent[(urgent["paquet"] == package) & (urgent["date"] > updated)]["date"].to_list()
        expected = f"Exposé depuis le {in_words(missed[0])}" if missed else "À jour"
        assert re.sub(r"\s", " ", form["options"][form["solution"][key]]) == expected


def test_the_order_is_that_of_the_four_questions(module: Module, names: dict[str, Any]) -> None:
    form = module.exercises["urgence"].form
    received = names["avis_recus"]
    ours, attacked, reachable, allowed = (received[received.columns[place]] for place in (1, 2, 3, 4))
    keys = pandas.DataFrame(
        {
            "ours": ours == "oui",
            "attacked": attacked == "oui",
            "reachable": reachable == "oui",
            "takes": allowed == "prendre la main",
        }
    )
    assert not keys[keys["ours"]].duplicated().any(), "no two notices of ours are tied"
    order = received.loc[keys.sort_values(keys.columns.to_list(), ascending=False).index, "avis reçu"]
    assert [form["options"][key] for key in form["solution"]] == order.to_list()


def test_the_register_and_the_copies_tell_one_story(names: dict[str, Any]) -> None:
    eight = names["huit"]
    assert len(eight) == 8 and eight["code"].str.startswith("05").all()
    assert eight["horaires"].notna().all()
    prints = {line["fingerprint"]: line["key"] for line in names["registre"]}
    found = {copy["key"]: prints.get(fingerprint.of(copy["text"])) for copy in names["copies"]}
    assert found == {"vendredi": None, "jeudi": None, "mercredi": "n41", "usb": None, "mardi": "n40"}
    assert len(prints) == 3 and "n42" in prints.values()
    changed = [a != b for a, b in zip(names["cle_usb"], names["version_41"], strict=True)]
    assert sum(changed) == 1, "one sign has changed on the key"


def test_a_changed_digit_changes_almost_the_whole_fingerprint(names: dict[str, Any]) -> None:
    assert names["changes"] >= 10


def test_what_the_trainers_page_says_of_the_file() -> None:
    fixes = load("correctifs", 2026)
    assert ((fixes["livraison"] != "essai").sum(), (fixes["livraison"] == "essai").sum()) == (62, 70)
    openssl = fixes[fixes["paquet"] == "openssl"]
    assert pandas.to_datetime(openssl["date"]).diff().dt.days.median() == 78
    assert openssl["ecart_jours"].median() == 89
