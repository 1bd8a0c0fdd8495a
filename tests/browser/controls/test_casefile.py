"""A drawn file: answered by keyboard, shown again, drawn anew when it is asked for twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.casefile import show
from tests.browser.controls.conftest import Drawn
from tests.drawn_file import FORM

Traits = Callable[..., dict[str, Any]]


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    def make(**traits: Any) -> Drawn:
        base = panel_traits("unite", board=show.board(FORM, "nord"), **traits)
        told = {"label": "Votre lieu.", "widget": "casefile", "casefile": show.described(FORM)}
        drawn.draw("casefile", {**base, "form": {**base["form"], **told}})
        return drawn

    return make


def test_a_file_is_answered_by_keyboard(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.locator(".text")).to_contain_text("Le nord.")
    page.form.get_by_label("Habitants").fill("1 200")
    page.form.get_by_label("Votre avis").focus()
    page.press("ArrowDown")
    assert page.sent[-1]["value"] == {"drawn": "nord", "habitants": "1 200", "avis": "oui"}


def test_what_was_answered_is_shown_and_read_again(draw: Callable[..., Drawn]) -> None:
    kept = {"drawn": "nord", "habitants": 1200, "avis": "non"}
    page = draw(value=kept)
    expect(page.form.get_by_label("Habitants")).to_have_value("1200")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.sent[-1]["value"] == {**kept, "habitants": "1200"}


def test_another_file_is_asked_for_twice_and_starts_empty(draw: Callable[..., Drawn]) -> None:
    page = draw(value={"drawn": "nord", "habitants": 1200})
    before = len(page.sent)
    page.form.get_by_role("button", name="Tirer un autre dossier").click()
    expect(page.form).to_contain_text("Le dossier changera.")
    assert len(page.sent) == before
    page.form.get_by_role("button", name="Oui, un autre dossier").click()
    assert page.sent[-1]["value"] == {"then": "redraw"}
    page.set(board=show.board(FORM, "sud"), value=None)
    expect(page.form.locator(".text")).to_be_focused()
    expect(page.form.get_by_label("Habitants")).to_have_value("")
    expect(page.form.locator(".saved")).to_have_text(
        "Vos réponses au dossier précédent comptent tant que vous n’avez pas répondu ici."
    )
    page.form.get_by_label("Votre avis").select_option("oui")
    expect(page.form.locator(".saved")).to_have_text("Enregistré à 10 h 05")


def test_nothing_is_said_to_count_of_who_had_answered_nothing(draw: Callable[..., Drawn]) -> None:
    page = draw(value=None)
    page.form.get_by_role("button", name="Tirer un autre dossier").click()
    page.form.get_by_role("button", name="Oui, un autre dossier").click()
    expect(page.form.locator(".saved")).to_have_text("Rien n’est encore enregistré.")


def test_a_drawn_file_is_accessible(draw: Callable[..., Drawn]) -> None:
    draw().check_accessibility()
