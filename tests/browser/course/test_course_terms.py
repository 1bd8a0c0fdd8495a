"""A term of the glossary in the course view: its definition shows under the pointer, with the focus and by touch (WCAG 1.4.13)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.course.conftest import Shown

TEXT = (
    '<div class="jp-RenderedHTMLCommon"><h2>Une ligne</h2>'
    '<p>La <span class="campus-term" title="Valeur du milieu.">médiane</span> et la '
    '<span class="campus-term" title="Total partagé en parts égales.">moyenne</span>.</p><p><a href="#">Lien</a></p></div>'
)
CELL = {"id": "titre", "kind": "markdown", "step": 0, "role": "prose", "text": TEXT}


@pytest.fixture
def course(shown: Shown) -> Shown:
    shown.show(["Une ligne"], [CELL])
    return shown


def term(course: Shown, name: str = "médiane") -> Locator:
    return course.page.get_by_role("button", name=name, exact=True)


def tip(course: Shown, text: str = "Valeur du milieu.") -> Locator:
    return course.page.get_by_role("tooltip").filter(has_text=text)


def test_a_term_is_a_button_described_by_its_definition(course: Shown) -> None:
    expect(term(course)).to_have_accessible_description("Valeur du milieu.")
    expect(term(course)).not_to_have_attribute("title", "Valeur du milieu.")
    expect(tip(course)).to_have_count(0)
    assert "La médiane et la moyenne." in course.cell("titre").inner_text()


def test_the_keyboard_shows_a_definition_and_escape_closes_it_without_moving(course: Shown) -> None:
    course.page.keyboard.press("Tab")
    expect(term(course)).to_be_focused()
    expect(tip(course)).to_be_visible()
    course.page.keyboard.press("Escape")
    expect(tip(course)).to_have_count(0)
    expect(term(course)).to_be_focused()
    course.page.keyboard.press("Enter")
    expect(tip(course)).to_be_visible()
    course.page.keyboard.press("Tab")
    expect(tip(course)).to_have_count(0)
    expect(tip(course, "Total partagé")).to_be_visible()


def test_the_pointer_may_go_to_the_definition_which_leaves_after_it(course: Shown) -> None:
    term(course).hover()
    expect(tip(course)).to_be_visible()
    tip(course).hover()
    course.wait(1)
    expect(tip(course)).to_be_visible()
    course.page.get_by_role("link", name="Lien").hover()
    course.wait(1)
    expect(tip(course)).to_have_count(0)


def test_escape_closes_what_the_pointer_opened(course: Shown) -> None:
    term(course).hover()
    course.page.keyboard.press("Escape")
    expect(tip(course)).to_have_count(0)


def test_one_definition_at_a_time_and_a_click_elsewhere_closes_it(course: Shown) -> None:
    term(course).click()
    term(course, "moyenne").click()
    expect(tip(course)).to_have_count(0)
    expect(tip(course, "Total partagé")).to_be_visible()
    course.page.get_by_role("heading", name="Une ligne").click()
    expect(tip(course, "Total partagé")).to_have_count(0)


def test_a_text_drawn_again_has_its_terms_again(course: Shown) -> None:
    course.output("titre").evaluate("(node, text) => node.innerHTML = text", TEXT)
    term(course).focus()
    expect(tip(course)).to_be_visible()


@pytest.mark.parametrize("size", [(683, 384), (1280, 900)])
def test_a_definition_stays_in_the_window_and_passes_axe(course: Shown, size: tuple[int, int]) -> None:
    course.page.set_viewport_size({"width": size[0], "height": size[1]})
    term(course).focus()
    box = tip(course).bounding_box()
    assert (
        box and box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    )
    course.check_accessibility()


def test_the_menu_leads_to_the_glossary(course: Shown) -> None:
    course.press("Menu")
    course.press("Glossaire")
    assert "glossary" in course.did
