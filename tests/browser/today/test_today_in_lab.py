"""One day in the instructor's JupyterLab, by keyboard, on a course of three learners: each test goes on from the one before."""

import re
import urllib.error
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Locator, Page, expect

from autograder.grading.config import COURSE_ID
from autograder.lab.launch import DIRECT
from tests.browser.accessible import check_accessibility
from tests.browser.tab import SLOW
from tests.browser.today.conftest import LEARNERS
from tests.nbgrader.batch_course import MODULE, BatchCourse


def step(lab: Page) -> Locator:
    return lab.locator("#campus-module-T01 .campus-primary")


def press(lab: Page, name: str) -> None:
    """Press the button of the next action by keyboard, and wait for its end."""
    expect(step(lab)).to_contain_text(name)
    step(lab).focus()
    lab.keyboard.press("Enter")
    expect(lab.locator("#campus-geste-title")).to_have_text("Action en cours")
    ended(lab)


def ended(lab: Page) -> None:
    expect(lab.locator("#campus-geste-title")).to_have_text("Dernière action", timeout=SLOW)


def said(lab: Page) -> Locator:
    return lab.locator("#campus-geste")


def test_the_page_is_what_an_instructor_sees_first(lab: Page) -> None:
    expect(lab.locator(".campus-today")).to_be_visible()
    expect(lab.locator(".campus-today h1")).to_have_text("Aujourd’hui")
    check_accessibility(lab, ".campus-today")


FORGED = """async () => (await fetch("/campus/aujourdhui/geste", {
    method: "POST", body: JSON.stringify({ gesture: "release", about: "T01-essai" }) })).status"""


def test_strangers_and_forged_requests_are_refused(lab: Page, address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        DIRECT.open(f"{address.partition('/lab')[0]}/campus/aujourdhui")
    assert lab.evaluate(FORGED) == 403
    lab.record.clear()  # type: ignore[attr-defined]
    expect(lab.locator("#campus-geste")).to_have_count(0)


def test_the_module_is_published(lab: Page, course: BatchCourse) -> None:
    press(lab, "Publier")
    expect(said(lab)).to_contain_text("Module publié")
    assert (course.root / "exchange" / COURSE_ID / "outbound" / MODULE / f"{MODULE}.ipynb").is_file()


def test_copies_by_files_are_given_then_collected(
    lab: Page, archives: list[Path], course: BatchCourse
) -> None:
    lab.get_by_role("button", name="Autres actions sur T01").press("Enter")
    lab.locator(f"[data-deposit={MODULE}]").set_input_files(archives)
    press(lab, "Ramasser les fichiers déposés")
    expect(said(lab)).to_contain_text("3 copies nouvelles")
    assert sorted(path.name for path in (course.root / "submitted").glob("[!.]*")) == sorted(LEARNERS)


def test_an_action_that_cannot_be_done_tells_what_to_do(lab: Page) -> None:
    folded = lab.get_by_role("button", name="Autres actions sur T01")
    if folded.get_attribute("aria-expanded") == "false":
        folded.press("Enter")
    lab.get_by_role("button", name=re.compile("^Rendre les corrections")).press("Enter")
    expect(said(lab)).to_contain_text("tout n’a pas pu être fait", timeout=SLOW)
    expect(said(lab)).to_contain_text("Corrigez-les d’abord")
    check_accessibility(lab, ".campus-today")


def test_a_page_loaded_again_during_an_action_finds_it_again(lab: Page) -> None:
    expect(step(lab)).to_contain_text("Corriger")
    step(lab).focus()
    lab.keyboard.press("Enter")
    expect(lab.locator("#campus-geste-title")).to_have_text("Action en cours")
    lab.reload()
    expect(lab.locator(".campus-today h1")).to_be_visible(timeout=SLOW)
    ended(lab)
    expect(said(lab)).to_contain_text("3 copie(s) corrigée(s)")
    press(lab, "Faire le bilan")
    expect(lab.locator("#campus-fichiers").get_by_role("link", name=re.compile("le suivi"))).to_be_visible()
    expect(step(lab)).to_contain_text("Lire les réponses libres")


def test_corrections_are_given_back_once_free_answers_are_read(lab: Page, course: BatchCourse) -> None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        for learner in LEARNERS:
            grade = gradebook.find_grade("avis-answer", MODULE, MODULE, learner)
            grade.manual_score, grade.needs_manual_grade = 1, False
        gradebook.db.commit()
    press(lab, "Rendre les corrections")
    expect(said(lab)).to_contain_text("3 page(s) faite(s)")
    expect(lab.locator("#campus-module-T01")).to_contain_text("Rien n’attend.")
    assert lab.record.errors == []  # type: ignore[attr-defined]
    assert lab.record.outside == []  # type: ignore[attr-defined]
