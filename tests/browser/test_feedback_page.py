"""The feedback page in a browser: readable by everyone, and without a script or a request."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from autograder.cli import main
from tests.nbgrader.batch_course import MODULE, make_course


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1024])
def test_a_page_on_which_an_answer_waits(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    course = make_course(tmp_path)
    course.hand_in("ada")
    course.grade()
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    assert main(["feedback", "T01", "--with-unread"]) == 0

    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((course.root / "feedback" / "ada" / MODULE / f"{MODULE}.html").as_uri())
    assert page.get_by_text("Copie de ada").is_visible()
    assert page.get_by_role("region", name="Votre réponse : Exercice 3 — Votre avis").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    results = Axe().run(page)
    assert results.response["passes"], "axe found nothing to look at"
    assert results.response["violations"] == []
