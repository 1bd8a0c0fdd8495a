"""An inbox played without any page: what is saved, what is drawn, what a check adds."""

from autograder.activities.inbox.session import InboxSession
from autograder.activities.inbox.tries import perfect
from tests.table import Table


def test_the_first_message_sorted_saves_the_draw_and_a_new_kernel_finds_it() -> None:
    table = Table({"tri": {"widget": "inbox"}})
    session = InboxSession(table.place("tri"))
    shown = session.open()
    assert shown.value is None and len(shown.board["messages"]) == 12 and not table.answers
    first = shown.board["messages"][0]["id"]
    session.receive({"seed": shown.board["seed"], "sorts": {first: "traiter"}})
    again = InboxSession(table.place("tri")).open()
    assert again.board == shown.board and again.value == table.answers["tri"]


def test_a_new_draw_is_shown_and_forgets_the_verdict_but_keeps_what_is_saved() -> None:
    table = Table({"tri": {"widget": "inbox"}})
    session = InboxSession(table.place("tri"))
    session.receive(perfect(5))
    shown = session.receive({"then": "redraw"})
    assert shown.forget and shown.value is None and table.answers["tri"]["seed"] == 5
    session.receive({"seed": shown.board["seed"], "sorts": {}})  # verified before anything is sorted
    assert table.answers["tri"]["seed"] == 5


def test_a_whole_sort_has_its_matrix_after_the_verdict() -> None:
    session = InboxSession(Table({"tri": {"widget": "inbox"}}).place("tri"))
    assert session.verdict(lambda: "Sans réponse.") == "Sans réponse."
    session.receive(perfect(5))
    assert session.verdict(lambda: "Juste.").startswith("Juste.<div")
