"""What `campus lab` serves: a home page that follows the learner, modules that open ready, plain French buttons."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Locator, Page, expect

from autograder import paths
from autograder.contract.names import TRIES
from autograder.lab import publication
from autograder.lab.home import offer
from autograder.modules.steps import steps_of
from tests.browser.accessible import check_accessibility
from tests.browser.conftest import free_port
from tests.browser.lab.conftest import SLOW, entered, lab, module, opened
from tests.browser.lab.keyboard import answer_by_keyboard, right_of_its_draw
from tests.covering import covering


def dialog(home: Page) -> Locator:
    return home.locator(".jp-Dialog-content")


def test_it_is_in_french_greets_and_lists_the_modules(home: Page) -> None:
    expect(home.locator("html")).to_have_attribute("lang", re.compile("^fr"))
    expect(home.get_by_role("menuitem", name="Fichier")).to_be_visible()
    expect(home.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)
    expect(home.locator("#jp-skiplink")).to_have_text("Aller au contenu principal")
    titles = home.locator(".campus-home h4").all_text_contents()
    assert titles == [f"{m.id} – {m.title}" for m in offer().modules]


@pytest.mark.parametrize("zoom", [1, 2])
def test_home_and_bar_are_accessible(home: Page, zoom: int) -> None:
    """At 200 % a 1280 px window shows 640 CSS pixels."""
    home.set_viewport_size({"width": 1280 // zoom, "height": 900 // zoom})
    for place in (".campus-home", ".campus-bar"):
        if place == ".campus-bar":
            opened(home, "F01")
        check_accessibility(home, place, f"{place} {zoom}")
        widths = home.locator(place).evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert widths[0] <= widths[1], f"{place} is cut at {zoom * 100} %"


def test_the_guide_opens_as_a_page_one_click_away(home: Page) -> None:
    home.locator(".campus-shortcuts").get_by_role("link", name="Guide de l’apprenant").click()
    guide = home.locator(".jp-MarkdownViewer:not(.lm-mod-hidden)")
    expect(guide.get_by_role("heading", name="Guide de l’apprenant")).to_be_visible(timeout=SLOW)


def test_a_track_that_is_followed_says_what_is_next(home: Page) -> None:
    track = home.locator("#campus-decideurs")
    track.locator(".campus-fold button").click()
    follow = track.get_by_role("button", name="Suivre ce parcours")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(home.locator(".campus-next")).to_contain_text("D01, du parcours que vous suivez")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "false")


def test_the_end_of_a_module_leads_to_its_card_which_is_printed_alone(home: Page) -> None:
    panel = entered(home, "F01")
    panel.locator(".campus-where").first.click()
    panel.locator(".campus-sheet").get_by_role("button", name="À emporter").click()
    panel.get_by_role("button", name="Terminer").click()
    panel.get_by_role("button", name="Ma fiche à emporter").click()
    card = home.locator("#campus-fiche-F01-prendre-en-main")
    expect(card).to_be_focused(timeout=SLOW)
    expect(card).to_contain_text("Six gestes pour tout le cours")
    home.emulate_media(media="print")
    expect(card).to_be_visible()
    for other in (".jp-NotebookPanel", ".campus-home", ".lm-TabBar", ".jp-FileBrowser", ".campus-screen"):
        assert not any(one.is_visible() for one in home.locator(other).all()), other
    home.emulate_media(media="screen")


def test_the_keyboard_opens_the_next_module(home: Page) -> None:
    link = home.locator(".campus-next a")
    link.focus()
    home.keyboard.press("Enter")
    expect(home.locator(".jp-NotebookPanel .campus-course-bar")).to_be_visible(timeout=SLOW)
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
    check_accessibility(home, ".jp-Dialog-content")
    name.fill("zoé/martin")
    home.keyboard.press("Enter")
    expect(dialog(home).get_by_role("alert")).to_contain_text("Retirez-le", timeout=SLOW)
    expect(name).to_have_value("zoé/martin")
    name.fill("zoé.martin")
    dialog(home).get_by_role("button", name="Rendre").click()
    expect(dialog(home)).to_contain_text("envoyez-le à la personne qui vous forme", timeout=SLOW)
    link = dialog(home).get_by_role("link", name="Télécharger le fichier")
    expect(link).to_be_focused()
    with home.expect_download() as download:
        home.keyboard.press("Enter")
    (archive,) = (space / "rendus").glob("F01-*-zoe.martin-*.zip")
    assert download.value.path().read_bytes() == archive.read_bytes()
    assert download.value.suggested_filename == archive.name
    dialog(home).get_by_role("button", name="Fermer").click()


def test_a_feedback_page_opens_beside_the_module(home: Page, space: Path) -> None:
    """The fixture `home` forbids errors of the page."""
    folder = module("F01").folder_name
    place = space / folder / "feedback" / "2026-12-01 10:00:00 UTC"
    place.mkdir(parents=True)
    (place / f"{folder}.html").write_text(
        "<!doctype html><html lang='fr'><title>Retour</title><h1>Copie corrigée</h1></html>"
    )
    panel = entered(home, "F01")
    panel.get_by_role("button", name="Menu").click()
    panel.locator(".campus-sheet").get_by_role("button", name="Voir mon retour").click()
    page = home.frame_locator(".jp-HTMLViewer iframe")
    expect(page.get_by_role("heading", name="Copie corrigée")).to_be_visible(timeout=SLOW)
    expect(home.get_by_role("menuitem", name="Fichier")).to_be_visible()
    shutil.rmtree(place.parent)


def test_the_name_given_once_is_proposed_again(home: Page, space: Path) -> None:
    panel = opened(home, "F01")
    panel.get_by_role("button", name="Rendre mon travail").click()
    expect(dialog(home).get_by_label("Votre identifiant")).to_have_value("zoé.martin")
    home.keyboard.press("Escape")


def test_the_verdicts_met_are_shown_before_they_are_handed_in_and_may_be_left_out(
    home: Page, space: Path
) -> None:
    panel, folder = opened(home, "F02"), space / module("F02").folder_name
    form = panel.get_by_role("form", name="Ce que décrit une ligne")
    form.get_by_label(re.compile("une commune de France")).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text("C’est ce que promet le nom du fichier")
    for chosen in (True, False):
        panel.get_by_role("button", name="Rendre mon travail").click()
        enclosed = dialog(home).get_by_label("Joindre la liste de mes essais")
        expect(enclosed).to_be_checked()
        dialog(home).get_by_text("Voir ce qui est joint").click()
        expect(dialog(home)).to_contain_text("Ce que décrit une ligne : pas encore (nom-du-fichier)")
        check_accessibility(home, ".jp-Dialog-content")
        enclosed.set_checked(chosen)
        dialog(home).get_by_role("button", name="Rendre").click()
        expect(dialog(home)).to_contain_text("Télécharger le fichier", timeout=SLOW)
        dialog(home).get_by_role("button", name="Fermer").click()
        assert (folder / TRIES).exists() == chosen


def test_beginning_again_keeps_a_copy(home: Page, space: Path) -> None:
    panel = opened(home, "F02")
    form = panel.get_by_role("form", name="Ce que décrit une ligne")
    form.get_by_label(re.compile("une commune de France")).check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form).to_contain_text("C’est ce que promet le nom du fichier")
    panel.get_by_role("button", name="Recommencer ce module").click()
    dialog(home).get_by_role("button", name="Recommencer").click()
    expect(dialog(home)).to_contain_text("Le module est remis à neuf", timeout=SLOW)
    home.keyboard.press("Enter")
    expect(home.locator(".jp-NotebookPanel .campus-points")).to_contain_text("0 point", timeout=SLOW)
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


def go_to(panel: Locator, step: int) -> None:
    """Open a step from the list, with keys alone."""
    panel.locator("button.campus-where").focus()
    panel.page.keyboard.press("Enter")
    panel.locator(".campus-sheet li button").nth(step).focus()
    panel.page.keyboard.press("Enter")


def go_on(panel: Locator, place: str) -> None:
    """Continue, with keys alone, to a place named as the bar names it; past the end, into its optional steps."""
    onward = panel.locator(".campus-moves .campus-primary")
    further = panel.locator(".campus-end h2", has_text="Pour aller plus loin").locator("+ ul button").first
    where = panel.locator("button.campus-where")
    for _ in range(60):
        expect(panel.locator(".campus-news p")).not_to_have_text("Préparation…", timeout=SLOW)
        if where.inner_text().startswith(place):
            return
        (further if where.inner_text() == END else onward).focus()
        panel.page.keyboard.press("Enter")
    raise AssertionError(f"« {place} » is not reached")


def reveal(panel: Locator) -> None:
    """Ask for the results to predict of the step that is open, with keys alone: its questions come after them."""
    predictions = panel.get_by_role("button", name="Voir le résultat")
    while predictions.count():
        predictions.first.press("Enter")


def step_of(module_id: str, key: str) -> int:
    """Return the place of the step of an exercise, from 0."""
    steps = steps_of(module(module_id).cells)
    return next(n for n, step in enumerate(steps) if key in {cell.exercise for cell in step.cells})


def exercises_of(name: str) -> dict[str, str]:
    """Return the widget of each exercise of a module."""
    return {key: one.form["widget"] for key, one in module(name).exercises.items()}


END = "Fin du module"
WALKED = ["F01"]
"""The modules that are done from their first step to their last; all of them with `--whole`."""
EACH_WIDGET = covering({one.id: set(exercises_of(one.id).values()) for one in publication.authored()})
"""Modules that have each control together: `campus run` proves the forms of all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give the modules to walk: those that the command line asks for are not known when this file is read."""
    if "walked" in metafunc.fixturenames:
        every = [one.id for one in publication.authored()]
        metafunc.parametrize("walked", every if metafunc.config.getoption("whole") else WALKED)


def first_of_each_widget(module_id: str, seen: set[str]) -> list[str]:
    """Return the first exercise of each control of a module that no other module has shown; `seen` gains them."""
    found = []
    for key, widget in exercises_of(module_id).items():
        if widget not in seen:
            seen.add(widget)
            found.append(key)
    return found


def in_the_course_view(home: Page, module_id: str) -> Locator:
    """Open a module from the home page with keys alone; return its panel."""
    title = f"{module_id} – {module(module_id).title}"
    track = home.locator("[data-track]", has_text=title)
    if not track.locator(".campus-modules").is_visible():
        track.locator(".campus-fold button").press("Enter")
    track.get_by_role("link", name=title).press("Enter")
    panel = home.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".campus-points")).not_to_be_empty(timeout=SLOW)
    return panel


def answer_right(panel: Locator, module_id: str, key: str, widget: str, value: object) -> None:
    """Go on to an exercise, answer it, and read that it is right."""
    exercise = module(module_id).exercises[key]
    form = panel.get_by_role("form", name=f"Formulaire : {exercise.title}")
    go_on(panel, f"Étape {step_of(module_id, key) + 1} sur ")
    reveal(panel)
    expect(form).to_be_visible(timeout=SLOW)
    if widget == "casefile":
        value = right_of_its_draw(form, exercise, cast(dict[str, Any], value))
    answer_by_keyboard(form, widget, value)
    said = re.compile("Enregistrée|À compléter") if exercise.is_free else re.compile("Juste")
    expect(form.locator(".verdict")).to_contain_text(said)


def test_a_module_is_finished_with_full_marks_without_code_nor_mouse(home: Page, walked: str) -> None:
    panel = in_the_course_view(home, walked)
    go_to(panel, 0)
    for key, (widget, value) in right_answers(walked).items():
        answer_right(panel, walked, key, widget, value)
    go_on(panel, END)
    expect(panel.get_by_role("heading", name="Module terminé")).to_be_visible()
    panel.get_by_role("button", name="Revenir à l’accueil").focus()
    home.keyboard.press("Enter")
    judged = [one for one in module(walked).exercises.values() if not one.is_free]
    points = f"{sum(one.points for one in judged):g}"
    card = home.locator(".campus-modules > li", has_text=f"{walked} – {module(walked).title}")
    expect(card).to_contain_text(
        f"Terminé : {len(judged)} exercices vérifiés sur {len(judged)}, {points} points sur {points}"
    )


SHOWN: set[str] = set()
SHORT = {one: first_of_each_widget(one, SHOWN) for one in EACH_WIDGET}
"""An exercise for each control of the course, and its module."""


@pytest.mark.parametrize("module_id", SHORT)
def test_each_control_is_answered_right_without_code_nor_mouse(home: Page, module_id: str) -> None:
    panel = in_the_course_view(home, module_id)
    answers = right_answers(module_id)
    for key in SHORT[module_id]:
        go_to(panel, step_of(module_id, key))
        answer_right(panel, module_id, key, *answers[key])


def test_instructors_find_their_guide_and_formgrader_from_the_first_page(
    page: Page, tmp_path: Path, course: Path
) -> None:
    with lab(tmp_path / "travail", free_port(), "--instructor") as found:
        page.goto(f"{found}&reset")
        today = page.locator(".campus-today")
        expect(today.locator("h1")).to_have_text("Aujourd’hui", timeout=SLOW)
        expect(today.get_by_role("heading", name="F02 – ")).to_be_visible(timeout=SLOW)
        today.get_by_role("link", name="Guide du formateur").click()
        expect(page.locator(".jp-MarkdownViewer h1")).to_contain_text("Guide du formateur", timeout=SLOW)
        page.locator(".lm-TabBar-tab", has_text="formateur.md").locator(".lm-TabBar-tabCloseIcon").click()
        today.get_by_role("link", name="Formgrader").click()
        formgrader = page.frame_locator("iframe")
        expect(formgrader.get_by_text("F01-prendre-en-main").first).to_be_visible(timeout=SLOW)
    assert page.record.outside == []  # type: ignore[attr-defined]
