"""A learner's `campus lab`, on a new space, and its pages: what the tests of the home page, the bars and the course view share."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.lab import publication
from autograder.modules.model import Module
from tests.browser.conftest import free_port
from tests.browser.tab import HEIGHT, WIDTH, Record

READY = re.compile("Module prêt")
SLOW = 60_000  # milliseconds: kernels are slow to start on a busy machine


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("espace") / "travail"


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, built_module: Callable[[str, Path], BuiltModule]
) -> Iterator[Path]:
    """A course directory whose modules are built and not released, in the place of the repository's own."""
    folder = tmp_path_factory.mktemp("lab") / "course"
    generated = (
        "source",
        "release",
        "private",
        "submitted",
        "autograded",
        "feedback",
        "exchange",
        "*.db*",
        "*.log",
    )
    shutil.copytree(paths.home() / "course", folder, ignore=shutil.ignore_patterns(*generated))
    for one in publication.authored():
        built_module(one.folder_name, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_COURSE", str(folder))
        yield folder


@contextmanager
def lab(space: Path, port: int, *options: str) -> Iterator[str]:
    """Run `campus lab`; yield the address that it prints."""
    campus = Path(sys.executable).with_name("campus")
    lab = subprocess.Popen(
        [campus, "lab", "--no-browser", "--port", str(port), "--work", space, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert lab.stdout
    try:
        said = ""
        for line in lab.stdout:
            said += line
            if "Ctrl+C" in line:
                break
        found = re.search(r"http://127\.0\.0\.1:\S+", said)
        if not found:
            pytest.fail(f"« campus lab » n’a pas démarré :\n{said}")
        yield found[0]
    finally:  # a test that fails leaves no server either
        lab.terminate()
        lab.stdout.read()
        code = lab.wait()
    assert code == 0


@pytest.fixture(scope="module")
def address(space: Path, course: Path) -> Iterator[str]:
    """A learner's lab, on a new space."""
    with lab(space, free_port()) as found:
        yield found


@pytest.fixture(scope="module")
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what JupyterLab made it download: a page of a new one costs nearly twice as much."""
    context = browser.new_context(locale="fr-FR", viewport={"width": WIDTH, "height": HEIGHT})
    yield context
    context.close()


@pytest.fixture
def page(learner: BrowserContext) -> Iterator[Page]:
    """A new page of this browser; `page.record` holds its console errors and its requests to other hosts."""
    opened = learner.new_page()
    opened.record = record = Record()  # type: ignore[attr-defined]
    record.watch(opened)
    yield opened
    opened.close()


@pytest.fixture
def home(page: Page, address: str) -> Iterator[Page]:
    """JupyterLab, as a learner gets it the first time; afterwards, nothing wrong was recorded."""
    page.goto(f"{address}&reset")  # without the tabs that another test left open
    expect(page.locator(".campus-home h1")).to_be_visible(timeout=SLOW)
    yield page
    assert page.record.outside == []  # type: ignore[attr-defined]
    assert page.record.errors == []  # type: ignore[attr-defined]


def module(module_id: str) -> Module:
    return next(one for one in publication.authored() if one.id == module_id)


def entered(home: Page, module_id: str) -> Locator:
    """Open a module from the home page; return its panel, in the course view: nothing was run by hand."""
    title = f"{module_id} – {module(module_id).title}"
    track = home.locator("[data-track]", has_text=title)
    fold = track.locator(".campus-fold button")
    expect(fold).to_be_visible(timeout=SLOW)  # else a track that is open, but not drawn yet, would be folded
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    track.locator(".campus-modules").get_by_role("link", name=title).click()
    panel = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".campus-course-bar")).to_be_visible(timeout=SLOW)
    return panel


def opened(home: Page, module_id: str) -> Locator:
    """Open a module from the home page; return its panel, as the whole notebook, once it is ready."""
    panel = entered(home, module_id)
    choose(panel, "Voir le carnet entier")
    expect(panel.locator(".campus-status")).to_have_text(READY, timeout=SLOW)
    return panel


def choose(panel: Locator, entry: str) -> None:
    """Choose an entry of the menu of the course view."""
    panel.get_by_role("button", name="Menu").click()
    panel.locator(".campus-sheet").get_by_role("button", name=entry).click()
