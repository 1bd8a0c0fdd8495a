"""Recipes of accidents, pay and palette, on small files: what they count, what they refuse."""

import tarfile
from pathlib import Path

import pytest

from autograder.data.errors import DataError
from autograder.data.recipes import dsfr, openfisca, road_collisions

HEADS = "Num_Acc,adr,agg,mois,dep,catr,usagers\n"
PEOPLE = "\"[{u'an_nais': 1949.0, u'grav': 2, u'sexe': 1}, {u'an_nais': 1980.0, u'grav': 4}]\""
ALONE = "\"[{u'grav': 3}]\""


def archive(folder: Path, *parts: str) -> dict[str, Path]:
    file = folder / "fr.csv.tgz"
    with tarfile.open(file, "w:gz") as tar:
        for number, text in enumerate(parts):
            part = folder / f"fr_{number}.csv"
            part.write_text(HEADS + text, encoding="utf-8")
            tar.add(part, part.name)
    return {"accidents": file}


def test_accidents_are_counted_and_no_person_is_kept(tmp_path):
    files = archive(
        tmp_path,
        f"201800000001,RUE X,1,7,10,3.0,{PEOPLE}\n201800000002,RUE Y,1,7,10,3.0,{ALONE}\n",
        f"201900000001,RUE Z,2,1,988,9,{ALONE}\n201900000002,RUE Z,2,1,1,,{PEOPLE}\n",
    )
    assert road_collisions.monthly(files).to_dict("split")["data"] == [
        [2018, 7, "metropole", "hors-agglomeration", "departementale", 2, 1, 1, 1],
        [2019, 1, "com", "agglomeration", "autre", 1, 0, 1, 0],
        [2019, 1, "metropole", "agglomeration", "autre", 1, 1, 0, 1],
    ]
    assert road_collisions.departements(files).to_dict("split")["data"] == [
        [2018, "01", "10", "metropole", 2, 1, 1, 1],
        [2019, "01", "1", "metropole", 1, 1, 0, 1],
        [2019, "988", "988", "com", 1, 0, 1, 0],
    ]


@pytest.mark.parametrize(
    ("year", "code", "official"),
    [(2018, "10", "01"), (2018, "950", "95"), (2018, "201", "2A"), (2018, "974", "974"), (2019, "10", "10"), (2019, "2B", "2B"), (2020, "01", "01")],
)  # fmt: skip
def test_codes_of_departements_are_put_right(tmp_path, year, code, official):
    files = archive(tmp_path, f"{year}00000001,X,1,7,{code},3.0,{ALONE}\n")
    assert road_collisions.departements(files)["departement"].to_list() == [official]


def test_pay_begins_with_what_stood_on_the_first_day_of_the_euro(tmp_path):
    file = tmp_path / "parameter.yaml"
    file.write_text(
        "values:\n  1999-07-01: {value: 40.72}\n  2001-07-01: {value: 51.8}\n  2002-07-01: {value: 6.83}\n",
        encoding="utf-8",
    )
    table = openfisca.pay(dict.fromkeys(("point", "smic", "heures", "indice"), file))
    assert table[table["mesure"] == "point-annuel"].to_dict("split")["data"] == [
        ["2002-01-01", "point-annuel", 51.8],
        ["2002-07-01", "point-annuel", 6.83],
    ]


def test_colours_are_followed_through_their_names_and_only_contrasts_are_kept(tmp_path):
    file = tmp_path / "core.css"
    file.write_text(
        ":root {--text-default-grey: var(--grey-425); --grey-425: #777; --text-inverted-grey: #fff; --text-active-grey-hover: #000;"
        "--green-menthe-main-548: #009081; --blue-france-main-525: #6a6af4;} .dark {--grey-425: #fff;}",
        encoding="utf-8",
    )
    assert dsfr.palette({"styles": file}).to_dict("split")["data"] == [
        ["green-menthe-main-548", "illustration", 3.96],
        ["text-default-grey", "texte", 4.48],
    ]


@pytest.mark.parametrize(
    ("one", "ratio"), [("#000000", 21), ("#fff", 1), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_that_of_wcag(one, ratio):
    assert round(dsfr.contrast(one, "#ffffff"), 2) == ratio


@pytest.mark.parametrize(
    ("recipe", "name"),
    [(road_collisions.monthly, "accidents"), (openfisca.pay, "point"), (dsfr.palette, "styles")],
)
def test_a_file_that_is_not_the_expected_one_is_refused(tmp_path, recipe, name):
    file = tmp_path / "file"
    file.write_text("<html>", encoding="utf-8")
    with pytest.raises(DataError):
        recipe(dict.fromkeys((name, "smic", "heures", "indice"), file))
