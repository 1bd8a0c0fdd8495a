"""What F10 writes in words or asks, computed again from the catalogue and with the model."""

import re
from typing import Any

import pandas
import pytest

from autograder.activities.generator.model import Model
from autograder.activities.generator.outcome import outcome
from autograder.activities.generator.settings import Setting
from autograder.data.load import load
from autograder.modules.model import Module
from tests.written import text_of, written

module, names = written("F10")

DRAWS = range(1, 8)
"""The draws that a learner may look at before answering."""


@pytest.fixture(scope="module")
def towns() -> pandas.Series:
    """The names of communes, read apart from the notebook."""
    rows = load("communes", 2026)
    return rows.loc[rows["type"] == "commune-actuelle", "nom"]


def shares(module: Module, exercise: str, setting: Setting, measure: str) -> list[float]:
    form: Any = module.exercises[exercise].form
    return [outcome(form, setting, draw).share(measure) for draw in DRAWS]


def test_three_of_the_six_names_exist(names: dict[str, Any], towns: pandas.Series, module: Module) -> None:
    assert sum(name in set(towns) for name in names["six"]) == 3
    assert "Trois existent." in text_of(module)
    drawn = set(Model(towns, 4).draw(2000, 1))
    assert set(names["six"]) <= drawn, "all six are drawn by the model of step 4"


def test_what_follows_saint(module: Module, names: dict[str, Any], towns: pandas.Series) -> None:
    after = pandas.Series(
        [name[found.end()] for name in towns for found in re.finditer(r"Saint-(?=.)", name)]
    ).value_counts()
    assert names["suites"].to_dict() == after.to_dict()
    assert (after["M"], after["P"], after.sum(), len(after)) == (600, 417, 4075, 27)
    assert "Vingt-sept, très inégaux." in text_of(module)
    assert 100 * after["M"] / after.sum() == pytest.approx(14.7, abs=0.05)
    assert 100 * after["M"] / after.sum() == pytest.approx(100 / 7, abs=0.5), "« près d’une fois sur sept »"


def test_a_share_rounded_to_the_unit_is_accepted_and_a_share_cut_to_it_is_not(module: Module) -> None:
    right, tolerance = 100 * 600 / 4075, module.exercises["suite"].answer["tolerance"]
    assert abs(round(right) - right) <= tolerance < right - int(right)


def test_some_names_are_borne_by_several_communes(module: Module, towns: pandas.Series) -> None:
    assert (len(towns), towns.nunique()) == (34969, 32735)
    assert "noms, dont certains reviennent" in text_of(module)


def test_the_most_frequent_sign_gains_below_one_and_takes_all_at_zero_only(names: dict[str, Any]) -> None:
    shares_of_m = [names["modele_6"].chances("Saint-", temperature)["M"] for temperature in (0, 0.5, 1, 2)]
    assert [round(100 * share) for share in shares_of_m] == [100, 28, 15, 9]
    assert len(names["textes"]) == 3 and not any("température 1 " in one for one in names["textes"])


def test_without_chance_the_name_is_always_the_same_and_does_not_exist(
    module: Module, names: dict[str, Any], towns: pandas.Series
) -> None:
    for order, name in [(3, "Saint-Martin-de-Champagne"), (6, "Saint-Martin-de-Conflent")]:
        assert set(Model(towns, order).draw(20, 0)) == {name}
        assert name not in set(towns)
        assert f"« {name} »" in text_of(module)
    assert "Aucune commune ne porte ces noms" in text_of(module)
    assert list(names["modele_6"].chances("Saint-", 0).values()).count(0) == 26


def test_the_three_lists_are_what_the_model_draws(names: dict[str, Any], towns: pandas.Series) -> None:
    model = Model(towns, 3)
    for name, temperature in {"A": 2, "B": 0, "C": 0.25}.items():
        assert names["listes"][name] == model.draw(6, temperature)


def test_the_three_lists_are_told_apart_by_what_they_repeat(module: Module, names: dict[str, Any]) -> None:
    different = {name: len(set(drawn)) for name, drawn in names["listes"].items()}
    assert different == {"A": 6, "B": 1, "C": 6}
    common = {
        name: sum("Champ" in one or "Saint-" in one for one in drawn)
        for name, drawn in names["listes"].items()
    }
    assert common["A"] == 0 and common["C"] >= 4
    assert module.exercises["temperatures"].form["solution"] == {"a": "fort", "b": "zero", "c": "peu"}


def test_any_draw_of_four_letters_is_accepted_and_more_than_three_in_four_are_invented(
    module: Module, names: dict[str, Any]
) -> None:
    right = 100 * sum(name not in names["reels"] for name in names["tires"]) / 2000
    found = shares(module, "invention", Setting(4, 1), "invented")
    assert found[0] == right
    assert all(abs(share - right) <= module.exercises["invention"].answer["tolerance"] for share in found)
    assert min(found) > 75
    seen = names["tires"][:18]
    assert sum(name not in names["reels"] for name in seen) == 14, "the names shown, counted by hand"
    assert round(100 * Model(names["noms"], 4).forced) == 55


def test_a_good_inventor_looks_at_four_letters(module: Module) -> None:
    form: Any = module.exercises["credible"].form
    reached = {
        (order, temperature)
        for order in form["orders"]
        for temperature in form["temperatures"]
        if not outcome(form, Setting(order, temperature)).failed(form["reach"])
    }
    assert reached == {(4, 1), (4, 1.5), (4, 2)}
    for measure, least in form["reach"].items():
        assert all(min(shares(module, "credible", Setting(*one), measure)) > least + 2 for one in reached)


def test_the_notebook_says_the_goals_of_a_good_inventor(module: Module) -> None:
    reach = module.exercises["credible"].form["reach"]
    assert f"au moins {reach['credible']} % sont inventés et crédibles" in text_of(module)
    assert f"au moins {reach['distinct']} % sont différents" in text_of(module)


def test_from_four_letters_on_every_invented_name_is_credible_by_definition(module: Module) -> None:
    form: Any = module.exercises["credible"].form
    for order in form["orders"]:
        counts = outcome(form, Setting(order, 1)).counts
        assert (counts["credible"] == counts["invented"]) is (order >= 4)
    assert "à partir de quatre lettres, chaque suite de cinq signes a forcément été lue" in text_of(module)


def test_the_chart_of_copies_does_not_tell_the_share_that_was_asked(
    module: Module, names: dict[str, Any]
) -> None:
    asked: Any = module.exercises["invention"].form["orders"]
    assert not set(asked) & set(names["ordres"])


def test_at_six_letters_more_chance_copies_more_and_at_two_less(
    module: Module, names: dict[str, Any]
) -> None:
    form: Any = module.exercises["copie"].form
    copied = [outcome(form, Setting(6, temperature)).share("real") for temperature in form["temperatures"]]
    assert copied == sorted(copied) and len(set(copied)) == 6
    least = form["reach"]["real"]
    assert [share >= least for share in copied] == [False] * 4 + [True] * 2
    for temperature in (1, 1.5, 2):
        found = shares(module, "copie", Setting(6, temperature), "real")
        assert max(found) < least - 2 if temperature == 1 else min(found) > least, (
            "whatever draw one looks at"
        )
    at_two = [outcome(form, Setting(2, temperature)).share("real") for temperature in (0.25, 0.5, 1, 1.5)]
    assert at_two == sorted(at_two, reverse=True), "« à deux lettres, c’est le contraire »"
    assert names["parts"].is_monotonic_increasing
    assert names["modele_6"].forced > 4 / 5


def test_a_share_of_twenty_names_varies_twofold_and_one_of_two_thousand_hardly(module: Module) -> None:
    form: Any = module.exercises["invention"].form
    few = [
        sum(name in got.real for name in got.names[:20])
        for got in (outcome(form, Setting(4, 1), draw) for draw in DRAWS)
    ]
    assert max(few) >= 2 * min(few)
    many = shares(module, "invention", Setting(4, 1), "real")
    assert max(many) - min(many) < 4


def test_ten_tasks_are_of_three_sorts(module: Module) -> None:
    right = list(module.exercises["taches"].form["solution"].values())
    assert len(right) == 10
    assert [right.count(one) for one in ("adaptee", "controle", "refuser")] == [3, 4, 3]


def test_minutes_of_the_titles_are_those_of_the_trainers_page(module: Module) -> None:
    guide = (module.folder / "instructor.md").read_text(encoding="utf-8")
    minutes = [
        int(found)
        for found in re.findall(
            r"^## .*\((\d+)\s+min\)", "\n".join(cell.source for cell in module.cells), re.M
        )
    ]
    assert f"Durée : {sum(minutes)} minutes" in re.sub(r"\s", " ", guide)
    ends = [int(end) for end in re.findall(r"^\| \d+–(\d+) \|", guide, re.M)]
    assert ends == [sum(minutes[: place + 1]) for place in range(len(minutes))]
