"""The home page of forty-two modules: what is next, tracks folded, search and filters, by keyboard and for everyone."""

import re

import pytest
from playwright.sync_api import expect

from autograder.progress import journal
from autograder.progress.journal import Event
from tests.browser.pages.conftest import Shown

FIRST, DECIDERS = "Les fondamentaux numériques", "La vision stratégique"


def test_the_track_of_the_next_module_is_open_and_the_others_are_folded(shown: Shown) -> None:
    assert shown.modules[0] == "F01" and len(shown.modules) == 16
    expect(shown.track(FIRST)).to_have_attribute("aria-expanded", "true")
    expect(shown.track(DECIDERS)).to_have_attribute("aria-expanded", "false")
    expect(shown.status).to_have_text("42\u00a0modules")


def test_a_track_unfolds_by_keyboard_and_stays_so_when_the_page_is_opened_again(shown: Shown) -> None:
    shown.track(DECIDERS).focus()
    shown.page.keyboard.press("Enter")
    assert "D01" in shown.modules
    shown.track(FIRST).press(" ")
    assert shown.modules[0] == "D01"
    shown.page.evaluate("document.querySelector('main').replaceChildren()")
    shown.start("HomePage", "home.js", shown.render)
    assert shown.modules[0] == "D01"


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("HAMECONNAGE", ["F07"]),
        ("données  PERSONNELLES k01", ["K01"]),
        ("double-authentification", ["F08"]),
        ("tableaux", ["E04", "D02"]),
        ("tableur", ["F03", "C03", "C04"]),
        ("l’oeuvre", []),
        ("l’erreur la plus courante de C04", ["C04"]),
    ],
)
def test_a_search_looks_in_titles_objectives_audiences_and_competences(
    shown: Shown, searched: str, found: list[str]
) -> None:
    shown.search(searched)
    assert set(found) <= set(shown.modules)
    assert bool(found) == bool(shown.modules)


def test_what_was_found_in_the_objectives_is_unfolded(shown: Shown) -> None:
    shown.search("courante de C04")
    assert shown.modules == ["C04"]
    expect(shown.page.get_by_text("Reconnaître l’erreur la plus courante de C04.")).to_be_visible()
    shown.search("C04")
    expect(shown.page.get_by_text("Reconnaître l’erreur la plus courante de C04.")).to_be_hidden()


def test_filters_add_up_and_the_number_found_is_announced(shown: Shown) -> None:
    shown.page.get_by_label("Pour qui").select_option(label="Décideur ou décideuse")
    expect(shown.status).to_have_text("12\u00a0modules sur 42")
    shown.page.get_by_label("Durée").select_option(label="30 minutes au plus")
    assert shown.modules == ["C05"]
    expect(shown.status).to_have_text("1\u00a0module sur 42")
    shown.page.get_by_label("Durée").select_option(label="Toutes")
    shown.page.get_by_label("Compétence", exact=True).select_option(label="Sécuriser")
    assert shown.modules == ["D04", "D05"]
    shown.page.get_by_label("Parcours", exact=True).select_option(label="Les communautés apprenantes")
    assert shown.modules == []


def test_a_filter_longer_than_its_list_is_written_whole_below(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 1024, "height": 800})
    whole = shown.page.locator(".campus-finder .whole")
    shown.page.locator("#campus-find-minutes").select_option("30")
    expect(whole).to_have_count(0)
    shown.page.locator("#campus-find-track").select_option(
        label="La vision stratégique des décideurs publics"
    )
    expect(whole).to_have_text("La vision stratégique des décideurs publics")
    shown.page.get_by_role("button", name="Effacer les filtres").click()
    expect(whole).to_have_count(0)


def test_every_module_can_be_done_without_code(shown: Shown) -> None:
    shown.page.get_by_label("Code").select_option(label="Sans code")
    expect(shown.status).to_have_text("42\u00a0modules sur 42")
    shown.page.get_by_label("Code").select_option(label="Avec du code, si vous voulez")
    expect(shown.status).to_have_text("39\u00a0modules sur 42")


def test_nothing_found_says_what_to_do_and_the_filters_are_cleared_by_keyboard(shown: Shown) -> None:
    shown.page.get_by_label("Durée").select_option(label="30 minutes au plus")
    shown.search("introuvable")
    expect(shown.status).to_have_text(re.compile("Aucun module ne correspond. .*effacez les filtres"))
    shown.page.get_by_role("button", name="Effacer les filtres").press("Enter")
    expect(shown.status).to_have_text("42\u00a0modules")
    expect(shown.page.get_by_role("searchbox")).to_be_focused()
    expect(shown.page.get_by_label("Durée")).to_have_value("")
    assert len(shown.modules) == 16, "tracks are folded as they were"


def test_what_is_typed_and_the_focus_outlive_what_the_server_says(shown: Shown) -> None:
    shown.search("tendance")
    shown.solve("F01", 3)
    shown.fill()
    expect(shown.page.get_by_role("searchbox")).to_be_focused()
    expect(shown.page.get_by_role("searchbox")).to_have_value("tendance")
    assert shown.modules == ["D03"]
    shown.search("")
    expect(shown.page.locator(".campus-next")).to_contain_text("Reprendre : F01")


def test_a_track_is_followed_and_left_by_one_button(shown: Shown) -> None:
    shown.track(DECIDERS).click()
    follow = shown.page.locator("#campus-decideurs").get_by_role("button", name="Suivre ce parcours")
    follow.press("Enter")
    journal.record(shown.space / ".campus", Event("track", choice="decideurs"))
    shown.fill()
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(follow).to_be_focused()
    expect(shown.page.locator(".campus-next")).to_contain_text("D01, du parcours que vous suivez, demande")
    follow.press("Enter")
    assert shown.asked == ["suivre decideurs", "suivre "]


def test_modules_the_guide_and_the_cards_are_one_click_away(shown: Shown) -> None:
    for name in ("Commencer : F01", "Guide de l’apprenant", "Mes fiches"):
        shown.page.get_by_role("link", name=name).first.click()
    assert shown.asked == ["F01-essai/F01-essai.ipynb", "guides/apprenant.md", "campus:takeaways"]


def test_competences_have_names_and_progress_and_no_code(shown: Shown) -> None:
    shown.solve("F07", 4)
    shown.fill()
    shown.track("Vos compétences").click()
    secure = shown.page.locator(".campus-competences li", has_text="Sécuriser")
    expect(secure).to_contain_text("4 exercices réussis sur 80")
    assert not re.search(r"Pix \d|DigComp|dc:|pix:", shown.page.inner_text("main"))


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (683, "light")])
def test_nothing_is_refused_by_axe_nor_cut(shown: Shown, width: int, scheme: str) -> None:
    """683 pixels: a window of 1366 at 200 %."""
    shown.page.set_viewport_size({"width": width, "height": 768 if width > 700 else 384})
    shown.page.add_style_tag(content=f":root {{ color-scheme: {scheme} }}")
    for title in (DECIDERS, "Vos compétences"):
        shown.track(title).click()
    shown.check_accessibility()
    wide, seen = shown.page.evaluate("[document.body.scrollWidth, innerWidth]")
    assert wide <= seen
