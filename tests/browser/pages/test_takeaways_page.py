"""« Mes fiches »: the cards that are the learner's, to read and to print."""

import pytest
from playwright.sync_api import expect

from autograder.lab import takeaways
from tests.browser.pages.conftest import Shown

BOXES = "[...document.querySelectorAll('.campus-takeaway')].map((card) => getComputedStyle(card).breakInside)"


def test_a_card_is_there_once_its_module_is_done_or_its_end_reached(takeaway_cards: Shown) -> None:
    titles = takeaway_cards.page.locator("article h2").all_inner_texts()
    assert [title[:3] for title in titles] == ["F01", "F07"]
    left = takeaway_cards.page.get_by_text("40 fiches à venir")
    left.click()
    takeaway_cards.page.get_by_role("link", name="F02 – Lire un jeu").click()
    takeaway_cards.page.get_by_role("button", name="Imprimer mes fiches").click()
    assert takeaway_cards.asked == ["F02-essai/F02-essai.ipynb", "campus:print"]


def test_what_a_module_writes_is_text_and_never_a_script(takeaway_cards: Shown) -> None:
    card = takeaway_cards.page.get_by_role("article").first
    expect(card).to_contain_text("Vérifier <script>alert(1)</script>.")
    assert card.locator("script").count() == 0
    assert card.locator("li strong").count() == 3


def test_on_paper_there_are_the_cards_alone_each_on_one_page(takeaway_cards: Shown) -> None:
    page = takeaway_cards.page
    page.add_style_tag(content=":root { color-scheme: dark }")
    page.emulate_media(media="print")
    for words in ("Imprimer mes fiches", "Rouvrir le module", "fiches à venir"):
        expect(page.get_by_text(words).first).to_be_hidden()
    expect(page.get_by_role("heading", name="F07")).to_be_visible()
    assert set(page.evaluate(BOXES)) == {"avoid"}
    colour = page.get_by_role("heading", name="F07").evaluate("node => getComputedStyle(node).color")
    assert colour == "rgb(0, 0, 0)"


def test_who_has_no_card_is_told_how_to_get_one(blank: Shown) -> None:
    blank.start("Content", "content.js", takeaways.render)
    expect(blank.page.locator("main")).to_contain_text("allez jusqu’à l’étape « À emporter »")
    expect(blank.page.get_by_role("button", name="Imprimer")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (683, "dark")])
def test_nothing_is_refused_by_axe_nor_cut(takeaway_cards: Shown, width: int, scheme: str) -> None:
    page = takeaway_cards.page
    page.set_viewport_size({"width": width, "height": 384})
    page.add_style_tag(content=f":root {{ color-scheme: {scheme} }}")
    takeaway_cards.check_accessibility()
    wide, seen = page.evaluate("[document.body.scrollWidth, innerWidth]")
    assert wide <= seen
