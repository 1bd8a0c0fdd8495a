"""A file to restore: copies opened and restored by keyboard, a fingerprint, a line of the register."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.restore import fingerprint, show
from tests.browser.controls.conftest import SAVED, Drawn
from tests.restored import FORM, GOOD

Traits = Callable[..., dict[str, Any]]
PRINT = fingerprint.short(fingerprint.of(GOOD))
RIGHT = {"copy": "b", "line": "y"}
BEFORE = {"restored": 0, "fingerprint": ""}
VERIFIED = {"restored": 1, "fingerprint": PRINT}


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    def make(form: Any = FORM, reply: Any = SAVED, **traits: Any) -> Drawn:
        base = panel_traits("unite", board={}, **{"ledger": BEFORE, **traits})
        told = {"label": "Restaurez la liste.", "widget": "restore", "restore": show.described(form)}
        drawn.draw("restore", {**base, "form": {**base["form"], **told}}, reply)
        return drawn

    return make


def button(page: Drawn, name: str) -> Any:
    return page.form.get_by_role("button", name=name)


def test_a_copy_is_opened_then_restored_by_keyboard(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.locator(".state")).to_contain_text("pas encore restauré")
    button(page, "Ouvrir : mardi").focus()
    page.press("Enter")
    expect(page.form.get_by_role("heading", name="Contenu : mardi")).to_be_focused()
    expect(page.form.locator("pre")).to_have_text(GOOD)
    button(page, "Restaurer : mardi").focus()
    page.press("Enter")
    assert page.sent[-1]["value"] == {"then": "restore", "copy": "b"}


def test_what_the_kernel_did_is_shown_before_it_replies(draw: Callable[..., Drawn]) -> None:
    page = draw(value={"copy": "c", "line": "y"}, reply=None)
    page.receive(**SAVED)
    button(page, "Restaurer : mardi").click()
    page.set(
        value={"copy": "b"}, ledger={"restored": 1, "fingerprint": ""}
    )  # the traits come before the reply
    page.receive(**SAVED)
    expect(page.form.locator(".state")).to_contain_text("restauré depuis «\u00a0mardi\u00a0» (au coffre)")
    button(page, "Vérifier ma réponse").click()
    assert page.sent[-1]["value"] == {"copy": "b"}, "what was declared of the other copy is forgotten"


def test_the_register_is_compared_with_once_the_fingerprint_is_there(draw: Callable[..., Drawn]) -> None:
    page = draw(value={"copy": "b"})
    choice = page.form.get_by_label("Votre fichier est identique à")
    expect(choice).to_be_hidden()
    button(page, "Calculer l’empreinte").click()
    assert page.sent[-1]["value"] == {"then": "verify"}
    page.set(ledger=VERIFIED)
    expect(page.form.locator(".state")).to_contain_text(f"Son empreinte\u00a0: {PRINT}…")
    choice.select_option("y")
    assert page.sent[-1]["value"] == RIGHT


def test_a_saved_answer_is_shown_read_again_and_erased(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    expect(page.form.get_by_label("Votre fichier est identique à")).to_have_value("y")
    button(page, "Vérifier ma réponse").click()
    assert page.sent[-1]["value"] == RIGHT
    button(page, "Effacer ma réponse").click()
    assert page.sent[-1]["value"] is None
    expect(page.form.locator(".state")).to_contain_text("pas encore restauré")


def test_what_a_copy_holds_is_shown_as_text(draw: Callable[..., Drawn]) -> None:
    held = "<img src=x onerror=alert(1)>"
    copies = [{**FORM["copies"][0], "name": held, "text": held}, *FORM["copies"][1:]]
    page = draw({**FORM, "copies": copies})
    button(page, f"Ouvrir : {held}").click()
    expect(page.form.locator("pre")).to_have_text(held)


@pytest.mark.parametrize("width", [683, 320])
def test_nothing_overflows_when_the_page_is_enlarged(draw: Callable[..., Drawn], width: int) -> None:
    page = draw(value=RIGHT, ledger=VERIFIED)
    button(page, "Ouvrir : mardi").click()
    page.page.set_viewport_size({"width": width, "height": 384})
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_accessible(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT, ledger=VERIFIED)
    button(page, "Ouvrir : mardi").click()
    page.check_accessibility()
