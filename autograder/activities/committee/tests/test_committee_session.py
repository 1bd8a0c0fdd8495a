"""Three half-years played without any page: one opens the next, and beginning again empties all."""

import json
from typing import Any

import pytest

from autograder.activities.committee import report
from autograder.activities.committee.portfolios import SOUND, play, sound
from autograder.activities.committee.session import CommitteeSession
from autograder.contract.forms import AnswersNotSaved
from autograder.french.marks import spaced
from tests.table import Table

SEED = 2026


@pytest.fixture
def table() -> Table:
    form = {"widget": "committee", "seed": SEED}
    return Table(
        {
            "s1": {**form, "round": 1},
            "s2": {**form, "round": 2, "after": "s1"},
            "avis": {"widget": "text"},
        }
    )


def decided(number: int) -> dict[str, Any]:
    half_year = sound("exigeante", number, SEED)["half_years"][number - 1]
    return {"members": [], "votes": {}, "decisions": half_year["decisions"], "then": "close"}


def test_a_half_year_opens_when_the_one_before_is_over_and_wakes_the_others(table: Table) -> None:
    second = CommitteeSession(table.place("s2"))
    assert second.open().board["waiting"]
    first = CommitteeSession(table.place("s1"))
    shown = first.receive(decided(1))
    assert shown.board["closed"] and not shown.forget and table.woken == ["s1"]
    assert not second.open().board["waiting"]


def test_only_a_half_year_that_is_over_is_judged(table: Table) -> None:
    session = CommitteeSession(table.place("s1"))
    session.receive({**decided(1), "then": ""})
    assert session.verdict(lambda: "Juste.") == ""
    session.receive(decided(1))
    assert session.verdict(lambda: "Juste.") == "Juste."


def test_what_is_missing_is_told_and_nothing_changes(table: Table) -> None:
    session = CommitteeSession(table.place("s1"))
    with pytest.raises(AnswersNotSaved, match="Dossiers à décider\u00a0: B"):
        session.receive({"decisions": {"A": {"choice": "six"}}, "then": "close"})
    assert table.answers == {}


def test_beginning_again_keeps_a_copy_and_leaves_other_exercises_alone(table: Table) -> None:
    CommitteeSession(table.place("s1")).receive(decided(1))
    table.answers["avis"] = "un texte"
    game = table.answers["s1"]
    shown = CommitteeSession(table.place("s2")).receive({"then": "restart"})
    ((name, copy),) = table.files.items()
    assert name == "partie-20261129-080000-000000.json" and json.loads(copy) == {"s1": game}
    assert table.answers == {"avis": "un texte"} and shown.forget


@pytest.mark.parametrize(
    ("without", "told"),
    [("ground", "Raison à donner (« Ce qui décide ») : E."), ("proof", "Preuve demandée à choisir : E.")],
)
def test_nothing_closes_without_its_reasons(table: Table, without: str, told: str) -> None:
    asked = decided(1)
    asked["decisions"] = {**asked["decisions"], "E": {**asked["decisions"]["E"], without: ""}}
    with pytest.raises(AnswersNotSaved) as refused:
        CommitteeSession(table.place("s1")).receive(asked)
    assert spaced(told) in str(refused.value) and table.answers == {}


def test_the_last_sitting_announces_no_other() -> None:
    boards = [report.board(play(SOUND["exigeante"], number - 1, SEED), number) for number in (1, 2, 3)]
    assert ["étape suivante" in board["warning"] for board in boards] == [True, True, False]
    assert "le dernier" in boards[2]["warning"]
