"""A01: what its tables show, and the figures that its texts type, recomputed from the catalogue."""

from typing import Any

import pandas as pd
import pytest

from autograder.data.load import load
from autograder.french.numbers import number
from autograder.modules.load import load_modules

ECOLOGITS = {
    "mistral-small-2603": [(9.597108274601755e-05, 6.626627649031266e-06, 5.913816528434223e-05)],
    "mistral-large-2512": [(0.00112693301272126, 8.517279548861045e-05, 0.000701785462729175)],
    "gpt-5.1": [
        (0.0005216969352106172, 3.8127265570072046e-05, 0.00032357896063991336),
        (0.0007840828543740453, 4.90005380602045e-05, 0.00047801931265950716),
    ],
}
"""For one answer of 400 tokens: kWh, then kilograms of CO2e in France and in Poland, low and high.

Said by EcoLogits 0.11.3 itself (`llm_impacts`, an unlimited latency) on 30 November 2026.
"""


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """The names of the notebook's examples, and its tables by caption."""
    tables: dict[str, pd.DataFrame] = {}
    names: dict[str, Any] = {"tables": tables}
    for cell in load_modules(["A01"])[0].cells:
        if cell.kind == "code" and cell.role in {"setup", "parameters", "example"}:
            exec(cell.source, names)
            names["table"] = lambda frame, caption, **_: tables.update({caption: frame})
    return names


def test_the_footprint_is_what_the_library_says(shown):
    table = next(frame for caption, frame in shown["tables"].items() if caption.startswith("Trois modèles"))
    for (_, row), ends in zip(table.iterrows(), ECOLOGITS.values(), strict=True):
        for column, unit, decimals in (
            ("électricité (kWh)", 0, 1),
            ("kg de CO2e, en France", 1, 2),
            ("kg de CO2e, en Pologne", 2, 2),
        ):
            said = dict.fromkeys(number(24_000 * one[unit], decimals) for one in ends)
            assert row[column] == " à ".join(said)


def test_a_year_of_answers(shown):
    length = load("fiches-travail")["caracteres"].mean()
    assert shown["lus"] == round(24_000 * 3 * length / 4 / 1e6, 1) == 392.5
    prices = load("prix-llm").set_index("modele")[["prix_entree", "prix_sortie"]]
    small, large = (
        392.5 * prices.loc[name, "prix_entree"] + 9.6 * prices.loc[name, "prix_sortie"]
        for name in ("mistral/mistral-small-2603", "mistral/mistral-large-2512")
    )
    assert (round(small), round(large)) == (65, 211)  # « 65 dollars », and the answer
    assert round(large / small) == 3  # « trois fois la facture du petit »
    assert round(392.5 / 9.6, -1) == 40  # « quarante fois plus de jetons lus »
    assert 24_000 * 2 / 60 == 800  # hours of reading
    assert round(3 * length / 4, -3) == 16_000  # « seize mille jetons par question »


def test_another_source_says_a_third_more_for_french_electricity():
    assert round(56.0 / (load("electricite").set_index("zone")["kg_co2e"]["FRA"] * 1000), 2) == 1.35


def test_the_threshold_that_keeps_most_time(shown):
    mails = shown["courriels"]
    wrong = mails["orientation"] == "fausse"
    spent = {
        threshold: 2 * (mails["confiance"] < threshold).sum()
        + 15 * (wrong & (mails["confiance"] >= threshold)).sum()
        for threshold in range(0, 101, 5)
    }
    assert (spent[0], spent[100], 3 * len(mails)) == (90, 40, 60)
    assert [threshold for threshold, minutes in spent.items() if minutes <= 35] == [75, 80]
