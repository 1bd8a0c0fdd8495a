"""The randomised trial: what its passport states, and the effect that its authors published."""

from math import sqrt

import pytest

from autograder.data import catalogue
from autograder.data.load import load


@pytest.fixture(scope="module")
def trial():
    return load("essai-insertion").set_index(["groupe", "annee"])


def test_the_trial_is_averages_alone(trial):
    people = trial["personnes"].groupby("groupe").first()
    assert len(trial) == 9 and people.to_dict() == {"population": 15_992, "programme": 185, "temoins": 260}
    before = trial.xs(1975, level="annee")
    drawn = before.loc[["programme", "temoins"]]
    assert (drawn["sans_revenu"] > drawn["personnes"] / 2).all()
    assert round(before.loc["population", "revenu_moyen"] / before.loc["programme", "revenu_moyen"]) == 9
    assert "185 personnes" in catalogue.read().find("essai-insertion").personal_data.replace("\u00a0", " ")


def test_the_effect_is_the_published_one_with_a_wide_margin(trial):
    after = trial.xs(1978, level="annee")
    effect = after.loc["programme", "revenu_moyen"] - after.loc["temoins", "revenu_moyen"]
    variance = after["ecart_type"] ** 2 / after["personnes"]
    margin = 1.96 * sqrt(variance["programme"] + variance["temoins"])
    assert (round(effect), round(effect - margin), round(effect + margin)) == (1_794, 479, 3_109)
