"""A file to generalise: its cursors by keyboard, what they give, and what is kept of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.generalise import show
from tests.browser.controls.conftest import Drawn
from tests.readers import READERS

Traits = Callable[..., dict[str, Any]]

RIGHT = {"lieu": "ville", "age": "tranche"}


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    """Draw a file to generalise; what its cursors give is told as the kernel does."""

    def make(**traits: Any) -> Drawn:
        base = panel_traits("unite", **traits)
        told = {"label": "Réglez ce fichier.", "widget": "generalise", "generalise": show.described(READERS)}
        drawn.draw("generalise", {**base, "form": {**base["form"], **told}}, None)
        drawn.answer({"tried": lambda message: dict(show.tried(READERS, message))})
        return drawn

    return make


def test_cursors_move_by_keyboard_and_the_file_is_told_again(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.locator("dd").first).to_have_text("1\u00a0: trop petit, il en faut 5")
    page.form.get_by_role("slider", name="Naissance").focus()
    page.press("ArrowRight")
    expect(page.form.locator(".said")).to_have_text(
        "Plus petit groupe\u00a0: 3. 2 questions possibles sur 2."
    )
    assert page.form.get_by_role("slider").get_attribute("aria-valuetext") == "une tranche de dix ans"
    page.form.get_by_role("radio", name="<b>la ville</b>").check()
    expect(page.form.locator("dd").first).to_have_text("8\u00a0: assez grand")
    expect(page.form.locator(".asked li").first).to_contain_text("n’est plus possible")
    expect(page.form.locator(".asked li").last).to_contain_text("(demandée) possible")
    assert page.saved == RIGHT


def test_a_cursor_has_one_name_one_control_and_its_value_in_words(draw: Callable[..., Drawn]) -> None:
    page = draw()
    cursor = page.form.locator("[data-cursor=age]")
    expect(cursor.locator("input, select, button")).to_have_count(1)
    slider = cursor.get_by_role("slider")
    expect(slider).to_have_accessible_name("Naissance")
    slider.focus()
    steps = [words for _, words in READERS["cursors"]["age"]["steps"].items()]
    for key, words in (
        ("End", steps[-1]),
        ("Home", steps[0]),
        ("ArrowUp", steps[1]),
        ("ArrowLeft", steps[0]),
    ):
        page.press(key)
        expect(slider).to_have_attribute("aria-valuetext", words)
        expect(cursor.locator("output")).to_have_text(words)


def test_the_rule_is_written_before_the_cursors(draw: Callable[..., Drawn]) -> None:
    rule = draw().form.locator(".goal li")
    expect(rule).to_have_count(3)
    expect(rule.nth(1)).to_have_text(
        "Le fichier répond encore à «\u00a0Quels âges lisent le plus\u00a0?\u00a0»."
    )


def test_a_saved_answer_is_shown_and_read_again(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    expect(page.form.locator("dd").first).to_have_text("8\u00a0: assez grand")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.saved == RIGHT


def test_the_file_as_it_is_found_is_no_answer(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    page.form.get_by_role("button", name="Effacer ma réponse").click()
    expect(page.form.locator("dd").first).to_have_text("1\u00a0: trop petit, il en faut 5")
    assert page.saved is None


def test_the_table_stays_open_when_a_cursor_moves(draw: Callable[..., Drawn]) -> None:
    page = draw()
    page.form.get_by_text("Les valeurs de ce diagramme").click()
    page.form.get_by_role("radio", name="<b>la ville</b>").check()
    expect(page.form.locator(".said")).to_contain_text("1 question possible sur 2")
    expect(page.form.get_by_role("cell", name="24")).to_be_visible()


@pytest.mark.parametrize("width", [683, 320])
def test_nothing_overflows_when_the_page_is_enlarged(draw: Callable[..., Drawn], width: int) -> None:
    page = draw(value=RIGHT)
    page.page.set_viewport_size({"width": width, "height": 384})
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_accessible(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    page.form.get_by_text("Les valeurs de ce diagramme").click()
    expect(page.form.locator(".said")).not_to_be_empty()
    page.check_accessibility()
