"""The page « Aujourd’hui » in bare Chromium: for everyone, at every size, in both schemes; nothing of it needs a colour."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from autograder import paths
from autograder.today import page as today
from autograder.today.model import Day, Standing
from autograder.today.running import Run
from autograder.today.told import Told
from tests.browser.accessible import check_accessibility
from tests.browser.bare import ADDRESS, serving
from tests.browser.pages.conftest import JUPYTERLAB

EXTENSION = "autograder/lab/extension"
EMPTY_PAGE = '<!doctype html><html lang="fr"><title>Aujourd’hui</title><body><div class="campus-page campus-today"><main></main></div></body></html>'
START = """async (module) => {
  const made = await import(module);
  window.asked = [];
  const asked = { open: (path) => window.asked.push(path), act: (...all) => window.asked.push(all.join(" ")), command: (one) => window.asked.push(one) };
  const give = async (about, files) => window.asked.push([about, ...files.map((file) => file.name)].join(" "));
  window.shown = new made.TodayPage(document.querySelector("main"), asked, localStorage, give);
}"""

F02 = Standing(
    "F02-lire-un-tableau",
    "Lire un jeu de données public sans se tromper",
    due=datetime(2026, 7, 1, 12, 30),
    listed=30,
    missing=2,
    handed_in=28,
    to_grade=28,
)
READ = replace(F02, to_grade=0, graded=27, failed=1, waiting=25, unread=25, to_give=2, files=3, reported=True)
F07 = Standing("F07-hameconnage", "Repérer l’hameçonnage et signaler", listed=30)
DAY = Day((F02, F07), listed=30)
RUN = Run("grade", F02.folder, 12, time.time(), alive=True)
DONE = replace(RUN, alive=False, code=0, ended=time.time())
SAID = "28 copie(s) corrigée(s).\n  " + "Une très longue ligne, avec-un-mot-qui-ne-se-coupe-pas" * 12
BUSY = Told(RUN, SAID)
OVER = Told(
    replace(DONE, gesture="collect", code=1), SAID, ("rapports/suivi.html", "exports/notes.csv"), ("ada",)
)


@pytest.fixture
def shown(browser: Browser) -> Iterator[Page]:
    errors: list[str] = []
    with closing(browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})) as context:
        opened = context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.route("**/*", serving(EMPTY_PAGE))
        opened.goto(ADDRESS)
        opened.add_style_tag(content=JUPYTERLAB)
        for name in ("pages/pages.css", "today/today.css"):
            opened.add_style_tag(path=paths.home() / EXTENSION / name)
        opened.evaluate(START, f"/{EXTENSION}/today/page.js")
        yield opened
    assert errors == []


def fill(page: Page, day: Day = DAY, told: Told | None = None) -> None:
    html = today.render(day, told or Told(), datetime(2026, 12, 1, 9), "/")
    page.evaluate("html => shown.fill(html)", html)


def asked(page: Page) -> list[str]:
    return page.evaluate("asked")


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(1366, 768, "light"), (1366, 768, "dark"), (683, 384, "light"), (320, 640, "dark")],
)
@pytest.mark.parametrize(
    ("day", "told"),
    [(DAY, Told()), (DAY, BUSY), (Day((READ, F07)), OVER), (Day((), problem="Le carnet manque."), Told())],
    ids=["quiet", "busy", "over", "problem"],
)
def test_nothing_is_refused_by_axe_nor_cut(
    shown: Page, width: int, height: int, scheme: str, day: Day, told: Told
) -> None:
    """683 pixels: a window of 1366 at 200 %."""
    shown.set_viewport_size({"width": width, "height": height})
    shown.add_style_tag(content=f":root {{ color-scheme: {scheme} }}")
    fill(shown, day, told)
    folded = shown.locator(".campus-fold button[aria-expanded=false]:visible")
    while folded.count():
        folded.first.press("Enter")
    check_accessibility(shown)
    wide, seen = shown.evaluate("[document.body.scrollWidth, innerWidth]")
    assert wide <= seen


def test_headings_are_in_order(shown: Page) -> None:
    fill(shown, DAY, BUSY)
    levels = shown.locator(":is(h1, h2, h3, h4):visible").evaluate_all(
        "all => all.map(one => +one.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_next_action_is_one_button_and_the_others_are_one_click_further(shown: Page) -> None:
    fill(shown)
    part = shown.locator("#campus-module-F02")
    expect(part.locator(".campus-primary")).to_have_count(1)
    part.get_by_role("button", name="Corriger : F02").press("Enter")
    expect(part.get_by_role("button", name="Faire le bilan")).to_be_hidden()
    part.get_by_role("button", name="Autres actions sur F02").press("Enter")
    part.get_by_role("button", name="Faire le bilan").press("Enter")
    assert asked(shown) == [f"grade {F02.folder}", f"report {F02.folder}"]


def test_the_guide_and_the_formgrader_are_one_click_away(shown: Page) -> None:
    fill(shown)
    for name in ("Guide du formateur", "Formgrader"):
        shown.get_by_role("link", name=name).press("Enter")
    assert asked(shown) == ["campus:guide", "campus:formgrader"]


def test_free_answers_are_read_on_their_own_page(shown: Page) -> None:
    fill(shown, Day((READ,)))
    link = shown.locator(".campus-primary", has_text="Lire les réponses libres")
    expect(link).to_have_attribute("href", "/campus/lecture")


def test_the_end_of_an_action_is_announced_once_and_its_beginning_too(shown: Page) -> None:
    fill(shown)
    status = shown.get_by_role("status")
    expect(status).to_have_text("")
    fill(shown, DAY, BUSY)
    expect(status).to_contain_text("Correction de F02\u00a0: en cours")
    fill(shown, DAY, Told(DONE, SAID))
    expect(status).to_contain_text("✓ Correction de F02\u00a0: c’est fait")


def test_what_was_told_before_the_page_opened_is_not_announced(shown: Page) -> None:
    fill(shown, DAY, OVER)
    expect(shown.get_by_role("status")).to_have_text("")


def test_the_keyboard_stays_where_it_was_when_the_page_changes(shown: Page) -> None:
    fill(shown)
    shown.get_by_role("button", name="Corriger : F02").focus()
    fill(shown, DAY, BUSY)
    expect(shown.get_by_role("button", name="Corriger : F02")).to_be_focused()
    expect(shown.get_by_role("button", name="Corriger : F02")).to_have_attribute("aria-disabled", "true")
    fill(shown, Day((READ, F07)), Told(DONE, SAID))
    expect(shown.get_by_role("heading", name="F02 – ")).to_be_focused()


def test_a_running_action_says_how_far_it_is_and_can_be_stopped(shown: Page) -> None:
    fill(shown, Day((replace(F02, to_grade=16),)), BUSY)
    part = shown.locator("#campus-geste")
    expect(part).to_contain_text("12 sur 28")
    part.get_by_role("button", name="Arrêter").press("Enter")
    assert asked(shown) == ["stop "]
    fill(shown, DAY, Told(replace(RUN, stopped=True), SAID))
    expect(part.get_by_role("button", name="Arrêter de force")).to_be_visible()


def test_copies_to_decide_on_are_taken_by_a_button(shown: Page) -> None:
    fill(shown, Day((READ,)), OVER)
    shown.get_by_role("button", name="Prendre la copie : ada").press("Enter")
    assert asked(shown) == [f"accept collect/{F02.folder}/ada"]


def test_files_are_sent_as_soon_as_they_are_chosen(shown: Page) -> None:
    fill(shown)
    shown.get_by_role("button", name="Autres actions sur F02").press("Enter")
    files = [{"name": f"{one}.zip", "mimeType": "application/zip", "buffer": b"PK"} for one in "ab"]
    shown.get_by_label("Déposer des copies de F02").set_input_files(files)
    assert asked(shown) == [f"{F02.folder} a.zip b.zip"]
