"""What E05 writes in words or asks, computed again from the catalogue."""

from typing import Any

import pandas
import pytest

from autograder.data.load import load
from autograder.modules.model import Module
from tests.written import plain, text_of, written

module, names = written("E05")


@pytest.fixture(scope="module")
def titles() -> pandas.DataFrame:
    return load("tri-titres", 2020)


@pytest.fixture(scope="module")
def messages() -> pandas.DataFrame:
    return load("tri-messages", 2026)


@pytest.fixture(scope="module")
def groups() -> pandas.DataFrame:
    """People by (group, arrested again), of a high score and of a low one."""
    scores = load("score-groupes", 2014)
    high = (scores["score"] >= 5).map({True: "high", False: "low"})
    return scores.pivot_table(
        index=["groupe", "arrete_de_nouveau"], columns=high, values="personnes", aggfunc="sum"
    )


def told(module: Module, exercise: str) -> str:
    return plain(module.exercises[exercise].success)


def rounded(count: float, base: float) -> float:
    return round(100 * float(count) / float(base), 1)


def errors(table: pandas.DataFrame, threshold: int) -> int:
    """Count the rows wrongly sent that nobody reads again."""
    return int(((table["score"] >= threshold) & (table["juste"] == 0)).sum())


def test_the_tool_and_its_witness(module: Module, titles: pandas.DataFrame) -> None:
    right, witness = titles["juste"].sum(), titles["theme"].value_counts().max()
    assert (len(titles), right, rounded(right, len(titles))) == (954, 748, 78.4)
    assert "sur 954 autres titres" in text_of(module) and "exact à 78 %" in text_of(module)
    assert rounded(witness, len(titles)) == 23.5 and "près d’un titre sur quatre" in told(module, "temoin")
    assert "en oriente 748" in told(module, "temoin")


def test_the_titles_that_taught_are_those_that_the_passport_tells(module: Module) -> None:
    assert "1 970 titres" in text_of(module), (
        "2,924 titles less 954: the recipe's test counts them on the source"
    )


def test_the_matrix_of_work_and_each_sentence_of_the_leaflet(
    module: Module, names: dict[str, Any], titles: pandas.DataFrame
) -> None:
    true, told_so = titles["theme"] == "Travail", titles["propose"] == "Travail"
    cells = [int((a & b).sum()) for a in (true, ~true) for b in (told_so, ~told_so)]
    assert cells == [202, 22, 50, 680] == [names[name] for name in ("vp", "fn", "fp", "vn")]
    assert "202 bien reconnues, 22 envoyées ailleurs" in text_of(module), "the picture's alternative"
    assert "50 envoyées à tort au guichet Travail, les faux positifs, et 680 bien" in text_of(module)
    recall, precision, accuracy = rounded(202, 224), rounded(202, 252), rounded(882, 954)
    assert (recall, precision, accuracy) == (90.2, 80.2, 92.5)
    right = module.exercises["matrice"].form["solution"]
    assert (right["neuf"] == "montre") == (85 < recall < 95), "about nine in ten"
    assert (right["dit"] == "dement") == (precision < 85), "its answers are not right nine times in ten"
    assert (right["charge"] == "montre") == (252 > 224)
    assert (right["exact"] == "dement") == (recall != accuracy)
    leaflet = plain(module.exercises["matrice"].form["document"])
    assert "Exact à 92,5 %" in leaflet and "22 fiches Travail" in leaflet


def test_drift_and_recall_of_each_desk(module: Module, messages: pandas.DataFrame) -> None:
    assert (len(messages), messages["juste"].sum()) == (120, 70)
    assert set(messages["theme"].value_counts()) == {12}
    assert "58 % est une moyenne" in text_of(module) and rounded(70, 120) == 58.3
    right = messages.groupby("theme")["juste"].sum()
    assert (right.max(), right["Argent"], right.min(), right["Loisirs"]) == (10, 10, 4, 4)
    assert "De dix messages sur douze (Argent) à quatre sur douze (Loisirs)" in told(module, "rappel")


def test_the_score_promises_too_much(module: Module, names: dict[str, Any], titles: pandas.DataFrame) -> None:
    bands = names["par_tranche"]
    over = bands["annonce"] > bands["observe"]
    assert over.to_dict() == {"0 à 49": False, "50 à 69": True, "70 à 89": True, "90 à 100": True}
    sure = titles[titles["score"] >= 90]
    announced = len(sure) * (100 - sure["score"].mean()) / 100
    assert (round(sure["score"].mean()), round(announced), errors(titles, 90)) == (98, 10, 28)
    assert "annonce 98 % de réponses justes en moyenne" in text_of(
        module
    ) and "soit une dizaine d’erreurs" in text_of(module)
    assert len(sure) == 550 and "Environ 550 y sont notés 90 ou plus" in text_of(module)
    assert "près de trois fois plus" in told(module, "calibration") and 2.5 < 28 / announced < 3
    assert "5 sur 100" in told(module, "calibration") and round(rounded(28, len(sure))) == 5


def test_the_bands_from_fifty_promise_too_much_together(module: Module, messages: pandas.DataFrame) -> None:
    high = messages[messages["score"] >= 50]
    assert (len(high), round(high["score"].sum() / 100), high["juste"].sum()) == (77, 60, 51)
    assert "sur 77, l’outil en annonce une soixantaine de justes, et on en compte 51" in text_of(module)


def test_what_a_threshold_costs(module: Module, titles: pandas.DataFrame, messages: pandas.DataFrame) -> None:
    assert rounded((titles["score"] < 90).sum(), len(titles)) == 42.3
    alone = [(titles["score"] >= 90).sum(), errors(titles, 90)]
    assert [round(rounded(count, len(titles))) for count in alone] == [58, 3]
    assert "relit 42 titres sur 100 ; les 58 autres partent seuls, dont 3 mal" in text_of(module)
    assert rounded((messages["score"] < 90).sum(), 120) == 78.3
    assert ((messages["score"] >= 90).sum(), errors(messages, 90)) == (26, 3)
    goal = module.exercises["seuil"].form["goal"]
    reached = [
        threshold
        for threshold in range(101)
        if errors(messages, threshold) <= goal["missed"]
        and (messages["score"] < threshold).sum() <= goal["caught"]
    ]
    assert reached == [91, 92, 93], "what the trainers' page tells"
    assert module.exercises["seuil"].form["solution"] in reached and 90 not in reached, "90 is shown before"
    assert {((messages["score"] >= one).sum(), errors(messages, one)) for one in reached} == {
        (24, 1),
        (22, 1),
    }
    spared = [rounded((messages["score"] >= threshold).sum(), 120) for threshold in reached]
    assert all(16 < share < 26 for share in spared), "a message in five, more or less"


def test_base_rates(module: Module, names: dict[str, Any]) -> None:
    assert (names["signales"], names["manques"], names["fausses_alertes"]) == (9, 1, 99)
    assert rounded(names["signales"], names["alertes"]) == 8.3
    assert "9 urgences pour 108 alertes : 8,3 %" in text_of(module)
    assert len(names["etats"]) == 1000
    assert rounded(80, 80 + 180) == 30.8 and "80 vraies pour 180 fausses" in told(module, "base")
    assert 3.5 < 30.8 / 8.3 < 4, "nearly four times"


def test_three_measures_by_group(module: Module, groups: pandas.DataFrame) -> None:
    black, white = groups.loc["noire"], groups.loc["blanche"]
    cases = {
        "fp": [rounded(one.loc["non", "high"], one.loc["non"].sum()) for one in (black, white)],
        "fn": [rounded(one.loc["oui", "low"], one.loc["oui"].sum()) for one in (black, white)],
        "vp": [rounded(one.loc["oui", "high"], one["high"].sum()) for one in (black, white)],
    }
    assert cases == {"fp": [42.3, 22.0], "fn": [28.5, 49.6], "vp": [65.0, 59.5]}
    assert white.loc["non"].to_dict() == {"high": 282, "low": 999}
    assert "282 avaient été classées à risque, sur 282 + 999 : **22 %**" in text_of(module)
    assert 1.8 < 42.3 / 22.0 < 2, "nearly twice, as said in several places"
    document = plain(module.exercises["groupes"].form["document"])
    assert "Sur dix personnes blanches classées à risque, quatre n’ont pas été arrêtées" in document
    assert round(100 - cases["vp"][1]) in (40, 41)
    again = [round(rounded(one.loc["oui"].sum(), one.to_numpy().sum())) for one in (black, white)]
    assert again == [52, 39]
    assert "52 % des personnes noires ont été arrêtées de nouveau, et 39 % des" in text_of(module)


def test_the_evidence_of_the_decisions_is_what_was_measured(module: Module) -> None:
    proofs = {key: plain(words) for key, words in module.exercises["decisions"].form["options"].items()}
    assert "les 120 messages, et peut corriger les 50 mal orientés" in proofs["vu"]
    assert "50 messages sur 120" in proofs["moyenne"]
    assert "1 mal orienté sur 22 à 24" in proofs["seuil"], "at each threshold that reaches the goal"
    assert "8 alertes sur 100" in proofs["base"]
    assert "une urgence sur dix" in proofs["manque"] and "78 %" in proofs["titres"]


def test_example_and_copy_quote_the_figures_and_can_go_on(
    module: Module, titles: pandas.DataFrame, messages: pandas.DataFrame
) -> None:
    example = plain(module.exercises["note"].example)
    alone, wrong = (messages["score"] >= 92).sum(), errors(messages, 92)
    assert (alone, wrong) == (22, 1) and 120 / alone > 5, "less than one in five"
    assert "22 partiraient seuls au seuil 92, dont 1 mal orienté" in example
    assert (titles["score"] >= 92).mean() > 0.5 and "plus de la moitié partiraient seuls" in example
    assert wrong / alone < 0.10 and "si plus de 10 messages sur 100" in example, "its own evidence passes"
