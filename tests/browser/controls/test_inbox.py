"""The inbox: read and sorted by keyboard; another one is asked for twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.inbox import report
from tests.browser.controls.conftest import Drawn

BOARD = report.board(7)
FIRST, SECOND = (message["id"] for message in BOARD["messages"][:2])


@pytest.fixture
def inbox(drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]) -> Drawn:
    drawn.draw("inbox", panel_traits("unite", board=BOARD))
    return drawn


def test_messages_are_opened_and_sorted_by_keyboard(inbox: Drawn) -> None:
    mails = inbox.form.locator(".mails button")
    mails.first.focus()
    inbox.press("ArrowDown", "ArrowUp", "Enter")
    expect(inbox.form.locator("h4")).to_be_focused()
    inbox.form.locator(".mail").get_by_role("radio").nth(1).focus()
    inbox.press("Space", "Enter")  # Enter goes on to the next message
    sort = BOARD["sorts"][1][0]
    assert inbox.sent[-1]["value"] == {"seed": 7, "sorts": {FIRST: sort}}
    expect(mails.nth(1)).to_have_attribute("aria-current", "true")
    expect(inbox.form).to_contain_text("Messages triés : 1 sur 12.")
    inbox.form.get_by_role("button", name="Retour à la liste").click()
    expect(mails.nth(1)).to_be_focused()


def test_what_was_sorted_is_shown_and_read_again(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    sorts = {FIRST: BOARD["sorts"][0][0], SECOND: BOARD["sorts"][1][0]}
    drawn.draw("inbox", panel_traits("unite", board=BOARD, value={"seed": 7, "sorts": sorts}))
    expect(drawn.form).to_contain_text("Messages triés : 2 sur 12.")
    drawn.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert drawn.sent[-1]["value"] == {"seed": 7, "sorts": sorts}


@pytest.mark.parametrize(("width", "height"), [(1000, 640), (660, 238)])
@pytest.mark.parametrize("index", range(12))
def test_message_and_decision_are_in_sight_together(
    inbox: Drawn, index: int, width: int, height: int
) -> None:
    """What the course view leaves to a form on a screen of 1366 × 768, and the same zoomed at 200 %."""
    inbox.page.set_viewport_size({"width": width, "height": height})
    inbox.form.locator(".mails button").nth(index).click()
    expect(inbox.form.locator("h4")).to_be_in_viewport(ratio=1)
    for radio in inbox.form.locator(".mail").get_by_role("radio").all():
        expect(radio).to_be_in_viewport(ratio=1)
    expect(inbox.form.get_by_role("button", name="Message suivant à trier")).to_be_in_viewport(ratio=1)
    bar = inbox.form.locator(".deciding").evaluate("node => node.offsetHeight")
    assert bar <= height / 2, "the message has the smaller part"


def test_a_list_of_messages_leaves_room_for_the_rest_of_its_step(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    """A step holds in 1,152 pixels, and its texts take 220 of them: the form that a draw makes the highest must hold in the rest."""
    drawn.page.set_viewport_size({"width": 952, "height": 640})
    heights = []
    for seed in range(40):
        drawn.draw("inbox", panel_traits("unite", board=report.board(seed)))
        heights.append(drawn.form.evaluate("node => node.offsetHeight"))
    assert max(heights) <= 930, heights


def test_another_inbox_is_asked_for_twice(inbox: Drawn) -> None:
    before = len(inbox.sent)
    inbox.form.get_by_role("button", name="Trier une autre boîte").click()
    expect(inbox.form).to_contain_text("Les douze messages changeront.")
    assert len(inbox.sent) == before
    inbox.form.get_by_role("button", name="Oui, une autre boîte").click()
    assert inbox.sent[-1]["value"] == {"then": "redraw"}
    expect(inbox.form.locator(".saved")).to_have_text("Rien n’est encore enregistré.")
    inbox.set(board=report.board(8))
    expect(inbox.form.locator(".mails button").first).to_be_focused()
    expect(inbox.form.get_by_role("button", name="Trier une autre boîte")).to_be_visible()
    inbox.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert inbox.sent[-1]["value"] == {"seed": 8, "sorts": {}}


def test_an_inbox_is_accessible_with_a_message_open(inbox: Drawn) -> None:
    inbox.form.locator(".mails button").first.click()
    for aid in BOARD["aids"]:
        inbox.form.locator("summary", has_text=aid["title"]).click()
    inbox.check_accessibility()


def test_what_was_sorted_before_another_inbox_still_counts(inbox: Drawn) -> None:
    mail = report.board(7)["messages"][0]["id"]
    inbox.set(value={"seed": 7, "sorts": {mail: "signaler"}})
    inbox.form.get_by_role("button", name="Trier une autre boîte").click()
    inbox.form.get_by_role("button", name="Oui, une autre boîte").click()
    expect(inbox.form.locator(".saved")).to_have_text(
        "Votre tri précédent compte tant que vous n’avez rien trié ici."
    )
