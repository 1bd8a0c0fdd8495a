"""What `campus lab` serves: a home page that follows the learner, modules that open ready, plain French buttons."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from autograder import paths
from autograder.build import BuiltModule
from autograder.lab import publication
from autograder.lab.home import cards
from autograder.modules.model import Module
from autograder.simulations.inbox.bank import bank
from autograder.simulations.inbox.words import RIGHT_SORTS
from tests.browser.tab import HEIGHT, WIDTH, Record
from tests.covering import covering

READY = re.compile("Module prêt")
RIGHT_SORTS_BY_SUBJECT = {message.subject: RIGHT_SORTS[message.kind] for message in bank().values()}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
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
    said = ""
    for line in lab.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    found = re.search(r"http://127\.0\.0\.1:\S+", said)
    if not found:
        pytest.fail(f"« campus lab » n’a pas démarré :\n{said}")
    yield found[0]
    lab.terminate()
    lab.stdout.read()
    assert lab.wait() == 0


@pytest.fixture(scope="module")
def address(space: Path, course: Path) -> Iterator[str]:
    """A learner's lab, on a new space."""
    with lab(space, 18950) as found:
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


def opened(home: Page, module_id: str) -> Locator:
    """Open a module from the home page; return its panel, once it is ready: nothing was run by hand."""
    title = f"{module_id} – {module(module_id).title}"
    home.locator(".campus-modules").get_by_role("link", name=title).click()
    panel = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".campus-status")).to_have_text(READY, timeout=SLOW)
    return panel


def dialog(home: Page) -> Locator:
    return home.locator(".jp-Dialog-content")


def test_it_is_in_french_greets_and_lists_the_modules(home: Page) -> None:
    expect(home.locator("html")).to_have_attribute("lang", re.compile("^fr"))
    expect(home.get_by_role("menuitem", name="Fichier")).to_be_visible()
    expect(home.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)
    titles = home.locator(".campus-home h3").all_inner_texts()
    assert titles == [f"{m.id} – {m.title}" for track in cards() for m in track.modules]


@pytest.mark.parametrize("zoom", [1, 2])
def test_home_and_bar_are_accessible(home: Page, zoom: int) -> None:
    """At 200 % a 1280 px window shows 640 CSS pixels."""
    home.set_viewport_size({"width": 1280 // zoom, "height": 900 // zoom})
    for place in (".campus-home", ".campus-bar"):
        if place == ".campus-bar":
            opened(home, "F01")
        results = Axe().run(home, context=place, options=WCAG)
        assert results.response["passes"], "axe found nothing to look at"
        assert results.violations_count == 0, f"{place} {zoom}\n{results.generate_report()}"
        widths = home.locator(place).evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert widths[0] <= widths[1], f"{place} is cut at {zoom * 100} %"


def test_the_keyboard_opens_the_next_module(home: Page) -> None:
    link = home.locator(".campus-next a")
    link.focus()
    home.keyboard.press("Enter")
    expect(home.locator(".jp-NotebookPanel .campus-status")).to_have_text(READY, timeout=SLOW)
    home.get_by_role("button", name="Accueil", exact=True).focus()
    home.keyboard.press("Enter")
    expect(home.locator(".campus-home")).to_be_visible()


def test_a_verdict_changes_the_home_page_by_itself(home: Page) -> None:
    expect(home.locator(".campus-next")).to_contain_text("Commencer : F01")
    panel = opened(home, "F01")
    form = panel.get_by_role("form", name="Le lendemain matin")
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form.locator(".verdict")).not_to_be_empty()
    panel.get_by_role("button", name="Accueil", exact=True).click()
    expect(home.locator(".campus-next")).to_contain_text("Reprendre : F01")
    expect(home.locator(".campus-home")).to_contain_text("1 exercice vérifié sur 6")


def test_a_check_cell_cannot_be_deleted(home: Page) -> None:
    panel = opened(home, "F01")
    cells = panel.locator(".jp-Cell")
    before = cells.count()
    panel.locator(".jp-CodeCell", has_text='check("seuil")').locator(".jp-InputPrompt").click()
    home.keyboard.press("d")
    home.keyboard.press("d")
    home.wait_for_timeout(500)
    assert cells.count() == before


def test_a_larger_type_lasts(home: Page, address: str) -> None:
    panel = opened(home, "F01")
    text = panel.locator(".jp-MarkdownOutput p").first
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    before = text.evaluate(size)
    panel.get_by_role("button", name="Agrandir le texte").click()
    assert text.evaluate(size) >= 1.3 * before
    # Which tabs a reload brings back depends on when JupyterLab last saved them.
    home.goto(f"{address}&reset")
    button = opened(home, "F01").get_by_role("button", name="Agrandir le texte")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_handing_in_and_feedback_are_explained(home: Page, space: Path) -> None:
    panel = opened(home, "F01")
    panel.get_by_role("button", name="Voir mon retour").click()
    expect(dialog(home)).to_contain_text("pas encore de retour", timeout=SLOW)
    home.keyboard.press("Enter")
    panel.get_by_role("button", name="Rendre mon travail").click()
    name = dialog(home).get_by_label("Votre identifiant")
    expect(name).to_be_focused()
    results = Axe().run(home, context=".jp-Dialog-content", options=WCAG)
    assert results.violations_count == 0, results.generate_report()
    name.fill("zoé/martin")
    home.keyboard.press("Enter")
    expect(dialog(home).get_by_role("alert")).to_contain_text("Retirez-le", timeout=SLOW)
    expect(name).to_have_value("zoé/martin")
    name.fill("zoé.martin")
    dialog(home).get_by_role("button", name="Rendre").click()
    expect(dialog(home)).to_contain_text("envoyez-le à la personne qui vous forme", timeout=SLOW)
    home.keyboard.press("Enter")
    assert len(list((space / "rendus").glob("F01-*-zoe.martin-*.zip"))) == 1


def test_the_name_given_once_is_proposed_again(home: Page, space: Path) -> None:
    panel = opened(home, "F01")
    panel.get_by_role("button", name="Rendre mon travail").click()
    expect(dialog(home).get_by_label("Votre identifiant")).to_have_value("zoé.martin")
    home.keyboard.press("Escape")


def test_beginning_again_keeps_a_copy(home: Page, space: Path) -> None:
    panel = opened(home, "F02")
    form = panel.get_by_role("form", name="Ce que décrit une ligne")
    form.get_by_label("une commune de France", exact=True).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text("C’est ce que promet le nom du fichier")
    panel.get_by_role("button", name="Recommencer ce module").click()
    dialog(home).get_by_role("button", name="Recommencer").click()
    expect(dialog(home)).to_contain_text("Le module est remis à neuf", timeout=SLOW)
    home.keyboard.press("Enter")
    expect(home.locator(".jp-NotebookPanel .campus-status")).to_have_text(READY, timeout=SLOW)
    (copy,) = space.glob("F02-*-copie-*")
    assert (copy / "reponses.json").exists()
    assert not (space / module("F02").folder_name / "reponses.json").exists()


def test_an_exercise_by_form_and_one_by_code(home: Page) -> None:
    panel = opened(home, "F02")
    form = panel.get_by_role("form", name="Ce que décrit une ligne")
    form.get_by_label(re.compile("un territoire communal")).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text(re.compile(r"Juste · (\d+) point.* sur \1"))

    home.get_by_role("menuitem", name="Exécution").click()
    home.get_by_role("menuitem", name="Exécuter toutes les cellules", exact=True).click()
    verdict = panel.locator(".jp-CodeCell", has_text='check("mediane")').locator(".campus-verdict")
    expect(verdict).to_be_visible(timeout=120_000)
    answer = panel.locator(".jp-CodeCell .cm-content", has_text="population_mediane = ")
    for method, said in [("mean", "C’est la moyenne"), ("median", "réponse par le code")]:
        answer.click()
        home.keyboard.press("ControlOrMeta+A")
        home.keyboard.insert_text(f'population_mediane = communes_departements["population"].{method}()')
        home.keyboard.press("Shift+Enter")  # the answer, then the check below
        home.keyboard.press("Shift+Enter")
        expect(verdict).to_contain_text(said)
    expect(verdict).to_contain_text(re.compile(r"Juste · (\d+) point.* sur \1"))


def right_answers(module_id: str) -> dict[str, tuple[str, object]]:
    """The widget and the right form answer of each exercise, from the tables that grading uses."""
    name = module(module_id).folder_name
    table = json.loads((paths.private() / f"{name}.json").read_text(encoding="utf-8"))["exercises"]
    free = "La population du département 69 est de 1,9 million d’habitants. Ce chiffre compte chaque personne une fois."
    return {
        key: (one.form["widget"], table[key]["form_value"] if key in table else free)
        for key, one in module(module_id).exercises.items()
    }


def answer_by_keyboard(form: Locator, widget: str, value: object) -> None:
    """Give an answer with keys alone: space, arrows, enter, letters."""
    press, kind = form.page.keyboard.press, form.page.keyboard.type
    match widget, value:
        case "choice", key:
            form.locator(f'input[value="{key}"]').focus()
            press("Space")
        case "choices", list():
            for key in value:
                form.locator(f'input[value="{key}"]').focus()
                press("Space")
        case "order", list():
            for place, key in enumerate(value):
                row = form.locator(f'li[data-key="{key}"]')
                row.get_by_role("button", name="Monter").focus()
                while row.evaluate("row => [...row.parentNode.children].indexOf(row)") > place:
                    press("Enter")
        case "match", dict():
            for select, key in zip(form.locator("select").all(), value.values(), strict=True):
                choose_by_keyboard(select, key)
        case "log", dict():
            for key, text in value.items():
                entry = form.locator(f'[name="{key}"]')
                if entry.evaluate("node => node.tagName") == "SELECT":
                    choose_by_keyboard(entry, text)
                else:
                    entry.focus()
                    kind(text)
        case "committee", dict():
            for key, decision in value["half_years"][-1]["decisions"].items():
                card = form.locator("section", has_text=f"Dossier {key} –")
                card.locator(f"input[value={decision['choice']}]").focus()
                press("Space")
                if "proof" in decision:
                    choose_by_keyboard(card.get_by_label("Preuve demandée"), decision["proof"])
                choose_by_keyboard(card.get_by_label("Ce qui décide"), decision["ground"])
        case "inbox", dict():
            # The messages of this learner's own draw, not of the table's.
            for button in form.locator(".mails button").all():
                button.focus()
                press("Enter")
                right = RIGHT_SORTS_BY_SUBJECT[form.locator(".mail h4").text_content() or ""]
                form.locator(f'.mail input[value="{right}"]').focus()
                press("Space")
        case (("number" | "slider"), number):
            form.locator("input.entry.number").first.focus()
            kind(str(number).replace(".", ","))
        case _, text:
            form.locator(".entry").first.focus()
            kind(str(text))
    form.get_by_role("button", name=re.compile("Vérifier ma réponse|Clôturer le semestre")).focus()
    press("Enter")


def choose_by_keyboard(select: Locator, key: str) -> None:
    select.focus()
    for _ in range(20):
        if select.input_value() == key:
            break
        select.page.keyboard.press("ArrowDown")


EACH_WIDGET = covering(
    {
        one.id: {exercise.form["widget"] for exercise in one.exercises.values()}
        for one in publication.authored()
    }
)
"""Modules that have each control together: `campus run` proves the forms of all."""


@pytest.mark.parametrize("module_id", EACH_WIDGET)
def test_a_module_is_finished_with_full_marks_without_code_nor_mouse(home: Page, module_id: str) -> None:
    title = f"{module_id} – {module(module_id).title}"
    home.locator(".campus-modules").get_by_role("link", name=title).focus()
    home.keyboard.press("Enter")
    panel = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".campus-status")).to_have_text(READY, timeout=SLOW)
    for key, (widget, value) in right_answers(module_id).items():
        exercise = module(module_id).exercises[key]
        form = panel.get_by_role("form", name=f"Formulaire : {exercise.title}")
        answer_by_keyboard(form, widget, value)
        said = re.compile("Enregistrée|À compléter") if exercise.is_free else re.compile("Juste")
        expect(form.locator(".verdict")).to_contain_text(said)
    panel.get_by_role("button", name="Accueil", exact=True).focus()
    home.keyboard.press("Enter")
    judged = [one for one in module(module_id).exercises.values() if not one.is_free]
    points = f"{sum(one.points for one in judged):g}"
    card = home.locator(".campus-modules > li", has_text=title)
    expect(card).to_contain_text(
        f"terminé : {len(judged)} exercices vérifiés sur {len(judged)}, {points} points sur {points}"
    )


def test_instructors_find_their_guide_and_formgrader_in_the_launcher(
    page: Page, tmp_path: Path, course: Path
) -> None:
    with lab(tmp_path / "travail", 18960, "--instructor") as found:
        page.goto(f"{found}&reset")
        cards = page.locator(".jp-Launcher")
        cards.get_by_text("Guide du formateur").click(timeout=SLOW)
        expect(page.locator(".jp-MarkdownViewer h1")).to_contain_text("Guide du formateur", timeout=SLOW)
        page.locator(".lm-TabBar-tab", has_text="formateur.md").locator(".lm-TabBar-tabCloseIcon").click()
        page.locator(".jp-Launcher").get_by_text("Publier, ramasser, corriger").click()
        formgrader = page.frame_locator("iframe")
        expect(formgrader.get_by_text("F01-prendre-en-main").first).to_be_visible(timeout=SLOW)
    assert page.record.outside == []  # type: ignore[attr-defined]
