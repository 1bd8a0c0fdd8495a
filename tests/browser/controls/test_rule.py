"""A rule: written by keyboard, what it does told at each change, a threshold set by its slider or its number."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.rule import show
from tests.browser.controls.conftest import Drawn

Traits = Callable[..., dict[str, Any]]

ROWS = [
    {"demande": "A", "montant": 1500, "depot": "papier", "suite": "à relire"},
    {"demande": "B", "montant": 950, "depot": "papier", "suite": "à relire"},
    {"demande": "C", "montant": 1400, "depot": "en ligne", "suite": "en ordre"},
    {"demande": "<img src=x onerror=alert(1)>", "montant": 200, "depot": "papier", "suite": "en ordre"},
]
FORMS: dict[str, Any] = {
    "conditions": {
        "rows": ROWS,
        "sought": {"suite": "à relire"},
        "criteria": {"montant": "Montant (€)", "depot": "Dépôt"},
        "goal": {"missed": 0, "wrong": 0},
        "conditions": 2,
    },
    "threshold": {
        "rows": ROWS,
        "sought": {"suite": "à relire"},
        "criteria": {"montant": "Montant"},
        "goal": {"missed": 0, "wrong": 1},
        "threshold": {"test": "ge", "min": 0, "max": 2000, "step": 50, "unit": "€"},
        "cost": {"caught": 5, "missed": 20, "unit": "minutes"},
    },
}
KEPT: dict[str, Any] = {
    "conditions": {"join": "all", "conditions": [["montant", "ge", 900], ["depot", "eq", "papier"]]},
    "threshold": 900,
}


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    """Draw a rule to write; what it does is told as the kernel does."""

    def make(name: str, **traits: Any) -> Drawn:
        form = FORMS[name]
        base = panel_traits("unite", **traits)
        told = {"label": "Que faut-il relire&nbsp;?", "widget": "rule", "rule": show.described(form)}
        drawn.draw("rule", {**base, "form": {**base["form"], **told}}, None)
        drawn.answer({"tried": lambda message: show.tried(form, message)})
        return drawn

    return make


SHADE = "getComputedStyle(document.querySelector('.campus-table'), '::after').opacity"


def test_a_table_that_goes_on_below_shows_it(draw: Callable[..., Drawn]) -> None:
    page = draw("conditions").page
    page.clock.resume()
    page.wait_for_function(f"{SHADE} == 0")  # all of it is in sight
    page.set_viewport_size({"width": 683, "height": 200})
    page.wait_for_function(f"{SHADE} > 0.5")
    page.locator(".campus-table").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    page.wait_for_function(f"{SHADE} < 0.1")


def test_a_rule_is_written_by_keyboard(draw: Callable[..., Drawn]) -> None:
    page = draw("conditions")
    expect(page.form.locator(".counts")).to_contain_text("Aucune règle encore.")
    page.form.get_by_label("Colonne").focus()
    page.press("ArrowDown", "Tab", "Tab", *"900", "Tab")
    page.form.get_by_role("button", name="Ajouter une condition").focus()
    page.press("Enter")
    expect(page.form.get_by_label("Colonne").nth(1)).to_be_focused()
    page.press("ArrowDown", "ArrowDown", "Tab", "Tab", "ArrowDown", "ArrowDown")
    expect(page.form.locator(".counts")).to_contain_text(
        "2 lignes retenues sur 4\u00a0: 2 à raison, 0 fausse alerte."
    )
    expect(page.form.locator(".counts")).to_contain_text("Le but est atteint.")
    assert page.saved == {
        "join": "all",
        "conditions": [["montant", "ge", "900"], ["depot", "eq", "papier"]],
    }


def test_each_row_says_what_becomes_of_it(draw: Callable[..., Drawn]) -> None:
    page = draw("conditions", value={"join": "all", "conditions": [["montant", "ge", 1000]]})
    states = page.form.locator("td.state")
    expect(states).to_have_text(["retenue, à raison", "manquée", "fausse alerte", "laissée, à raison"])
    expect(page.form.locator(".counts")).to_contain_text("Le but n’est pas encore atteint.")
    expect(page.form.get_by_role("cell", name="<img src=x onerror=alert(1)>")).to_be_visible()


@pytest.mark.parametrize("name", FORMS)
def test_a_saved_answer_is_shown_and_read_again(draw: Callable[..., Drawn], name: str) -> None:
    page = draw(name, value=KEPT[name])
    expect(page.form.locator(".counts")).to_contain_text("Le but est atteint.")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert str(page.saved) == str(KEPT[name]).replace("900", "'900'" if name == "conditions" else "900")


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_an_answer_before_something_is_set(draw: Callable[..., Drawn], name: str) -> None:
    page = draw(name)
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.saved is None


def test_a_condition_that_is_not_whole_does_not_count(draw: Callable[..., Drawn]) -> None:
    page = draw("conditions", value=KEPT["conditions"])
    page.form.get_by_label("Valeur").first.fill("")
    expect(page.form.locator(".counts")).to_contain_text("La condition 1 est incomplète")
    expect(page.form.locator(".counts")).to_contain_text("3 lignes retenues")


def test_conditions_are_removed_and_joined_otherwise(draw: Callable[..., Drawn]) -> None:
    page = draw("conditions", value=KEPT["conditions"])
    expect(page.form.get_by_role("button", name="2 conditions au plus")).to_have_attribute(
        "aria-disabled", "true"
    )
    page.form.get_by_label("au moins une de ces conditions").check()
    expect(page.form.locator(".counts")).to_contain_text("4 lignes retenues")
    page.form.get_by_role("button", name="Retirer la condition 1").click()
    expect(page.form.get_by_label("Colonne")).to_be_focused()
    expect(page.form.get_by_label("au moins une de ces conditions")).to_be_hidden()
    assert page.saved["conditions"] == [["depot", "eq", "papier"]]


def test_a_threshold_is_set_by_its_slider_and_by_its_number(draw: Callable[..., Drawn]) -> None:
    page = draw("threshold")
    page.form.get_by_role("slider").focus()
    page.press("Home", "ArrowRight")
    expect(page.form.get_by_role("textbox")).to_have_value("50")
    expect(page.form.locator(".counts")).to_contain_text("4 lignes retenues sur 4")
    expect(page.form.locator(".counts")).to_contain_text("Coût\u00a0: 20 minutes")
    page.form.get_by_role("textbox").fill("900")
    expect(page.form.get_by_role("slider")).to_have_value("900")
    expect(page.form.locator(".counts")).to_contain_text(
        "3 lignes retenues sur 4\u00a0: 2 à raison, 1 fausse alerte."
    )


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("width", [683, 320])
def test_nothing_overflows_when_the_page_is_enlarged(
    draw: Callable[..., Drawn], name: str, width: int
) -> None:
    page = draw(name, value=KEPT[name])
    page.page.set_viewport_size({"width": width, "height": 384})
    expect(page.form.locator("td.state").first).not_to_be_empty()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", FORMS)
def test_each_way_is_accessible(draw: Callable[..., Drawn], name: str) -> None:
    page = draw(name, value=KEPT[name])
    expect(page.form.locator("td.state").first).not_to_be_empty()
    page.check_accessibility()
