"""What D06 writes in words or asks, computed again from the catalogue."""

from math import ceil
from typing import Any

import pytest

from autograder.data.load import load
from autograder.modules.facts import load_facts
from autograder.modules.model import Module
from tests.written import plain, text_of, written

module, names = written("D06")


@pytest.fixture(scope="module")
def text(module: Module) -> str:
    return text_of(module)


def standing(measure: str, day: str) -> float:
    """Return what a measure is worth on a day."""
    amounts = load("point-et-smic", 2026)
    rows = amounts[(amounts["mesure"] == measure) & (amounts["date"] <= day)]
    return float(rows["valeur"].iloc[-1])


def first_index(day: str) -> int:
    """Return the smallest index whose salary reaches the minimum wage."""
    wage = standing("smic-horaire", day) * standing("heures-smic", day)
    return ceil(wage * 12 / standing("point-annuel", day))


def rise(measure: str, end: str, start: str = "2010-01-01") -> float:
    return round((standing(measure, end) / standing(measure, start) - 1) * 100, 1)


def test_lowest_salary_is_below_the_minimum_wage(names: dict[str, Any], text: str) -> None:
    assert str(names["indice_minimal"].item()).removesuffix(".0") == load_facts()["indice-minimal-2026"].value
    assert (round(names["traitement_minimal"], 2), round(names["smic_mensuel"], 2)) == (1801.74, 1867.06)
    assert "1 867,06 €" in text and "59,0734 €" in text


def test_first_index_that_reaches_the_minimum_wage(module: Module) -> None:
    assert first_index("2026-06-01") == 380
    assert first_index("2026-01-01") == 371, "the threshold that the ministry gave in December 2025"
    assert "380" in plain(module.exercises["indice"].success)


def test_rises_each_with_its_period(text: str) -> None:
    assert (rise("point-annuel", "2026-06-01"), rise("smic-horaire", "2026-06-01")) == (6.8, 38.9)
    assert rise("smic-horaire", "2026-01-01") == 35.7, "the rise that F04 tells"
    assert rise("point-annuel", "2026-06-01", "2010-07-01") == 6.3
    assert "6,3 %" in text and "35,7 %" in text
    assert standing("point-annuel", "2023-07-01") == standing("point-annuel", "2026-01-01")


def test_full_cost_of_a_post_and_its_threshold(names: dict[str, Any], text: str) -> None:
    cost = names["cout_complet"]
    assert (round(cost), round(names["journee_agent"]), ceil(cost / 450)) == (65_729, 313, 147)
    assert round(names["traitement_annuel"] / 210) == 141
    assert "65 729 €" in text and "313 € la journée" in text
    invented = 8_400 + 5_100 + 5_600 + 4_200
    assert 1 / 3 < invented / cost < 0.4, "« plus d’un tiers »"


def test_pension_rates_are_those_of_the_register(names: dict[str, Any]) -> None:
    facts = load_facts()
    assert facts["cnracl-taux-2028"].value == "43,65 %" and names["taux_retraite"] == 43.65
    assert facts["cnracl-taux-2026"].value == "37,65 %" and facts["cnracl-taux-2025"].value == "34,65 %"


def test_threshold_with_the_pension_rate_of_another_year(names: dict[str, Any], module: Module) -> None:
    thresholds = {
        rate: ceil((names["cout_complet"] - names["traitement_annuel"] * (43.65 - rate) / 100) / 450)
        for rate in (34.65, 37.65, 40.65, 43.65)
    }
    assert thresholds == {34.65: 141, 37.65: 143, 40.65: 145, 43.65: 147}
    assert "de 2026, il serait de 143 jours, et de 141 avec celui de 2025" in plain(
        module.exercises["seuil"].success
    )


def test_four_towns_together_pass_the_threshold_that_one_alone_does_not(names: dict[str, Any]) -> None:
    assert 4 * 40 > ceil(names["cout_complet"] / 450) > 40, "why « la ville seule » is written"


def test_threshold_of_a_dearer_supplier(names: dict[str, Any], module: Module) -> None:
    assert ceil(names["cout_complet"] / 600) == 110
    assert "vers 110 jours" in plain(module.exercises["seuil"].success)


def test_the_missions_stand_on_their_side_of_the_threshold(names: dict[str, Any]) -> None:
    threshold = ceil(names["cout_complet"] / names["prix_journee"])
    assert min(200, 190, 180) > threshold + 10 and max(60, 40, 12) < threshold - 10


def test_departures_that_the_plan_supposes(module: Module) -> None:
    facts = load_facts()
    posts, recruitments = facts["numerique-etat-postes"].value, facts["numerique-etat-recrutements"].value
    assert isinstance(posts, int) and isinstance(recruitments, int)
    departures = recruitments - posts / 5
    assert departures == 1_800 and departures / recruitments > 2 / 3
    assert departures / 4 == 450
    assert "450 recrutements" in plain(module.exercises["departs"].success)


def test_days_of_a_recruitment(names: dict[str, Any], text: str) -> None:
    days = names["etapes"].set_index("étape")["jours"]
    assert round(days.sum() / (365 / 12), 1) == 4.6 and 5 * 365 / 12 - days.sum() == pytest.approx(
        12, abs=0.5
    )
    assert days.sum() == 140 and "Recruter prend 140 jours" in text
    assert days[["Fiche", "Commission", "Tri", "Salaire"]].sum() == 97, "« près de cent jours »"


def test_costs_of_the_note_to_the_mayor(module: Module) -> None:
    assert 180 * 450 == 81_000
    assert "81 000 €" in plain(module.exercises["decision"].example)
