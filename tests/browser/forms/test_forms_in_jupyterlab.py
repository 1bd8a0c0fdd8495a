"""The forms as a learner meets them: in JupyterLab, by keyboard, on a small screen, without a kernel."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import demo
import pytest
from playwright.sync_api import Locator, expect

from autograder.progress import journal
from tests.browser.accessible import check_accessibility
from tests.browser.tab import Opened, Tab

OVERFLOWING = """forms => forms
    .filter(form => form.scrollWidth > form.clientWidth || form.getBoundingClientRect().right > innerWidth)
    .map(form => form.textContent)
"""


class Notebook(Opened):
    """The demonstration notebook, open in JupyterLab."""

    def run(self) -> None:
        self.tab.run_all()
        expect(self.forms).to_have_count(len(demo.EXERCISES) + 1, timeout=60_000)

    @property
    def forms(self) -> Locator:
        return self.page.locator("form.campus-form")

    def form(self, exercise: str) -> Locator:
        return self.forms.nth(list(demo.EXERCISES).index(exercise))

    def answers(self) -> dict[str, Any]:
        data = json.loads((self.folder / "reponses.json").read_text(encoding="utf-8"))
        return {key: answer["value"] for key, answer in data["answers"].items()}

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture
def notebook(tab: Tab, server: tuple[str, Path], request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A fresh copy of the notebook, all its cells run."""
    url, root = server
    folder = root / request.node.name.replace("[", "-").rstrip("]")
    demo.write_module(folder)
    opened = Notebook(tab, url, folder, "carnet")
    opened.show()
    opened.run()
    yield opened
    tab.leave()


@pytest.fixture
def space(server: tuple[str, Path]) -> Iterator[Path]:
    """The server's folder as a learner's space: what is done there is remembered."""
    state = server[1] / ".campus"
    state.mkdir()
    yield server[1]
    shutil.rmtree(state)


def test_hints_come_one_after_the_other_and_are_counted(space: Path, notebook: Notebook) -> None:
    form = notebook.form("moyenne")
    second = form.get_by_text("Indice 2", exact=True)
    expect(second).to_be_hidden()
    form.get_by_text("Indice 1", exact=True).focus()
    notebook.press("Enter")
    expect(form).to_contain_text("Indices ouverts : 1 sur 2. Ils ne coûtent aucun point.")
    notebook.press("Tab")
    expect(second).to_be_focused()
    notebook.press("Enter")
    expect(form).to_contain_text("Indices ouverts : 2 sur 2.")
    notebook.load()
    notebook.run()
    expect(notebook.form("moyenne")).to_contain_text("Indices ouverts : 2 sur 2.")
    hints = [event for event in journal.read(space) if event.event == "hint"]
    assert [(event.exercise, event.level) for event in hints] == [("moyenne", 1), ("moyenne", 2)]


def test_tries_are_kept_and_the_check_cell_follows_the_form(space: Path, notebook: Notebook) -> None:
    check_cell = notebook.page.locator(".jp-CodeCell").last.locator(".campus-verdict")
    expect(check_cell).to_contain_text("Sans réponse")
    form = notebook.form("moyenne")
    for answer, word in (("12", "Pas encore"), ("1959,9", "Juste")):
        form.get_by_label("Population moyenne").fill(answer)
        form.get_by_role("button", name="Vérifier ma réponse").click()
        expect(form.locator(".verdict")).to_contain_text(word)
        expect(check_cell).to_contain_text(word)  # without being run again
    notebook.load()
    notebook.run()
    form = notebook.form("moyenne")
    form.get_by_text("Mes essais (2)").click()
    expect(form.locator(".tries li").first).to_contain_text("Juste, par le formulaire (2 points sur 2)")
    expect(form.locator(".tries li").last).to_contain_text("Pas encore, par le formulaire (0 point sur 2)")
    assert "1959" not in (space / ".campus" / "journal.jsonl").read_text(encoding="utf-8")


def saved(form: Locator) -> None:
    expect(form.get_by_role("status").filter(has_text="Enregistré à")).to_be_visible()


def test_every_kind_is_answered_with_the_keyboard_alone(notebook: Notebook) -> None:
    press, kind = notebook.press, notebook.page.keyboard.type
    check = notebook.page.get_by_role("button", name="Vérifier ma réponse")

    def judged(exercise: str, word: str) -> None:
        form = notebook.form(exercise)
        for _ in range(12):
            if form.locator(":focus").and_(check).count():
                break
            press("Tab")
        press("Enter")
        expect(form.locator(".verdict")).to_contain_text(word)
        expect(form.locator(":focus").and_(check)).to_have_count(1)

    notebook.form("unite").get_by_role("radio").first.focus()
    press("ArrowDown", "ArrowUp")
    judged("unite", "Chaque ligne décrit une commune.")

    notebook.form("vides").get_by_role("checkbox").first.focus()
    press("Space")
    judged("vides", "Juste")

    notebook.form("etapes").get_by_role("button", name="Descendre : une commune").focus()
    press("Space")
    expect(notebook.form("etapes")).to_contain_text("une commune : position 2 sur 3.")
    expect(notebook.form("etapes").get_by_role("button", name="Descendre : une commune")).to_be_focused()
    judged("etapes", "C’est le bon ordre.")

    notebook.form("paires").get_by_label("EPCI").focus()
    kind("un g")
    press("Tab")
    kind("un i")
    judged("paires", "Juste")

    notebook.form("moyenne").get_by_label("Population moyenne").focus()
    kind("1 959,9")
    judged("moyenne", "C’est bien la moyenne.")

    notebook.form("part").get_by_role("slider").focus()
    press("ArrowRight")
    judged("part", "Un peu plus de la moitié.")

    notebook.form("mot").get_by_label("Comment se nomme").focus()
    kind("Médiane")
    judged("mot", "C’est la médiane.")

    notebook.form("avis").get_by_label("Expliquez").focus()
    kind("La moyenne")
    judged("avis", "2 mots sur 5 au moins")
    notebook.form("avis").get_by_label("Expliquez").focus()
    press("Control+End")
    kind(" cache de grands écarts.")
    judged("avis", "Enregistrée")

    assert notebook.answers() == {
        "unite": "a",
        "vides": ["a"],
        "etapes": ["b", "a", "c"],
        "paires": {"epci": "g", "insee": "i"},
        "moyenne": 1959.9,
        "part": 55,
        "mot": "Médiane",
        "avis": "La moyenne cache de grands écarts.",
    }
    assert notebook.tab.record.errors == []
    assert notebook.tab.record.outside == []


def test_keys_pressed_in_a_form_are_not_commands_of_the_notebook(notebook: Notebook) -> None:
    cells = notebook.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    notebook.form("unite").get_by_role("radio").first.focus()
    notebook.press("a", "b", "d", "d", "x", "m", "ArrowDown")
    expect(notebook.form("unite").get_by_role("radio").nth(1)).to_be_focused()
    assert cells.count() == before
    notebook.page.locator(".jp-Cell .jp-InputPrompt").first.click()
    notebook.press("b")
    expect(cells).to_have_count(before + 1)


def test_nothing_is_an_answer_until_the_learner_says_so(notebook: Notebook) -> None:
    notebook.form("part").get_by_role("button", name="Vérifier").click()
    expect(notebook.form("part").locator(".verdict")).to_contain_text("Sans réponse")
    assert notebook.answers() == {}
    notebook.form("etapes").get_by_role("button", name="Vérifier").click()
    notebook.form("part").get_by_label("Valeur").fill("50")
    saved(notebook.form("etapes"))
    saved(notebook.form("part"))
    assert notebook.answers() == {"etapes": ["a", "b", "c"], "part": 50}


def test_a_wrong_writing_is_explained_and_not_saved(notebook: Notebook) -> None:
    form, field = notebook.form("moyenne"), notebook.form("moyenne").get_by_label("Population moyenne")
    field.fill("beaucoup")
    expect(form.get_by_role("alert").filter(has_text="Écrivez le nombre seul, en chiffres")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("habitants " + form.locator(".error").inner_text())
    field.fill("1959.9")
    saved(form)
    expect(field).to_have_attribute("aria-invalid", "false")
    assert notebook.answers() == {"moyenne": 1959.9}


def test_an_answer_erased_by_accident_comes_back(notebook: Notebook) -> None:
    form = notebook.form("avis")
    form.get_by_label("Expliquez").fill("Un long texte.")
    saved(form)
    form.get_by_role("button", name="Effacer ma réponse").click()
    expect(form.get_by_label("Expliquez")).to_have_value("")
    saved(form)
    assert notebook.answers() == {}
    form.get_by_role("button", name="Annuler l’effacement").click()
    saved(form)
    assert notebook.answers() == {"avis": "Un long texte."}


def test_two_views_of_a_form_agree(notebook: Notebook) -> None:
    first, second = notebook.forms.first, notebook.forms.last
    first.get_by_label("un EPCI").check()
    expect(second.get_by_label("un EPCI")).to_be_checked()
    second.get_by_label("une commune").check()
    expect(first.get_by_label("une commune")).to_be_checked()


def test_a_changed_answer_keeps_its_message_and_says_so(notebook: Notebook) -> None:
    form = notebook.form("unite")
    form.get_by_label("un EPCI").check()
    form.get_by_role("button", name="Vérifier").click()
    expect(form.locator(".verdict")).to_contain_text("Pas encore")
    form.get_by_label("une commune").check()
    expect(form).to_contain_text("Vous avez modifié votre réponse depuis cette vérification.")
    form.get_by_role("button", name="Vérifier").click()
    expect(form.locator(".verdict")).to_contain_text("Juste")
    expect(form.locator(".outdated")).to_be_hidden()


def test_the_answer_survives_a_reload_and_a_restarted_kernel(notebook: Notebook) -> None:
    notebook.form("moyenne").get_by_label("Population moyenne").fill("1 959,9")
    notebook.form("etapes").get_by_role("button", name="Descendre : un EPCI").click()
    saved(notebook.form("moyenne"))
    saved(notebook.form("etapes"))
    notebook.tab.command("docmanager:save")

    notebook.load()
    expect(notebook.form("moyenne").get_by_label("Population moyenne")).to_have_value("1959,9")
    expect(notebook.form("moyenne").locator(".paused:visible")).to_have_count(0)

    notebook.page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()")
    expect(notebook.form("moyenne").locator(".paused")).to_contain_text("Formulaire en pause")
    notebook.tab.wait_for_kernel()
    notebook.run()
    expect(notebook.form("moyenne").get_by_label("Population moyenne")).to_have_value("1959,9")
    expect(notebook.form("etapes").locator("li .text")).to_have_text(
        ["une commune", "un département", "un EPCI"]
    )
    expect(notebook.form("moyenne").locator(".paused:visible")).to_have_count(0)


def test_two_tabs_lose_no_answer(server: tuple[str, Path], notebook: Notebook) -> None:
    """The same notebook open twice: each tab keeps what the other saves, and both answers are there."""
    with closing(notebook.page.context.new_page()) as second:
        other = Notebook(Tab(second, "second"), server[0], notebook.folder, "carnet")
        other.load()
        other.run()
        notebook.form("moyenne").get_by_label("Population moyenne").fill("12")
        other.form("mot").get_by_label("Comment se nomme").fill("médiane")
        saved(notebook.form("moyenne"))
        saved(other.form("mot"))
        assert notebook.answers() == {"moyenne": 12, "mot": "médiane"}
        expect(notebook.form("mot").get_by_label("Comment se nomme")).to_have_value("médiane")


def test_a_disk_that_refuses_is_told_and_nothing_typed_is_lost(notebook: Notebook) -> None:
    form, field = notebook.form("moyenne"), notebook.form("moyenne").get_by_label("Population moyenne")
    blocked = notebook.folder / "reponses.json"
    blocked.mkdir()  # stands for a full disk, which an administrator's account would not meet
    field.fill("1959,9")
    expect(form.locator(".error")).to_contain_text("n’a pas pu être enregistrée")
    expect(field).to_have_value("1959,9")
    blocked.rmdir()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form.locator(".verdict")).to_contain_text("Juste")
    assert notebook.answers() == {"moyenne": 1959.9}


def test_a_file_deleted_while_the_module_is_open_costs_no_answer(notebook: Notebook) -> None:
    for key, label in (("moyenne", "Population moyenne"), ("mot", "Comment se nomme")):
        notebook.form(key).get_by_label(label).fill("12")
        saved(notebook.form(key))
    (notebook.folder / "reponses.json").unlink()
    notebook.load()
    notebook.run()
    expect(notebook.form("mot").get_by_role("alert").filter(has_text="a disparu")).to_be_visible()
    expect(notebook.form("mot").get_by_label("Comment se nomme")).to_have_value("12")
    notebook.form("unite").get_by_label("un EPCI").check()
    saved(notebook.form("unite"))
    assert notebook.answers() == {"moyenne": 12, "mot": "12", "unite": "b"}
    expect(
        notebook.form("unite").first.get_by_role("alert").filter(has_text="il est réécrit")
    ).to_be_visible()


def test_a_notebook_reopened_without_its_kernel_shows_paused_forms(notebook: Notebook) -> None:
    """JupyterLab keeps the widgets of a notebook when `saveState` is set, as the course's settings do."""
    notebook.page.evaluate(
        """jupyterapp.serviceManager.settings.save(
            "@jupyter-widgets/jupyterlab-manager:plugin", JSON.stringify({saveState: true}))"""
    )
    notebook.load()
    notebook.run()
    notebook.form("moyenne").get_by_label("Population moyenne").fill("1 959,9")
    saved(notebook.form("moyenne"))
    notebook.tab.command("docmanager:save")
    notebook.tab.command("kernelmenu:shutdown")

    notebook.load()
    expect(notebook.form("moyenne").locator(".paused")).to_contain_text("rechargez la page")
    expect(notebook.form("moyenne").get_by_label("Population moyenne")).to_have_value("1959,9")
    notebook.run()
    expect(notebook.form("moyenne").locator(".paused:visible")).to_have_count(0)
    expect(notebook.form("moyenne").get_by_label("Population moyenne")).to_have_value("1959,9")


def test_without_a_kernel_the_form_says_so_and_keeps_what_is_typed(notebook: Notebook) -> None:
    form = notebook.form("avis")
    form.get_by_label("Expliquez").fill("Une première version.")
    saved(form)
    notebook.tab.command("kernelmenu:shutdown")
    form.get_by_label("Expliquez").fill("Une seconde version.")
    banner = form.get_by_role("alert").filter(has_text="Formulaire en pause")
    expect(banner).to_contain_text("n’est pas encore enregistré")
    expect(form.get_by_label("Expliquez")).to_have_value("Une seconde version.")
    assert notebook.answers() == {"avis": "Une première version."}


def test_accessibility_in_both_themes_and_on_small_screens(space: Path, notebook: Notebook) -> None:
    """At 200 % a 1280 px window shows 640 CSS pixels; WCAG 1.4.10 asks for 320."""
    notebook.form("moyenne").get_by_label("Population moyenne").fill("beaucoup")
    expect(notebook.form("moyenne").locator(".error")).to_contain_text("À compléter. Écrivez le nombre seul")
    notebook.form("unite").get_by_label("un EPCI").check()
    notebook.form("unite").get_by_role("button", name="Vérifier").click()
    expect(notebook.form("unite").locator(".verdict")).to_contain_text("Pas encore")
    notebook.form("unite").get_by_label("une commune").check()
    notebook.form("unite").get_by_text("Indice 1").click()
    notebook.form("unite").get_by_text("Indice 2").click()
    notebook.form("unite").get_by_text("Mes essais").click()
    for theme in ("Dark", "Light"):
        notebook.tab.command("apputils:change-theme", theme=f"JupyterLab {theme}")
        expect(notebook.page.locator("body")).to_have_attribute(
            "data-jp-theme-light", str(theme == "Light").lower()
        )
        for width, height in ((1280, 900), (640, 450), (320, 640)):
            notebook.page.set_viewport_size({"width": width, "height": height})
            check_accessibility(notebook.page, "form.campus-form", f"{theme} {width} px")
            assert notebook.forms.evaluate_all(OVERFLOWING) == [], f"{width} px"
