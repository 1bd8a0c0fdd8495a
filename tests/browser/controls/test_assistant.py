"""The assistant's forms: nothing is sent that was not shown and agreed to; a kernel that is away is told."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.controls.conftest import Drawn

SEND: dict[str, Any] = {"form": {"widget": "send", "methods": [], "url": "", "model": "", "key": False}}
ASK: dict[str, Any] = {
    "form": {"widget": "ask", "methods": [["mots", "Par les mots"]], "url": "", "model": "", "key": False}
}


def test_a_question_gets_its_answer_and_the_focus(drawn: Drawn) -> None:
    drawn.draw("desk", ASK, reply={"reply": "<p>Une fiche.</p>"})
    drawn.form.get_by_label("Votre question").focus()
    drawn.press("S", "M", "I", "C", "Enter")
    assert drawn.sent[-1] | {"request": ""} == {
        "request": "",
        "action": "ask",
        "question": "SMIC",
        "method": "mots",
    }
    expect(drawn.form.locator(".result")).to_be_focused()
    expect(drawn.form.locator(".result")).to_have_text("Une fiche.")
    drawn.check_accessibility()


def test_an_empty_question_is_not_sent(drawn: Drawn) -> None:
    drawn.draw("desk", ASK)
    drawn.form.get_by_role("button", name="Chercher dans les fiches").click()
    expect(drawn.form.get_by_role("status")).to_have_text("Écrivez d’abord une question.")
    assert drawn.sent == []


def test_a_kernel_that_does_not_answer_is_told(drawn: Drawn) -> None:
    drawn.draw("desk", ASK, reply=None)
    drawn.form.get_by_label("Votre question").fill("SMIC")
    drawn.form.get_by_role("button", name="Chercher dans les fiches").click()
    expect(drawn.form.get_by_role("status")).to_have_text("Un instant…")
    drawn.wait(4)
    expect(drawn.form.get_by_role("status")).to_contain_text("Python ne répond pas.")
    drawn.receive(error="Le réseau ne répond pas.")
    expect(drawn.form.get_by_role("status")).to_have_text("Le réseau ne répond pas.")


def test_one_agreement_sends_once_what_was_shown_and_the_answer_comes_in_pieces(drawn: Drawn) -> None:
    drawn.draw("desk", SEND, reply=None)
    drawn.form.get_by_label("Texte à envoyer").fill("Bonjour")
    drawn.form.get_by_role("button", name="Montrer ce qui va être envoyé").click()
    drawn.receive(reply={"rows": [["Texte", "Bonjour"]], "fingerprint": "abc"})
    expect(drawn.form.locator(".preview")).to_be_focused()
    go = drawn.form.get_by_role("button", name="Envoyer", exact=True)
    expect(go).to_be_disabled()
    drawn.form.get_by_label("J’ai relu ce qui part").check()
    drawn.check_accessibility()
    go.click()
    assert drawn.sent[-1] | {"request": ""} == {"request": "", "action": "send", "agreed": "abc"}
    drawn.receive(piece="Bon")
    drawn.receive(piece="soir")
    drawn.receive(reply="")
    expect(drawn.form.locator(".said")).to_have_text("Bonsoir")
    expect(drawn.form.locator(".answer")).to_be_focused()
    expect(go).to_be_hidden()


def test_a_change_after_the_preview_asks_for_another(drawn: Drawn) -> None:
    drawn.draw("desk", SEND, reply={"reply": {"rows": [], "fingerprint": "abc"}})
    drawn.form.get_by_role("button", name="Montrer ce qui va être envoyé").click()
    drawn.form.get_by_label("J’ai relu ce qui part").check()
    drawn.form.get_by_label("Texte à envoyer").fill("Autre chose")
    expect(drawn.form.get_by_label("J’ai relu ce qui part")).to_be_hidden()
    assert [message["action"] for message in drawn.sent] == ["preview"]
