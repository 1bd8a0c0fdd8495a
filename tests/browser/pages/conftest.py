"""The learner's pages in bare Chromium: what the server says of forty-two modules, and the page's modules as they are written."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from autograder import paths
from autograder.contract.names import GRADING_VARIABLES
from autograder.lab import page, takeaways
from autograder.lab.home import Home, home, offer
from autograder.progress import journal
from autograder.progress.journal import Event
from tests.browser.accessible import check_accessibility
from tests.browser.bare import ADDRESS, serving
from tests.forty_two import write_course

STYLE = "autograder/lab/extension/pages/pages.css"
EMPTY_PAGE = '<!doctype html><html lang="fr"><title>Accueil</title><body><div class="campus-page campus-home"><main></main></div></body></html>'
JUPYTERLAB = """:root {
  --jp-layout-color1: light-dark(#fff, #111); --jp-layout-color2: light-dark(#eee, #424242);
  --jp-content-font-color1: light-dark(#212121, #fff); --jp-ui-font-color1: light-dark(#212121, #fff);
  --jp-content-font-size1: 14px; --jp-content-font-family: sans-serif }
body { margin: 0 }"""
"""What JupyterLab gives to the style, and what it does not do here."""
START = """async ([name, module]) => {
  const made = await import(module);
  window.asked = [];
  const asked = { open: (path) => window.asked.push(path), act: (...all) => window.asked.push(all.join(" ")), command: (one) => window.asked.push(one) };
  window.shown = new made[name](document.querySelector("main"), asked, ...(name === "HomePage" ? [localStorage] : []));
}"""
MODULES = "/autograder/lab/extension/pages/"


class Shown:
    """A page of the learner's space, filled by the server's own code."""

    def __init__(self, page: Page, space: Path) -> None:
        self.page = page
        self.space = space
        self.render: Callable[[Home], str] = str

    def start(self, name: str, script: str, render: Callable[[Home], str]) -> None:
        self.render = render
        self.page.evaluate(START, [name, MODULES + script])
        self.fill()

    def fill(self) -> None:
        """Have the server say how things stand now."""
        self.page.evaluate("html => shown.fill(html)", self.render(home(self.space)))

    def solve(self, id: str, exercises: int = 10) -> None:
        """Give right answers to some of the ten exercises of a module."""
        module = next(one for one in offer().modules if one.id == id)
        for key in list(module.exercises)[:exercises]:
            right = Event("verdict", module.folder_name, 1, key, state="right", points=2, max_points=2)
            journal.record(self.space / module.folder_name, right)

    @property
    def asked(self) -> list[str]:
        return self.page.evaluate("asked")

    @property
    def modules(self) -> list[str]:
        """The numbers of the modules on the screen."""
        return [text[:3] for text in self.page.locator(".campus-modules h4:visible").all_inner_texts()]

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    def search(self, text: str) -> None:
        self.page.get_by_role("searchbox", name="Chercher").fill(text)

    def track(self, title: str) -> Locator:
        return self.page.get_by_role("button", name=title)

    def check_accessibility(self) -> None:
        check_accessibility(self.page)


@pytest.fixture
def blank(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    """A page that shows nothing yet, in a new space; afterwards, nothing has failed there."""
    for name in ("CAMPUS_WORK", *GRADING_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    write_course(tmp_path / "course")
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "course"))
    (tmp_path / "travail" / ".campus").mkdir(parents=True)
    errors: list[str] = []
    with closing(browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})) as context:
        opened = context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.route("**/*", serving(EMPTY_PAGE))
        opened.goto(ADDRESS)
        opened.add_style_tag(content=JUPYTERLAB)
        opened.add_style_tag(path=paths.home() / STYLE)
        yield Shown(opened, tmp_path / "travail")
    assert errors == []


@pytest.fixture
def shown(blank: Shown) -> Shown:
    """The home page of a new learner."""
    blank.start("HomePage", "home.js", page.render)
    return blank


@pytest.fixture
def takeaway_cards(blank: Shown) -> Shown:
    """« Mes fiches », for who has finished F01 and come to the end of F07."""
    blank.solve("F01")
    journal.record(blank.space / "F07-essai", Event("takeaway", "F07-essai", 1))
    blank.start("Content", "content.js", takeaways.render)
    return blank
