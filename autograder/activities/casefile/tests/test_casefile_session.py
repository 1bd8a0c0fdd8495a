"""A drawn file, played without any page: what is drawn, what is saved, which exercise another one follows."""

from typing import Any

from autograder.activities.casefile import show
from autograder.activities.casefile.session import CasefileSession
from tests.drawn_file import FORM
from tests.table import Table


def test_the_first_answer_saves_the_draw_and_a_new_kernel_finds_it() -> None:
    table = Table({"lire": FORM})
    session = CasefileSession(table.place("lire"))
    shown = session.open()
    file = shown.board["drawn"]
    assert shown.value is None and file in FORM["texts"] and not table.answers
    assert session.receive({"drawn": file, "habitants": "1 200"}).value == {"drawn": file, "habitants": 1200}
    again = CasefileSession(table.place("lire")).open()
    assert again.board == shown.board and again.value == table.answers["lire"]


def test_every_file_is_drawn_one_day() -> None:
    drawn = {CasefileSession(Table({"lire": FORM}).place("lire")).open().board["drawn"] for _ in range(60)}
    assert drawn == set(FORM["texts"])


def test_another_file_is_another_one_and_what_was_saved_stays() -> None:
    table = Table({"lire": FORM}, {"lire": {"drawn": "nord", "avis": "oui"}})
    session = CasefileSession(table.place("lire"))
    session.open()
    shown = session.receive({"then": "redraw"})
    assert shown.forget and shown.value is None and shown.board["drawn"] == "sud"
    session.receive(None)  # verified, or erased, before anything is answered
    assert table.answers["lire"]["drawn"] == "nord"
    session.receive({"drawn": "sud", "avis": "non"})
    session.receive(None)
    assert "lire" not in table.answers


def test_an_exercise_follows_the_draw_of_another_until_another_file_is_asked_for() -> None:
    forms: dict[str, Any] = {"lire": FORM, "suite": {**FORM, "follows": "lire"}}
    for file, other in (("nord", "sud"), ("sud", "nord")):
        table = Table(forms, {"lire": {"drawn": file, "avis": "oui"}})
        session = CasefileSession(table.place("suite"))
        assert session.open().board["drawn"] == file
        assert session.receive({"then": "redraw"}).board["drawn"] == other


def test_an_exercise_that_is_already_shown_follows_once_the_other_is_answered() -> None:
    table = Table({"lire": FORM, "suite": {**FORM, "follows": "lire"}})
    first, follower = (CasefileSession(table.place(name)) for name in ("lire", "suite"))
    first.open(), follower.open()
    for file in FORM["texts"]:
        first.receive({"drawn": file, "avis": "oui"})
        first.receive({"drawn": file, "avis": "non"})
        assert table.woken and follower.open().board["drawn"] == file
    assert table.woken == ["lire", "lire"]  # once for each draw


def test_waking_an_exercise_changes_neither_its_draw_nor_another_file_that_was_asked_for() -> None:
    table = Table(
        {"lire": FORM, "suite": {**FORM, "follows": "lire"}}, {"lire": {"drawn": "nord", "avis": "oui"}}
    )
    alone, follower = (
        CasefileSession(Table({"lire": FORM}).place("lire")),
        CasefileSession(table.place("suite")),
    )
    drawn = alone.open().board["drawn"]
    assert {alone.open().board["drawn"] for _ in range(20)} == {drawn}
    follower.open()
    follower.receive({"then": "redraw"})
    assert follower.open().board["drawn"] == "sud"


def test_what_another_exercise_saved_may_be_anything() -> None:
    forms: dict[str, Any] = {"lire": FORM, "suite": {**FORM, "follows": "lire"}}
    for saved in (None, [], "nord", {"drawn": ["nord"]}, {"drawn": "est"}):
        session = CasefileSession(Table(forms, {"lire": saved}).place("suite"))
        assert session.open().board["drawn"] in FORM["texts"]


def test_a_file_leads_nowhere_and_an_answer_is_told_without_script() -> None:
    assert "<a" not in show.board(FORM, "sud")["html"]
    page = show.static(FORM, {"drawn": "nord", "habitants": 1200, "avis": "oui"})
    assert "<strong>Le nord.</strong>" in page and "1\u202f200 habitants" in page and "Oui" in page


def test_what_is_left_is_said_after_the_verdict_of_what_was_answered() -> None:
    table = Table({"lire": FORM})
    session = CasefileSession(table.place("lire"))
    session.open()
    assert session.verdict(lambda: "Sans réponse.") == "Sans réponse."
    session.receive({"drawn": "nord", "avis": "oui"})
    assert session.verdict(lambda: "Juste.") == "Juste.<p>Il reste une question sans réponse.</p>"
    session.receive({"drawn": "nord", "avis": "oui", "habitants": 1200})
    assert session.verdict(lambda: "Juste.") == "Juste."
