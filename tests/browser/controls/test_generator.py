"""A model to train: its cursors and its button by keyboard, what it gives, and what is kept of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.generator import show
from autograder.activities.generator.form import GeneratorForm
from tests.browser.controls.conftest import Drawn
from tests.communes import SHARE, TO_SET

Traits = Callable[..., dict[str, Any]]

RIGHT = {"order": 4, "temperature": 1}
TRAIN = "Entraîner, puis tirer"


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    """Draw a model; what it gives is told as the kernel does."""

    def make(form: GeneratorForm = TO_SET, **traits: Any) -> Drawn:
        base = panel_traits("moyenne" if form is SHARE else "unite", **traits)
        told = {"label": form["label"], "widget": "generator", "generator": show.described(form)}
        drawn.draw("generator", {**base, "form": {**base["form"], **told}}, None)
        drawn.answer({"drawn": lambda message: dict(show.drawn(form, message))})
        return drawn

    return make


def test_nothing_is_trained_before_a_learner_asks(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.locator(".result")).to_be_hidden()
    page.form.get_by_role("slider", name="Température").press("ArrowRight")
    expect(page.form.locator(".result")).to_be_hidden()
    assert [one for one in page.sent if one["action"] == "drawn"] == []


def test_a_setting_is_found_by_keyboard(draw: Callable[..., Drawn]) -> None:
    page = draw()
    expect(page.form.locator(".goal li")).to_have_count(2)
    page.form.get_by_role("button", name=TRAIN).press("Enter")
    expect(page.form.locator("dd").last).to_have_text("1 sur 2\u202f000, soit 0,1\u00a0% (il faut 90\u00a0%)")
    page.form.get_by_role("slider", name="Température").press("ArrowRight")
    expect(page.form.locator("dd").last).to_contain_text("(but atteint)")
    page.form.get_by_role("slider", name="Le modèle regarde").press("ArrowRight")
    expect(page.form.locator(".result .real").first).to_have_text("Le Grès")
    expect(page.form.locator(".said")).to_contain_text("Noms inventés et crédibles\u00a0: 1\u202f555 sur")
    assert page.saved == RIGHT


def test_another_draw_gives_other_names_and_the_same_answer(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    expect(page.form.locator(".result li").first).to_contain_text("Fontaillas inventé")
    page.form.get_by_role("button", name="autres noms").click()
    expect(page.form.locator(".result li").first).not_to_contain_text("Fontaillas")
    assert page.saved == RIGHT


def test_an_answer_that_is_erased_is_no_setting(draw: Callable[..., Drawn]) -> None:
    page = draw(value=RIGHT)
    page.form.get_by_role("button", name="Effacer ma réponse").click()
    expect(page.form.locator(".result")).to_be_hidden()
    expect(page.form.get_by_role("button", name=TRAIN)).to_be_visible()
    assert page.saved is None


def test_a_share_is_read_in_the_model_and_written_below(draw: Callable[..., Drawn]) -> None:
    page = draw(SHARE)
    expect(page.form.get_by_role("slider")).to_have_count(0)
    page.form.get_by_role("button", name=TRAIN).click()
    expect(page.form.locator("dd")).to_have_text("99 sur 2\u202f000, soit 5,0\u00a0%")
    page.form.locator("input.entry").fill("95")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.saved == "95"


@pytest.mark.parametrize("width", [683, 320])
def test_nothing_overflows_when_the_page_is_enlarged(draw: Callable[..., Drawn], width: int) -> None:
    page = draw(value=RIGHT)
    page.page.set_viewport_size({"width": width, "height": 384})
    expect(page.form.locator(".result li").first).to_be_visible()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("form", [TO_SET, SHARE])
def test_it_is_accessible(draw: Callable[..., Drawn], form: GeneratorForm) -> None:
    page = draw(form)
    page.form.get_by_role("button", name=TRAIN).click()
    expect(page.form.locator(".result li").first).to_be_visible()
    page.check_accessibility()
