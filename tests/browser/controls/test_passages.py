"""Passages of a document: clicked by keyboard, given a label, shown again, wrapped as the text is."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.activities.passages import show
from autograder.activities.passages.form import PassagesForm
from tests.browser.controls.conftest import Drawn

Traits = Callable[..., dict[str, Any]]

DOCUMENT = """**De :** [nom]{Service informatique}\\
**Objet :** [objet]{Votre compte}

## Un titre

- [urgence]{Votre compte sera **supprimé ce soir** si vous ne confirmez pas votre mot de passe, sans autre avertissement de notre part.}
- [balise]{<img src=x onerror=alert(1)>}
"""
KEPT: dict[str, Any] = {
    "one": "objet",
    "several": ["nom", "urgence"],
    "label": {"nom": "faux", "urgence": "flou"},
}
COUNTED = {"one": "1 passage choisi", "several": "2 passages choisis", "label": "2 passages étiquetés"}


def form_of(pick: Any) -> PassagesForm:
    form: PassagesForm = {"label": "Cliquez.", "document": DOCUMENT, "pick": pick}
    return {**form, "labels": {"faux": "Faux", "flou": "Flou"}} if pick == "label" else form


@pytest.fixture
def draw(drawn: Drawn, panel_traits: Traits) -> Callable[..., Drawn]:
    """Draw a document to answer in one of the three ways."""

    def make(pick: str, **traits: Any) -> Drawn:
        base = panel_traits("unite", **traits)
        told = {"label": "Cliquez.", "widget": "passages", "passages": show.described(form_of(pick))}
        drawn.draw("passages", {**base, "form": {**base["form"], **told}})
        return drawn

    return make


@pytest.mark.parametrize(
    ("pick", "role", "keys", "answer"),
    [
        ("one", "radio", ["Space", "ArrowDown"], "objet"),
        ("several", "checkbox", ["Space", "Tab", "Tab", "Space"], ["nom", "urgence"]),
        ("label", "combobox", ["ArrowDown", "Tab", "Tab", "ArrowDown", "ArrowDown"], KEPT["label"]),
    ],
)
def test_passages_are_answered_by_keyboard_and_counted(
    draw: Callable[..., Drawn], pick: str, role: Any, keys: list[str], answer: Any
) -> None:
    page = draw(pick)
    expect(page.form.get_by_role("status").first).to_contain_text("Aucun passage")
    page.form.get_by_role(role).first.focus()
    page.press(*keys)
    assert (page.sent[-1]["action"], page.sent[-1]["value"]) == ("save", answer)
    expect(page.form.locator(".count")).to_have_text(COUNTED[pick])


@pytest.mark.parametrize("pick", KEPT)
def test_a_saved_answer_is_shown_and_read_again(draw: Callable[..., Drawn], pick: str) -> None:
    page = draw(pick, value=KEPT[pick])
    expect(page.form.locator(".count")).to_have_text(COUNTED[pick])
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.sent[-1]["value"] == KEPT[pick]


@pytest.mark.parametrize("pick", KEPT)
def test_nothing_is_an_answer_before_a_passage_is_chosen(draw: Callable[..., Drawn], pick: str) -> None:
    page = draw(pick)
    page.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert page.sent[-1]["value"] is None


def test_a_passage_is_named_by_its_words_and_clicked_anywhere_in_them(draw: Callable[..., Drawn]) -> None:
    page = draw("several")
    passage = page.form.get_by_role("checkbox", name="Votre compte sera supprimé ce soir", exact=False)
    page.form.get_by_text("supprimé ce soir").click()
    expect(passage).to_be_checked()
    expect(page.form.get_by_role("checkbox", name="<img src=x onerror=alert(1)>")).to_be_visible()
    page.form.get_by_text("supprimé ce soir").click()
    assert page.sent[-1]["value"] is None


def test_a_list_of_labels_is_named_by_its_passage_and_gives_the_label_back(
    draw: Callable[..., Drawn],
) -> None:
    page = draw("label", value={"objet": "faux"})
    page.form.get_by_label("Votre compte", exact=True).select_option("")
    assert page.sent[-1]["value"] is None


def test_a_list_as_wide_as_its_labels_repeats_nothing_below(draw: Callable[..., Drawn]) -> None:
    page = draw("label")
    lists = page.form.locator("select")
    for index in range(lists.first.locator("option").count()):
        lists.first.select_option(index=index)
        expect(page.form.locator(".whole")).to_have_count(0)


@pytest.mark.parametrize("pick", KEPT)
def test_a_long_passage_runs_over_lines_in_a_narrow_page(draw: Callable[..., Drawn], pick: str) -> None:
    page = draw(pick)
    page.page.set_viewport_size({"width": 320, "height": 800})
    lines = page.form.locator(".passage").nth(2).evaluate("node => node.getClientRects().length")
    assert lines > 2
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


PROSE: PassagesForm = {
    "label": "Étiquetez.",
    "pick": "label",
    "labels": {"nombre": "Nombre et source", "limite": "Date et limite"},
    "document": """[a]{Je propose de publier la page à 17 heures, sans la liste.} [b]{Toute l’équipe a beaucoup travaillé.}
Le modèle apprend sur [c]{tous les dossiers passés, pièces comprises}. [d]{Nos chiffres sont récents et fiables.}\\
[e]{Si la sécurité n’a rien déclaré à midi, la directrice reporte.}

- Fichier : [f]{un inventaire des accès de la ville}, à jour.

| Une | Autre |
|---|---|
| [g]{de 0 à 4 000} | [h]{de 2010 à 2026, au 1er janvier} |
""",
}
PLACES = """form => Array.from(form.querySelectorAll("select"), (list) => {
  const box = (part) => (({ top, bottom, left, right }) => ({ top, bottom, left, right }))(part);
  const { labels: [passage] } = list;
  return { list: box(list.getBoundingClientRect()), end: box([...passage.getClientRects()].at(-1)), all: box(passage.getBoundingClientRect()) };
})"""
"""Where each list is, the last line of its passage, and the whole passage."""


@pytest.mark.parametrize("width", [1366, 768, 683, 320])
def test_a_list_never_leaves_its_passage(drawn: Drawn, panel_traits: Traits, width: int) -> None:
    base = panel_traits("unite")
    told = {"label": "Étiquetez.", "widget": "passages", "passages": show.described(PROSE)}
    drawn.page.set_viewport_size({"width": width, "height": 900})
    drawn.draw("passages", {**base, "form": {**base["form"], **told}})
    places = drawn.form.evaluate(PLACES)
    assert len(places) == 8
    for one in places:
        middle = (one["end"]["top"] + one["end"]["bottom"]) / 2
        beside = (
            one["list"]["top"] < middle < one["list"]["bottom"] and one["list"]["left"] >= one["end"]["right"]
        )
        under = 0 <= one["list"]["top"] - one["end"]["bottom"] + 8 < 20
        alone = not any(
            other["all"]["top"] < one["list"]["bottom"] - 8
            and one["list"]["top"] + 8 < other["all"]["bottom"]
            and other["all"]["left"] < one["list"]["right"]
            for other in places
            if other is not one
        )
        assert beside or (under and alone), one
    for above, below in pairwise(places[:5]):
        assert below["list"]["top"] - above["list"]["bottom"] >= 3, "two lists do not touch"
    assert "passés, pièces comprises." in drawn.form.locator(".line").nth(2).inner_text()


@pytest.mark.parametrize("pick", KEPT)
def test_each_way_is_accessible(draw: Callable[..., Drawn], pick: str) -> None:
    page = draw(pick, value=KEPT[pick])
    assert page.form.get_by_role("heading").count() == 0, "the document has no heading of the page"
    page.check_accessibility()
