"""An incident played without any page: one hour after the other, none reopened, begun again, taken up where it was."""

import json
from typing import Any

import pytest

from autograder.activities.incident.case import hours
from autograder.activities.incident.games import played
from autograder.activities.incident.session import IncidentSession
from autograder.contract.activity import Shown
from autograder.contract.forms import AnswersNotSaved, UnreadableAnswer
from tests.table import Table

GAME = played()


@pytest.fixture
def table() -> Table:
    return Table({"partie": {"widget": "incident", "label": "L"}, "avis": {"widget": "text", "label": "L"}})


def session(table: Table) -> IncidentSession:
    one = IncidentSession(table.place("partie"))
    one.open()
    return one


def asked(number: int, then: str = "close", game: dict[str, Any] = GAME) -> dict[str, Any]:
    return {"decisions": {name: game["decisions"][name] for name in hours()[number].decisions}, "then": then}


def play(one: IncidentSession, game: dict[str, Any] = GAME) -> Shown:
    shown = [one.receive(asked(number, game=game)) for number in range(len(hours()))]
    return shown[-1]


def test_a_game_starts_at_the_first_hour_with_nothing_kept(table: Table) -> None:
    shown = IncidentSession(table.place("partie")).open()
    assert shown.value is None and not table.answers
    assert (shown.board["number"], shown.board["over"], shown.board["log"]) == (1, False, "")
    assert [letter for _, letter, _, _ in shown.board["lines"]] == list("ABCDE")


def test_what_follows_is_told_and_the_next_hour_opens(table: Table) -> None:
    shown = session(table).receive(asked(0))
    assert shown.board["number"] == 2 and shown.board["since"][0].startswith("Sur votre poste")
    assert "cas fictif" in shown.board["log"] and "Dans les bornes" not in shown.board["log"], (
        "the rule speaks at the end"
    )


def test_nothing_closes_without_a_decision_and_a_line_and_what_was_decided_is_kept(table: Table) -> None:
    one = session(table)
    with pytest.raises(
        AnswersNotSaved, match=r"À décider\u00a0: Awa, et les autres\. Lignes à cocher\u00a0: Votre poste\."
    ):
        one.receive({"decisions": {"poste": {"choice": "cable", "proofs": []}}, "then": "close"})
    assert table.answers["partie"] == {"closed": 0, "decisions": {"poste": {"choice": "cable", "proofs": []}}}


def test_an_hour_that_is_over_does_not_change(table: Table) -> None:
    one = session(table)
    one.receive(asked(0))
    shown = one.receive({"decisions": {"poste": {"choice": "eteindre", "proofs": ["note"]}}, "then": ""})
    assert shown.value == {
        "closed": 1,
        "decisions": {name: GAME["decisions"][name] for name in hours()[0].decisions},
    }


def test_only_a_game_that_is_over_is_judged_and_it_stays_as_it_is(table: Table) -> None:
    one = session(table)
    one.receive(asked(0))
    assert one.verdict(lambda: "Juste.") == ""
    one = session(table)
    table.answers.clear()
    one = session(table)
    shown = play(one)
    assert shown.board["over"] and not shown.forget and table.answers["partie"] == GAME
    assert one.verdict(lambda: "Juste.") == "Juste."
    assert one.receive(asked(0, then="")).value == GAME
    assert shown.board["log"].count("<tr>") == 11 and "Dans les bornes" in shown.board["log"]


def test_a_game_is_taken_up_where_it_was_left(table: Table) -> None:
    session(table).receive(asked(0))
    shown = session(table).receive(asked(1, then=""))
    again = IncidentSession(table.place("partie")).open()
    assert again.value == shown.value and again.board == shown.board and again.board["number"] == 2


def test_an_earlier_choice_changes_what_is_seen(table: Table) -> None:
    def sources(game: dict[str, Any]) -> list[str]:
        table.answers.clear()
        one = session(table)
        for number in range(4):
            shown = one.receive(asked(number, game=game))
        return [line for line, *_ in shown.board["lines"]]

    assert "relu" in sources(GAME) and "vieux" in sources(played(choices={"disque": "brancher"}))


def test_beginning_again_keeps_a_copy_and_leaves_other_exercises_alone(table: Table) -> None:
    one = session(table)
    play(one)
    table.answers["avis"] = "un texte"
    shown = one.receive({"then": "restart"})
    ((name, copy),) = table.files.items()
    assert name == "partie-20261129-080000-000000.json" and json.loads(copy) == {"partie": GAME}
    assert table.answers == {"avis": "un texte"} and shown.forget and shown.board["number"] == 1


def test_a_copy_that_cannot_be_written_erases_nothing(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    one = session(table)
    play(one)

    def refuse(name: str, text: str) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr(one._place, "write_beside", refuse)
    with pytest.raises(AnswersNotSaved, match="rien n’a été effacé"):
        one.receive({"then": "restart"})
    assert table.answers["partie"] == GAME


@pytest.mark.parametrize(
    "raw", [{"decisions": {"poste": 3}}, {"decisions": {"poste": {"choice": "x", "proofs": []}}}]
)
def test_what_the_page_cannot_send_is_refused(table: Table, raw: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        session(table).receive(raw)
    assert not table.answers


def test_an_answer_of_another_form_is_told_and_left(table: Table) -> None:
    table.answers["partie"] = "un texte"
    shown = IncidentSession(table.place("partie")).open()
    assert shown.notice and shown.board["number"] == 1 and table.answers["partie"] == "un texte"
