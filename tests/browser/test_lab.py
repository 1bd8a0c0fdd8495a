"""What `campus lab` serves: French, a home page that leads to the notebooks, exercises, nothing from elsewhere."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from autograder.lab.home import ModuleCard, cards

HOME = ".jp-Document:not(.lm-mod-hidden) .jp-MarkdownViewer .jp-RenderedMarkdown"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `campus lab` on a new space; yield the address that it prints."""
    campus = Path(sys.executable).with_name("campus")
    work = tmp_path_factory.mktemp("espace") / "travail"
    lab = subprocess.Popen(
        [campus, "lab", "--no-browser", "--port", "18950", "--work", work],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert lab.stdout
    said = ""
    for line in lab.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    found = re.search(r"http://127\.0\.0\.1:\S+", said)
    if not found:
        pytest.fail(f"« campus lab » n’a pas démarré :\n{said}")
    yield found[0]
    lab.send_signal(signal.SIGINT)
    lab.stdout.read()
    assert lab.wait() == 0


@pytest.fixture
def home(page: Page, address: str) -> Iterator[Page]:
    """The home page, as a learner gets it the first time; afterwards, nothing wrong was recorded."""
    page.goto(f"{address}&reset")  # without the tabs that another test left open
    expect(page.locator(f"{HOME} h1")).to_be_visible(timeout=60_000)
    yield page
    assert page.record.outside == []  # type: ignore[attr-defined]
    assert page.record.errors == []  # type: ignore[attr-defined]


def modules() -> list[ModuleCard]:
    return [module for track in cards() for module in track.modules]


def expect_notebook(home: Page, module: ModuleCard) -> None:
    """The notebook of `module` is open, in front."""
    opened = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(opened.locator(".jp-Cell").first).to_be_visible(timeout=60_000)
    tab = home.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current")
    expect(tab).to_have_text(f"{module.folder}.ipynb")


def test_it_is_in_french_without_instructor_tools_and_lists_the_modules(home: Page) -> None:
    expect(home.locator("html")).to_have_attribute("lang", re.compile("^fr"))
    expect(home.get_by_role("menuitem", name="Fichier")).to_be_visible()
    expect(home.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)

    titles = home.locator(f"{HOME} h3").all_inner_texts()
    assert titles
    assert [title.strip() for title in titles] == [f"{m.id} – {m.title}" for m in modules()]

    results = Axe().run(home, context=HOME)
    assert results.violations_count == 0, results.generate_report()


def test_a_click_opens_a_guide_and_a_notebook(home: Page) -> None:
    home.get_by_role("link", name="Guide de l’apprenant").click()
    expect(home.get_by_role("heading", name="Guide de l’apprenant", level=1)).to_be_visible()

    home.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="Accueil.md").click()
    first = modules()[0]
    home.get_by_role("link", name=first.title).click()
    expect_notebook(home, first)


def test_the_keyboard_opens_a_notebook(home: Page) -> None:
    last = modules()[-1]
    link = home.get_by_role("link", name=last.title)
    link.focus()
    expect(link).to_be_focused()
    home.keyboard.press("Enter")
    expect_notebook(home, last)


def test_an_exercise_by_form_and_one_by_code(home: Page) -> None:
    (f02,) = (module for module in modules() if module.id == "F02")
    home.get_by_role("link", name=f02.title).click()
    expect_notebook(home, f02)
    panel = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(home.get_by_text("Python 3 (ipykernel) | Inactif")).to_be_visible(timeout=60_000)
    home.get_by_role("menuitem", name="Exécution").click()
    home.get_by_role("menuitem", name="Exécuter toutes les cellules", exact=True).click()
    expect(panel.locator(".jp-CodeCell .jp-InputPrompt").last).to_have_text(
        re.compile(r"\[\d+\]"), timeout=120_000
    )

    form = panel.get_by_role("form", name="Ce que décrit une ligne")
    form.get_by_label("une commune de France", exact=True).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text("Pas encore")
    expect(form).to_contain_text("C’est ce que promet le nom du fichier")
    form.get_by_label(re.compile("un territoire communal")).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text(re.compile(r"Juste · (\d+) point.* sur \1"))

    answer = panel.locator(".jp-CodeCell .cm-content", has_text="population_mediane = ")
    verdict = panel.locator(".jp-CodeCell", has_text='check("mediane")').locator(".campus-verdict")
    for method, said in [("mean", "C’est la moyenne"), ("median", "réponse par le code")]:
        answer.click()
        home.keyboard.press("ControlOrMeta+A")
        home.keyboard.insert_text(f'population_mediane = communes_departements["population"].{method}()')
        home.keyboard.press("Shift+Enter")  # the answer, then the check below
        home.keyboard.press("Shift+Enter")
        expect(verdict).to_contain_text(said)
    expect(verdict).to_contain_text(re.compile(r"Juste · (\d+) point.* sur \1"))
