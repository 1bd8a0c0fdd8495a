"""The pages of `campus report`, opened from their file: for everyone, on any screen, on paper, without a script or a request."""

import itertools
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from autograder.followup.report import bilan, suivi
from autograder.followup.report.exercises import module_figures
from autograder.followup.report.people import standings
from autograder.followup.report.rows import ModuleRows, Rows
from autograder.followup.report.suivi import FollowedModule
from autograder.followup.report.summary import ClosedModule, Kept, counted
from autograder.followup.report.today import today
from tests.browser.accessible import check_accessibility
from tests.made_up_cohort import made_up, words_of

ABSENT = ["absente.de-la-session", "rendue.hier"]
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three pages of a cohort of 300, on two modules."""
    folder = tmp_path_factory.mktemp("reports")
    outcomes = made_up(300, 3, with_tries=0.9)
    learners = {key: f"agent.{key}" for key in outcomes.copies["key"]}
    names = ("F02-essai", "F03-essai")
    words = {name: words_of(name) for name in names}
    modules = [
        ModuleRows(
            name,
            datetime(2026, 7, 1) if name == "F02-essai" else None,
            ABSENT[:1],
            ABSENT[1:],
            {"agent.00000001": timedelta(hours=3)},
            {"agent.00000002": 2},
            300,
            outcomes,
        )
        for name in names
    ]
    names_of = {who: f"Camille {who}" for who in (*learners.values(), *ABSENT)}
    rows = Rows(names_of, learners, modules)
    followed = [
        FollowedModule(
            words[name],
            module_figures(outcomes, words[name]),
            standings(outcomes, words[name], learners),
            300,
        )
        for name in names
    ]
    waits = today(modules, {one.words.name: one.standings for one in followed}, words)
    parts = {
        part: Kept(counts, date(2026, 7, 2)) for part, counts in counted(outcomes, words[names[0]]).items()
    }
    closed = [ClosedModule(names[0], datetime(2026, 7, 1), parts)]
    (folder / "suivi.html").write_text(suivi.page(rows, followed, waits), encoding="utf-8")
    (folder / "bilan.html").write_text(bilan.page(closed, modules, words), encoding="utf-8")
    (folder / "bilan-interne.html").write_text(bilan.page(closed, modules, words, True), encoding="utf-8")
    return folder


def opened(browser: Browser, file: Path, width: int = 1024, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("name", ["suivi", "bilan", "bilan-interne"])
@pytest.mark.parametrize(("width", "scheme"), [(1024, "light"), (512, "dark"), (320, "light")])
def test_nothing_is_refused_by_axe_nor_wider_than_the_screen(
    browser: Browser, pages: Path, name: str, width: int, scheme: str
) -> None:
    """512 pixels: a window of 1024 at 200 %."""
    page = opened(browser, pages / f"{name}.html", width, scheme)
    check_accessibility(page)
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen
    page.close()


@pytest.mark.parametrize("name", ["suivi", "bilan"])
def test_headings_are_in_order_and_tables_have_captions(browser: Browser, pages: Path, name: str) -> None:
    page = opened(browser, pages / f"{name}.html")
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.locator("table").count() == page.locator("table > caption").count() > 3
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("svg[role=img] > title").count() == page.locator("svg").count() > 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len({*ids})
    page.close()


def test_the_page_asks_nothing_of_anybody(browser: Browser, pages: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((pages / "suivi.html").as_uri())
    assert asked == [(pages / "suivi.html").as_uri()]
    assert page.locator("script").count() == 0
    page.close()


@pytest.mark.parametrize("name", ["suivi", "bilan"])
def test_a_page_links_to_itself_only(browser: Browser, pages: Path, name: str) -> None:
    """JupyterLab serves it apart from its own pages, and refuses, in English, what a link of it asks for."""
    page = opened(browser, pages / f"{name}.html")
    assert page.locator("a:not([href^='#'])").count() == 0
    page.close()


def test_a_bad_exercise_is_named_with_the_reason(browser: Browser, pages: Path) -> None:
    page = opened(browser, pages / "suivi.html")
    notice = page.locator(".notice", has_text="À reformuler").first
    expect(notice).to_contain_text("les personnes qui font cette erreur réussissent mieux le reste")
    expect(notice).to_contain_text("piege")
    page.close()


def test_on_paper_nothing_is_cut_and_colours_are_of_paper(browser: Browser, pages: Path) -> None:
    page = opened(browser, pages / "suivi.html", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator("nav").is_visible()
    page.close()
