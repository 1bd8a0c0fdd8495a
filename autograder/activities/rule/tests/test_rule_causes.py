"""Why a rule is not right yet: each cause is met by a rule that has it."""

from typing import Any

import pytest
import yaml

from autograder.activities.rule import show
from autograder.activities.rule.causes import WORDS, cause
from autograder.activities.rule.outcome import outcome
from autograder.activities.rule.rules import rule_of
from autograder.activities.rule.tests.test_rule_module import MODULE

FORM: Any = yaml.safe_load((MODULE.folder / "answers.yml").read_text(encoding="utf-8"))["relecture"]["form"]
COSTS: Any = {**FORM, "goal": {"cost": 40}, "cost": {"caught": 5, "missed": 20, "unit": "minutes"}}
ASKED: Any = {
    **FORM,
    "criteria": {"montant": "Montant"},
    "threshold": {"test": "ge", "min": 0, "max": 2000},
    "goal": {"missed": 1, "wrong": 5},
}

PAPER = ["depot", "eq", "papier"]
WRITTEN: dict[str, tuple[str, list[Any]]] = {
    "nothing": ("all", [["montant", "ge", 9000]]),
    "everything": ("any", [["montant", "ge", 0], PAPER]),
    "direction": ("all", [["montant", "lt", 900], PAPER]),
    "join": ("any", [["montant", "ge", 900], PAPER]),
    "extra": ("all", [["montant", "ge", 900], PAPER, ["delai", "lt", 10]]),
    "strict": ("all", [["montant", "ge", 1200], PAPER]),
    "loose": ("all", [["montant", "ge", 100], PAPER]),
    "no-miss": ("all", [["montant", "ge", 300], ["delai", "ge", 8]]),
    "no-alert": ("all", [["montant", "eq", 1500]]),
    "wide": ("all", [["montant", "ge", 900]]),
    "both": ("all", [["delai", "ge", 30]]),
}


def found(form: Any, raw: Any) -> str:
    rule = rule_of(form, raw)
    return cause(form, rule, outcome(form, rule))


@pytest.mark.parametrize("name", WRITTEN)
def test_each_cause_is_named(name: str) -> None:
    join, conditions = WRITTEN[name]
    assert found(FORM, {"join": join, "conditions": conditions}) == name


def test_every_cause_has_its_words_and_none_gives_a_value_or_a_column() -> None:
    assert {*WRITTEN, "narrow"} == WORDS.keys()
    for words in WORDS.values():
        assert words.startswith("**") and words.endswith("\u00a0?")
        assert not any(told in words.lower() for told in (*FORM["criteria"], "papier", *"0123456789"))


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "everything"), (2000, "nothing"), (301, "no-miss"), (1550, "direction"), (1450, "narrow")],
)
def test_a_threshold_fails_on_a_side(number: float, name: str) -> None:
    assert found(ASKED, number) == name


def test_a_cost_fails_on_the_side_that_costs_more() -> None:
    assert found(COSTS, {"conditions": [["montant", "eq", 1500]]}) == "no-alert"
    assert found(COSTS, {"conditions": [["montant", "ge", 250]]}) == "no-miss"


def test_what_a_rule_does_is_counted_in_words() -> None:
    told = show.tried(COSTS, {"value": {"conditions": [["montant", "ge", 1500]]}})
    assert told["counts"] == [
        "2 lignes retenues sur 14\u00a0: 1 à raison, 1 fausse alerte.",
        "3 lignes cherchées manquées sur 4.",
        "Coût\u00a0: 70 minutes (2 retenues × 5, 3 manquées × 20).",
    ]
    assert told["states"][0] == ["found", "retenue, à raison"] and told["reached"] is False
    assert show.tried(FORM, {"value": {"conditions": [["montant", "ge", "x"]]}})["reached"] is None
    assert show.described(COSTS)["goal"] == ["un coût d’au plus 40 minutes"]
