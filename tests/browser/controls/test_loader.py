"""What a saved notebook carries: it finds the script on the server, else with the kernel, and says so while it waits."""

from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.forms.page import assets
from tests.browser.controls.conftest import Drawn

TRAITS: dict[str, Any] = {
    "page": "form-12345678.js",
    "form": {
        "widget": "explore",
        "explorer": {"start": "communes", "tests": [], "summaries": [], "others": {}},
    },
}
WAITING = "Formulaire en attente de Python : exécutez cette cellule (Maj + Entrée)."


def test_where_the_script_is_served_nothing_is_asked_of_the_kernel(drawn: Drawn) -> None:
    drawn.page.evaluate(
        """script => {
            asked = [];
            window.campusPage = file => {
                asked.push(file);
                return import(URL.createObjectURL(new Blob([script], {type: "text/javascript"})));
            };
        }""",
        assets.bundle("explorer").text,
    )
    drawn.draw("loader", TRAITS, reply=None)
    expect(drawn.form).to_be_visible()
    assert drawn.page.evaluate("asked") == ["form-12345678.js"]
    assert [message["action"] for message in drawn.sent] == ["explore"]  # the explorer's own


@pytest.mark.parametrize("served", ["undefined", "() => Promise.resolve(null)"])
def test_elsewhere_the_kernel_sends_the_script(drawn: Drawn, served: str) -> None:
    """In another Jupyter, or where the server has another version than the kernel."""
    drawn.page.evaluate(f"void (window.campusPage = {served})")
    drawn.draw("loader", TRAITS, reply=None)
    expect(drawn.page.get_by_text(WAITING)).to_be_visible()
    assert drawn.sent == [{"request": "", "action": "page"}]
    drawn.receive(page=assets.bundle("explorer").text)
    expect(drawn.form).to_be_visible()
    expect(drawn.page.get_by_text(WAITING)).to_have_count(0)


def test_a_notebook_reopened_without_its_kernel_asks_again_when_there_is_one(drawn: Drawn) -> None:
    drawn.draw("loader", TRAITS, reply=None)
    drawn.page.evaluate("model.relinked()")
    assert drawn.sent == [{"request": "", "action": "page"}] * 2
    drawn.receive(page=assets.bundle("explorer").text)
    drawn.receive(page=assets.bundle("explorer").text)
    expect(drawn.page.locator(".campus-form")).to_have_count(1)
