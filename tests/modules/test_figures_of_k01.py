"""What K01 writes in words or asks, computed again from the catalogue."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas
import pytest

from autograder import paths
from autograder.activities.casefile.form import DRAWN
from autograder.activities.generalise.outcome import outcome
from autograder.data.load import load
from autograder.french.numbers import number
from autograder.modules.model import ExerciseSpec, Module
from tests.written import module_of, plain, written

module, _ = written("K01")

CODES = {"calvados": "14", "orne": "61", "maine-et-loire": "49", "deux-sevres": "79"}


def right_of(exercise: ExerciseSpec) -> dict[str, dict[str, Any]]:
    """The right answer on each file."""
    first = dict(exercise.form["solution"])
    return {first.pop(DRAWN): first} | {
        file: dict(lines[0]) for file, lines in exercise.answer["also"].items()
    }


def rows_of(code: str, vintage: int = 2026) -> pandas.DataFrame:
    communes = load("communes", vintage)
    return communes[communes["departement"] == code]


def current(rows: pandas.DataFrame) -> pandas.DataFrame:
    return rows[rows["type"] == "commune-actuelle"]


def small(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The communes of today with fewer than 500 inhabitants."""
    return current(rows)[current(rows)["population"] < 500]


def by_the_directory(code: str) -> int:
    """The inhabitants that the directory of town halls would give."""
    mairies = load("mairies")
    return int(
        pandas.to_numeric(mairies.loc[mairies["departement"] == code, "population"], errors="coerce").sum()
    )


SLIPS: dict[str, Callable[[str], float]] = {
    "lignes": lambda code: len(rows_of(code)),
    "complement": lambda code: len(rows_of(code)) - len(current(rows_of(code))),
    "deleguees": lambda code: (rows_of(code)["type"] == "commune-deleguee").sum(),
    "avec-deleguees": lambda code: rows_of(code)["type"].isin(["commune-actuelle", "commune-deleguee"]).sum(),
    "communes-2019": lambda code: len(current(rows_of(code, 2019))),
    "communes-petites": lambda code: (current(rows_of(code))["population"] < 500).sum(),
    "france-communes": lambda code: len(current(load("communes", 2026))),
    "communes-habitants": lambda code: current(rows_of(code))["population"].sum(),
    "habitants-2019": lambda code: current(rows_of(code, 2019))["population"].sum(),
    "habitants-mairies": by_the_directory,
    "habitants-plus-grande": lambda code: current(rows_of(code))["population"].max(),
    "habitants-petites": lambda code: small(rows_of(code))["population"].sum(),
    "petites-vides": lambda code: len(rows_of(code)) - (rows_of(code)["population"] >= 500).sum(),
    "communes-mayenne": lambda _: len(current(rows_of("53"))),
    "habitants-mayenne": lambda _: current(rows_of("53"))["population"].sum(),
    "petites-mayenne": lambda _: len(small(rows_of("53"))),
    "habitants-moyenne": lambda code: round(current(rows_of(code))["population"].mean()),
    "habitants-mediane": lambda code: current(rows_of(code))["population"].median(),
    "habitants-communes": lambda code: len(current(rows_of(code))),
    "milliers": lambda code: round(current(rows_of(code))["population"].sum() / 1000),
    "france-habitants": lambda code: current(load("communes", 2026))["population"].sum(),
    "moins-200": lambda code: (current(rows_of(code))["population"] < 200).sum(),
    "grandes": lambda code: (current(rows_of(code))["population"] >= 500).sum(),
    "petites-toutes": lambda code: len(current(rows_of(code))),
    "petites-part": lambda code: (current(rows_of(code))["population"] < 500).mean() * 100 // 1,
}
"""mistake -> the number that the learner who makes it finds."""


@pytest.mark.parametrize("file", CODES)
def test_the_three_numbers_of_each_departement(module: Module, file: str) -> None:
    here = current(rows_of(CODES[file]))
    counted = (len(here), here["population"].sum(), (here["population"] < 500).sum())
    right = right_of(module.exercises["compter"])[file]
    assert tuple(int(right[name]) for name in ("communes", "habitants", "petites")) == counted
    guide = plain((module.folder / "instructor.md").read_text(encoding="utf-8"))
    assert plain(" | ".join(map(number, [*counted, len(rows_of(CODES[file]))]))) in guide


def test_each_wrong_number_is_what_its_message_says(module: Module) -> None:
    mistakes = module.exercises["compter"].mistakes
    assert len(mistakes) > 70
    for mistake in mistakes:
        file = mistake.form[DRAWN]
        (value,) = [answer for name, answer in mistake.form.items() if name != DRAWN]
        assert value == SLIPS[mistake.id.removeprefix(f"{file}-")](CODES[file]), mistake.id


def test_the_departements_are_counted_alike_by_all(module: Module) -> None:
    """None has what the others have not: no arrondissement, no commune of exactly 500 inhabitants."""
    for code in CODES.values():
        assert not (rows_of(code)["type"] == "arrondissement-municipal").any()
        assert not (current(rows_of(code))["population"] == 500).any()


def test_what_is_said_of_the_rhone(module: Module) -> None:
    here = rows_of("69")
    lyon = current(here).set_index("nom").loc["Lyon", "population"]
    assert here["population"].sum() - current(here)["population"].sum() == lyon > 500_000


def test_the_values_of_the_log_are_those_of_the_directory(module: Module) -> None:
    mairies = load("mairies").set_index("code")
    items = {key: plain(text) for key, text in module.exercises["journal"].form["items"].items()}
    assert mairies.loc["64330", "site"] == "http://www.lees-athas.fr "
    assert mairies.loc["85113", "epci"] == r"\N" and r"`\N`" in items["yeu"]
    assert f"`{mairies.loc['36193', 'site']}`" in items["gemme"]
    assert f"`{mairies.loc['71356', 'horaires']}`" in items["pouilloux"]
    empty = load("communes", 2026).set_index("code").loc[["22016", "29083", "29155", "85113"], "epci"]
    assert empty.isna().all(), "the other file of the course leaves the same islands without"
    assert set(mairies.index[mairies["epci"] == r"\N"]) == set(empty.index)


def settings(module: Module) -> Iterator[tuple[dict[str, str], Any]]:
    form = dict(module.exercises["publier"].form)
    form["table"] = load("elus-groupes", 2026).to_dict("records")
    for row in form["table"]:
        setting = {name: row[name] for name in form["cursors"]}
        yield setting, outcome(form, setting)  # type: ignore[arg-type]


def test_one_setting_alone_answers_the_observatory_with_ten_in_each_group(module: Module) -> None:
    reached = [(setting, got) for setting, got in settings(module) if got.reached]
    assert [setting for setting, _ in reached] == [module.exercises["publier"].form["solution"]]
    f05 = module_of("F05").exercises["maires"].form["solution"]
    (smallest,) = [got.smallest for setting, got in settings(module) if setting == f05]
    assert smallest == 6, "the setting of F05 does not protect here: the trainers' page says six"


def test_the_tables_of_the_messages_are_those_of_the_source_but_for_the_lost_zeros(module: Module) -> None:
    communes = current(load("communes", 2026)).set_index("code")
    texts = module.exercises["message"].form["texts"]
    for file, lost in (("codes", True), ("concordant", False)):
        lines = re.findall(r"\| `(\d+)` \| ([^|]+) \| (\d+) \|", plain(texts[file]))
        assert len(lines) == 2
        for code, name, people in lines:
            assert len(code) == (4 if lost else 5)
            row = communes.loc[code.zfill(5)]
            assert (row["nom"], row["population"]) == (name, int(people))
            assert not lost or f"`{code.zfill(5)}`" in texts[file]


def test_the_date_of_the_population_and_of_the_file_are_those_of_the_passport(module: Module) -> None:
    catalogue = json.loads((paths.datasets() / "datapackage.json").read_text(encoding="utf-8"))
    (passport,) = [one for one in catalogue["resources"] if one["name"] == "communes-2026"]
    assert passport["published"] == "2026-03-09" and passport["title"].startswith(
        "Communes de France (millésime 2026)"
    )
    assert any("1er janvier 2023" in plain(limit) for limit in passport["limits"])
    assert any(
        one["path"] == "https://www.data.gouv.fr/datasets/decoupage-administratif-1"
        for one in passport["sources"]
    )
    said = plain(" ".join(cell.source for cell in module.cells))
    assert "9 mars 2026" in said and passport["producer"] in said


def test_the_sentences_of_the_assistant_are_what_they_are_said_to_be(module: Module) -> None:
    """Those without any number in the file are read by people; the others are computed."""
    texts = {file: plain(text) for file, text in module.exercises["paragraphe"].form["texts"].items()}
    for file, code in CODES.items():
        people = int(current(rows_of(code))["population"].sum())
        assert plain(number(people)) in texts[file], "the right number, under the wrong date"
        right = [answer for name, answer in right_of(module.exercises["paragraphe"])[file].items()]
        assert sorted(right) == ["absente", "contredite", "datee", "exacte"]
    calvados, orne, anjou, sevres = (current(rows_of(code)) for code in CODES.values())
    assert len(rows_of("14")) == 731 and len(rows_of("49")) == 407
    assert round(calvados["population"].max() / calvados["population"].sum() * 100) == 15
    assert orne["population"].max() == 25_490 and round(25_490 / orne["population"].sum() * 100) == 9
    assert (orne["population"] < 200).mean() < 0.5
    assert anjou["population"].max() == 159_022 and 0.18 < 159_022 / anjou["population"].sum() < 0.2
    assert (sevres["population"] >= 5000).sum() == 12
    assert sevres["population"].max() / sevres["population"].sum() < 0.2, "Niort: fewer than one in five"
    assert not any("2019" in text for text in texts.values()), "the totals of 2019 are incomplete"


def test_the_copy_of_sami_gives_a_number_that_has_the_date_it_says(module: Module) -> None:
    people = number(int(current(rows_of("53"))["population"].sum()))
    document = plain(module.exercises["relire"].form["document"])
    assert f"La Mayenne a {plain(people)} habitants" in document


DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi"]


def days(span: str) -> list[str]:
    first, _, last = span.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def hours(opening: str) -> float:
    """The length of « 08:30-12:00 »."""
    begins, ends = (int(hour) + int(minute) / 60 for hour, minute in re.findall(r"(\d+):(\d+)", opening))
    return ends - begins


def test_three_days_of_the_hours_of_pouilloux_are_counted_twice() -> None:
    slots = [slot.split() for slot in load("mairies").set_index("code").loc["71356", "horaires"].split(" ; ")]
    opened = [day for span, *_ in slots for day in days(span)]
    assert [day for day in DAYS if opened.count(day) == 2] == ["mercredi", "jeudi", "vendredi"]
    assert sum(len(days(span)) * sum(map(hours, openings)) for span, *openings in slots) == 63.5


def test_nearly_all_the_other_sites_have_a_beginning() -> None:
    sites = load("mairies")["site"].dropna()
    assert sites.str.startswith("http").mean() > 0.999 and not sites.str.startswith("http").all()


def test_what_is_said_of_the_road(module: Module) -> None:
    roads = load("accidents")
    roads = roads[(roads["perimetre"] == "metropole") & roads["annee"].between(2009, 2019)]
    deaths = roads.pivot_table(index="annee", columns="milieu", values="tues", aggfunc="sum")
    town, country = deaths["agglomeration"], deaths["hors-agglomeration"]
    assert len(deaths) == 11 and (country > town).all()
    assert town[2019] < town[2009] and country[2019] < country[2009]
    assert town[2019] > town[2018], "the rise that the first chart shows is real"
    assert town.idxmin() == 2013, "the short period begins with the lowest year"


def test_the_pass_mark_can_be_reached_before_a_text_is_read(module: Module) -> None:
    read = module.exercises["defendre"].points
    assert module.points - read >= module.pass_mark * module.points
