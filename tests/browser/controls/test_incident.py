"""An incident: an hour decided by keyboard, what lacks, what follows, the game begun again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.incident import report
from autograder.activities.incident.case import hours
from autograder.activities.incident.game import read_game
from autograder.activities.incident.games import played
from tests.browser.controls.conftest import SAVED, Drawn

Traits = Callable[..., dict[str, Any]]
GAME = played()
READY = {"todo": ""}


def after(number: int) -> dict[str, Any]:
    """The traits of a game whose first hours are over."""
    names = [name for hour in hours()[:number] for name in hour.decisions]
    value = (
        {"closed": number, "decisions": {name: GAME["decisions"][name] for name in names}} if names else None
    )
    game = read_game(value or {"closed": 0, "decisions": {}})
    return {"value": value, "board": report.board(game), "ledger": {"todo": report.lacking(game)}}


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    def make(**traits: Any) -> Drawn:
        drawn.draw("incident", panel_traits("unite", **{**after(0), **traits}))
        return drawn

    return make


def button(page: Drawn, name: str) -> Any:
    return page.form.get_by_role("button", name=name, exact=True)


def test_an_hour_is_decided_and_proved_by_keyboard(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.get_by_role("heading")).to_have_text(
        "Heure 1 sur 5 · Vendredi 30 octobre 2026, 16\u00a0h\u00a040"
    )
    page.form.get_by_role("radio", name="Débrancher son câble").focus()
    page.press("Space")
    page.form.get_by_role("checkbox", name="Ligne C : Affiche au mur").first.focus()
    page.press("Space")
    sent = page.sent[-1]["value"]
    assert sent["decisions"]["poste"] == {"choice": "cable", "proofs": ["affiche"]} and sent["then"] == ""


def test_what_lacks_is_said_and_nothing_is_asked(draw: Callable[..., Drawn]) -> None:
    page = draw()
    before = len(page.sent)
    button(page, "Clore cette heure").click()
    expect(page.form.locator(".lacking")).to_contain_text("À décider")
    assert len(page.sent) == before


def test_an_hour_closed_before_the_kernel_has_read_the_last_line_is_not_said_to_lack_it(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.draw("incident", panel_traits("unite", **after(0)), reply=None)
    drawn.form.get_by_role("checkbox", name="Ligne C : Affiche au mur").first.check()
    button(drawn, "Clore cette heure").click()
    expect(drawn.form.locator(".lacking")).to_have_text("")
    drawn.set(ledger=READY)
    drawn.receive(action="save", **SAVED)
    assert drawn.sent[-1]["value"]["then"] == "close"


def test_what_was_pressed_before_the_kernel_went_away_does_not_happen_when_it_comes_back(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.draw("incident", panel_traits("unite", **{**after(0), "ledger": READY}), reply=None)
    button(drawn, "Clore cette heure").click()
    drawn.wait(4)
    expect(drawn.form.locator(".paused")).to_be_visible()
    drawn.receive(action="hello", **SAVED)
    assert [sent["action"] for sent in drawn.sent] == ["hello"]


def test_a_button_pressed_while_the_kernel_is_away_is_not_dead(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("incident", panel_traits("unite", **{**after(0), "ledger": READY}), reply=None)
    drawn.wait(4)
    button(drawn, "Clore cette heure").click()
    assert drawn.sent[-1]["value"]["then"] == "close"


def test_an_hour_that_lacks_nothing_closes_and_the_next_one_takes_the_focus(
    draw: Callable[..., Drawn],
) -> None:
    page = draw(ledger=READY)
    button(page, "Clore cette heure").click()
    assert page.sent[-1]["action"] == "save" and page.sent[-1]["value"]["then"] == "close"
    page.set(**after(1))
    expect(page.form.get_by_role("heading")).to_be_focused()
    expect(page.form.locator(".since li")).to_have_count(2)
    page.form.get_by_text("Relire la main courante").click()
    expect(page.form.get_by_role("table")).to_contain_text("Débrancher son câble")
    assert not page.form.get_by_role("radio", checked=True).count(), "the next hour is not decided"


def test_the_last_hour_is_checked_as_it_closes(draw: Callable[..., Drawn]) -> None:
    page = draw(**{**after(4), "ledger": READY})
    expect(button(page, "Vérifier ma réponse")).to_be_hidden()
    button(page, "Clore la partie").click()
    assert page.sent[-1]["action"] == "check" and page.sent[-1]["value"]["then"] == "close"
    page.set(**after(5))
    expect(page.form.get_by_role("heading")).to_have_text("La partie est finie")
    expect(button(page, "Revoir le verdict")).to_be_visible()


def test_a_game_is_begun_again_once_it_was_asked_twice(draw: Callable[..., Drawn]) -> None:
    page = draw(**after(2))
    before = len(page.sent)
    button(page, "Recommencer la partie").click()
    expect(page.form).to_contain_text("Une copie de cette partie sera gardée")
    assert len(page.sent) == before
    button(page, "Oui, recommencer à la première heure").click()
    assert page.sent[-1]["value"]["then"] == "restart"
