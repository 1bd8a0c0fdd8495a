"""An estimator: drawn, given and typed secrets by keyboard, and a typed word that goes nowhere."""

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.estimator import show
from autograder.activities.estimator.form import LOWER, MOST, POOLS, EstimatorForm
from tests.browser.controls.conftest import SAVED, Drawn
from tests.canary import CANARY, pieces_in

Traits = Callable[..., dict[str, Any]]

FORM: EstimatorForm = {
    "label": "Combien de signes ?",
    "pools": ["lower-digits", "digits", "all"],
    "lists": {"mots d’une liste": 7776},
    "words": [
        {"text": "azerty", "rank": 358},
        {"text": "<img src=x onerror=alert(1)>", "rank": 9000},
    ],
    "counted": "signes",
    "target": 80,
}
ANSWER = "4817,25"
SPY = """() => {
    window.written = [];
    const set = model.set;
    model.set = (changes) => { written.push(changes); set.call(model, changes); };
    model.save_changes = () => written.push("save_changes");
}"""


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    def make(form: EstimatorForm = FORM, reply: dict[str, Any] = SAVED, **traits: Any) -> Drawn:
        base = panel_traits("moyenne", **traits)
        told = {"label": form["label"], "widget": "estimator", "estimator": show.described(form)}
        drawn.draw("estimator", {**base, "form": {**base["form"], **told}}, reply)
        return drawn

    return make


def said(page: Drawn) -> str:
    """What the estimator says, with ordinary spaces."""
    text = page.form.locator(".said").inner_text() + " " + page.form.locator(".reached").inner_text()
    return " ".join(text.split())


def french(bits: float) -> str:
    return f"{bits:.1f}".replace(".", ",") + " bits"


def type_canary(page: Drawn) -> None:
    page.form.get_by_label("un texte que j’invente").check()
    page.form.get_by_label("Texte inventé").focus()
    page.page.keyboard.type(CANARY)


def test_a_draw_is_set_by_keyboard_and_says_what_it_lacks(draw: Callable[..., Drawn]) -> None:
    page = draw()
    assert f"Formule : 8 signes × {french(math.log2(36))} (36 possibilités chacun)" in said(page)
    assert f"Il manque {french(80 - 8 * math.log2(36))} pour atteindre 80,0 bits." in said(page)
    slider = page.form.get_by_role("slider", name="Nombre de tirages")
    slider.focus()
    page.press("End")
    assert slider.get_attribute("aria-valuetext") == f"{MOST} signes"
    page.press("Home", *["ArrowRight"] * 15)
    assert said(page).endswith("Les 80,0 bits à atteindre y sont.")
    page.press("ArrowLeft")
    assert "Il manque" in said(page)
    assert [message["action"] for message in page.sent] == ["hello"], "trying is no answer"


def test_another_pool_gives_other_bits_and_a_list_gives_words(draw: Callable[..., Drawn]) -> None:
    page = draw()
    page.form.get_by_label("On tire parmi").select_option("chiffres (10)")
    assert french(8 * math.log2(10)) in said(page)
    page.form.get_by_label("On tire parmi").select_option(index=3)
    assert f"8 mots × {french(math.log2(7776))}" in said(page)
    expect(page.form.get_by_role("button", name="Tirer un exemple")).to_be_hidden()


def test_an_example_is_drawn_from_the_signs_and_forgotten_with_the_setting(
    draw: Callable[..., Drawn],
) -> None:
    page = draw()
    page.form.get_by_role("button", name="Tirer un exemple").click()
    example = page.form.locator(".example code")
    first = example.inner_text()
    assert len(first) == 8 and set(first) <= set(POOLS["lower-digits"][1])
    expect(page.form.locator(".example")).to_contain_text("ne vous en servez pas")
    page.form.get_by_role("button", name="Tirer un exemple").click()
    assert example.inner_text() != first
    page.form.get_by_role("slider").press("ArrowRight")
    expect(page.form.locator(".example")).to_be_hidden()
    assert [message["action"] for message in page.sent] == ["hello"]


def test_a_common_password_is_worth_its_rank(draw: Callable[..., Drawn]) -> None:
    page = draw()
    page.form.get_by_label("un mot de passe courant").check()
    assert french(6 * math.log2(26)) in said(page)
    assert (
        f"rang 358 : l’attaquant le trouve en 358 essais, comme un secret de {french(math.log2(358))}"
        in said(page)
    )
    assert f"Il manque {french(80 - math.log2(358))}" in said(page)
    expect(page.form.locator(".bar.real")).to_contain_text("rang")
    expect(page.form.get_by_role("slider")).to_be_hidden()
    page.form.get_by_label("Mot de passe courant", exact=True).select_option(index=1)
    assert "rang 9 000" in said(page)
    expect(page.form.locator("img")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "size"),
    [("abc", 26), ("Abc", 52), ("abc1", 36), ("1234", 10), ("été", 26 + 37), ("aB1!", 99), ("a b", 63)],
)
def test_a_text_that_is_made_up_is_worth_at_most_its_signs(
    draw: Callable[..., Drawn], text: str, size: int
) -> None:
    page = draw()
    page.form.get_by_label("un texte que j’invente").check()
    assert "Rien à estimer encore." in said(page)
    expect(page.form.locator(".warning strong")).to_have_text("N’écrivez jamais un vrai mot de passe")
    page.form.get_by_label("Texte inventé").fill(text)
    assert french(len(text) * math.log2(size)) in said(page) and "ce nombre est un plafond" in said(page)


def test_a_long_text_is_never_said_to_reach_the_target(draw: Callable[..., Drawn]) -> None:
    page = draw()
    page.form.get_by_label("un texte que j’invente").check()
    page.form.get_by_label("Texte inventé").fill("Marseille13!")
    assert said(page).endswith("Il manque au moins 0,4 bit pour atteindre 80,0 bits.")
    page.form.get_by_label("Texte inventé").fill("Marseille2013!")
    assert said(page).endswith("Rien ne dit que les 80,0 bits y sont : ce texte est choisi, et non tiré.")


def test_the_answer_alone_is_kept_and_read_again(draw: Callable[..., Drawn]) -> None:
    page = draw(value=16)
    expect(page.form.get_by_label("Combien de signes ?")).to_have_value("16")
    page.form.get_by_label("Combien de signes ?").fill(ANSWER)
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.sent[-1]["value"] == ANSWER
    page.form.get_by_role("button", name="Effacer ma réponse").click()
    assert page.sent[-1]["value"] is None


def test_without_words_there_is_no_way_to_choose(draw: Callable[..., Drawn]) -> None:
    plain: EstimatorForm = {"label": "Combien ?", "pools": ["digits"], "counted": "chiffres", "target": 13}
    page = draw(plain)
    expect(page.form.get_by_role("radio")).to_have_count(0)
    expect(page.form.get_by_label("Texte inventé")).to_have_count(0)


def test_a_word_typed_in_the_free_field_goes_nowhere_and_the_answer_does(draw: Callable[..., Drawn]) -> None:
    """The same search, in the same places: it finds nothing of the word, and the answer."""
    page = draw()
    requests: list[str] = []
    page.page.on("request", lambda request: requests.append(request.url))
    page.page.evaluate(SPY)
    type_canary(page)
    assert "20 signes" in said(page), "the word was read by the page"
    page.press("Enter")
    assert [message["action"] for message in page.sent] == ["hello"], "Enter in the field checks nothing"
    page.form.get_by_label("Combien de signes ?").fill(ANSWER)
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    page.page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.page.evaluate("model.relinked()")
    page.wait(60)
    gone = json.dumps(page.sent)
    assert pieces_in(CANARY, gone) == set() and pieces_in(ANSWER, gone) != set()
    kept = page.page.evaluate(
        "['form', 'value', 'verdict', 'outdated', 'notice'].map((name) => model.get(name))"
    )
    assert pieces_in(CANARY, json.dumps(kept)) == set()
    assert page.page.evaluate("written") == [] and requests == []


def test_the_free_field_is_neither_completed_nor_corrected_nor_marked_wrong(
    draw: Callable[..., Drawn],
) -> None:
    page = draw(reply={"error": "Écrivez un nombre."})
    type_canary(page)
    field = page.form.get_by_label("Texte inventé")
    for name, value in {"autocomplete": "off", "autocorrect": "off", "spellcheck": "false"}.items():
        expect(field).to_have_attribute(name, value)
    assert field.get_attribute("name") is None
    page.form.get_by_label("Combien de signes ?").fill("beaucoup")
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(page.form.get_by_label("Combien de signes ?")).to_have_attribute("aria-invalid", "true")
    assert field.get_attribute("aria-invalid") is None


WAYS = ["un secret tiré au hasard", "un mot de passe courant", "un texte que j’invente"]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_accessible_and_fits_when_enlarged(draw: Callable[..., Drawn], way: str) -> None:
    page = draw()
    page.form.get_by_label(way).check()
    if way == WAYS[-1]:
        page.form.get_by_label("Texte inventé").fill(LOWER)
    for width in (683, 320):
        page.page.set_viewport_size({"width": width, "height": 384})
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.check_accessibility()
