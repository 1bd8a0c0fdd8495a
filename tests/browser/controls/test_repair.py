"""A chart to repair: drawn again at each change, by keyboard, with its words and its table."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.repair import show
from tests.browser.controls.conftest import Drawn

Traits = Callable[..., dict[str, Any]]

FORM: Any = {
    "data": [{"annee": 2018, "tues": 3248}, {"annee": 2019, "tues": 3244}, {"annee": 2020, "tues": 2541}],
    "across": "annee",
    "series": {"tues": "Tués"},
    "settings": {
        "title": {
            "start": "cri",
            "options": {
                "cri": "<img src=x onerror=alert(1)>",
                "fait": "Tués sur les routes de métropole, de 2018 à 2020",
            },
        },
        "kind": {"start": "pie"},
        "axis": {"start": "cut"},
        "source": {"start": "rien", "options": {"rien": "", "onisr": "Source\u00a0: ONISR"}},
    },
}
KEPT = {"title": "fait", "kind": "bar", "axis": "zero", "source": "onisr"}


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    """Draw a chart to repair; it is drawn again as the kernel does."""

    def make(**traits: Any) -> Drawn:
        base = panel_traits("unite", **traits)
        told = {"label": "Réparez ce graphique.", "widget": "repair", "repair": show.described(FORM)}
        drawn.draw("repair", {**base, "form": {**base["form"], **told}}, None)
        drawn.answer({"drawn": lambda message: str(show.drawn(FORM, message))})
        return drawn

    return make


def test_a_setting_is_changed_by_keyboard_and_the_chart_drawn_again(draw: Callable[..., Drawn]) -> None:
    page = draw()
    assert "Graphique en secteurs" in (page.form.get_by_role("img").get_attribute("aria-label") or "")
    page.form.get_by_label("Type de graphique").focus()
    page.press("ArrowUp", "ArrowUp", "Tab", "ArrowUp")
    expect(page.form.locator(".told")).to_have_text("Graphique redessiné\u00a0: 2 réglages changés.")
    said = page.form.get_by_role("img").get_attribute("aria-label") or ""
    assert "Graphique en barres" in said and "va de 0 à 4" in said
    assert page.saved == {**KEPT, "title": "cri", "source": "rien"}
    page.form.get_by_role("radio", name="Tués sur les routes", exact=False).check()
    expect(page.form.locator("svg text", has_text="Tués sur les routes")).to_be_visible()


def test_a_saved_answer_is_drawn_and_read_again(draw: Callable[..., Drawn]) -> None:
    page = draw(value=KEPT)
    expect(page.form.locator(".told")).to_have_text("Graphique redessiné\u00a0: 4 réglages changés.")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.saved == KEPT


def test_the_chart_as_it_is_found_is_no_answer(draw: Callable[..., Drawn]) -> None:
    page = draw(value=KEPT)
    page.form.get_by_role("button", name="Effacer ma réponse").click()
    expect(page.form.locator(".told")).to_contain_text("Graphique de départ.")
    assert page.saved is None
    expect(page.form.locator("svg text").first).to_have_text("<img src=x onerror=alert(1)>")


def test_the_table_stays_open_when_the_chart_is_drawn_again(draw: Callable[..., Drawn]) -> None:
    page = draw()
    page.form.get_by_text("Les valeurs, et ce que montre le graphique").click()
    page.form.get_by_label("Type de graphique").select_option("bar")
    expect(page.form.locator(".told")).to_have_text("Graphique redessiné\u00a0: 1 réglage changé.")
    expect(page.form.get_by_role("cell", name="3\u202f248")).to_be_visible()


@pytest.mark.parametrize("width", [683, 320])
def test_nothing_overflows_when_the_page_is_enlarged(draw: Callable[..., Drawn], width: int) -> None:
    page = draw(value=KEPT)
    page.page.set_viewport_size({"width": width, "height": 384})
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_accessible(draw: Callable[..., Drawn]) -> None:
    page = draw(value=KEPT)
    page.form.get_by_text("Les valeurs, et ce que montre le graphique").click()
    expect(page.form.locator(".told")).not_to_be_empty()
    page.check_accessibility()


def test_a_setting_that_changes_nothing_is_closed_and_says_why(draw: Callable[..., Drawn]) -> None:
    page = draw()
    axis = page.form.get_by_label("Axe des valeurs", exact=True)
    expect(axis).to_be_disabled()
    expect(axis).to_have_accessible_description("Sans effet ici\u00a0: des secteurs n’ont pas d’axe.")
    expect(page.form.locator(".told")).to_have_text(
        "Graphique de départ. Axe des valeurs. Sans effet ici\u00a0: des secteurs n’ont pas d’axe."
    )
    page.check_accessibility()
    page.form.get_by_label("Type de graphique").select_option("bar")
    expect(axis).to_be_enabled()
    expect(axis).to_have_accessible_description("")
    expect(page.form.locator(".told")).to_have_text("Graphique redessiné\u00a0: 1 réglage changé.")
