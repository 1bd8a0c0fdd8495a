"""The assistant's forms in JupyterLab: by keyboard alone; nothing leaves before it was shown and agreed to; accessible."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import check_accessibility
from tests.browser.tab import Tab
from tests.stub_service import Service, serving

SOURCES = (
    "from autograder.assistant import show as fiches",
    "fiches.search_form()",
    "fiches.sending_form()",
    "fiches.ask('Comment renouveler un passeport périmé ?')",
)


def notebook() -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "source": s,
            "outputs": [],
            "execution_count": None,
        }
        for i, s in enumerate(SOURCES)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def address(server: tuple[str, Path]) -> tuple[str, Path]:
    (server[1] / "carnet.ipynb").write_text(notebook(), encoding="utf-8")
    return server


@pytest.fixture
def opened(tab: Tab, address: tuple[str, Path]) -> Iterator[Page]:
    tab.show(address[0], "carnet.ipynb")
    tab.run_all()
    expect(tab.page.locator(".campus-form")).to_have_count(2, timeout=120_000)
    yield tab.page
    try:
        assert tab.record.errors == [] and tab.record.outside == []
    finally:
        tab.leave()


def test_a_question_is_asked_by_keyboard_and_the_answer_gets_the_focus(opened: Page) -> None:
    form = opened.get_by_role("region", name="Demander aux fiches")
    form.get_by_label("Votre question").focus()
    opened.keyboard.type("Quel est le montant du SMIC ?")
    opened.keyboard.press("Enter")
    expect(form.locator(".result")).to_contain_text("mise à jour le 24 décembre 2025", timeout=60_000)
    expect(form.locator(".result")).to_be_focused()
    axe(opened)


def test_nothing_leaves_before_it_was_shown_and_agreed_to(opened: Page, address: tuple[str, Path]) -> None:
    page, form = opened, opened.get_by_role("region", name="Préparer et envoyer un texte à un modèle")
    with serving() as url:
        form.get_by_label("Texte à envoyer").fill("Écrivez à a.b@c.example.")
        form.get_by_role("button", name="Masquer ce qui a une forme").press("Enter")
        expect(form.get_by_label("Texte à envoyer")).to_have_value("Écrivez à [courriel].")
        form.get_by_label("Adresse du service").fill(url)
        form.get_by_label("Clé").fill("cle-secrete")
        form.get_by_role("button", name="Lire la liste des modèles").press("Enter")
        form.get_by_label("Modèles proposés par ce service").select_option("petit", timeout=30_000)
        assert [path for path, _, _ in Service.seen] == ["/v1/models"]

        form.get_by_role("button", name="Montrer ce qui va être envoyé").press("Enter")
        expect(form.locator(".preview")).to_be_focused()
        expect(form.locator(".preview")).to_contain_text("Écrivez à [courriel].")
        expect(form.get_by_role("button", name="Envoyer", exact=True)).to_be_disabled()
        assert len(Service.seen) == 1
        axe(page)

        agree = form.get_by_role("checkbox", name="J’ai relu ce qui part")
        agree.press("Space")
        form.get_by_label("Texte à envoyer").fill(
            "Autre chose"
        )  # what was shown is no longer what would leave
        expect(form.get_by_role("button", name="Envoyer", exact=True)).to_be_hidden()

        form.get_by_role("button", name="Montrer ce qui va être envoyé").press("Enter")
        agree.press("Space")
        form.get_by_role("button", name="Envoyer", exact=True).press("Enter")
        expect(form.locator(".said")).to_have_text("Bonjour")
        assert json.loads(Service.seen[1][2])["messages"][0]["content"] == "Autre chose"
        assert len(Service.seen) == 2

    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    expect(form.locator(".answer")).to_be_focused()
    assert "cle-secrete" not in (address[1] / "carnet.ipynb").read_text(encoding="utf-8")


def axe(page: Page) -> None:
    check_accessibility(page, ".campus-form")


def test_twice_as_large_nothing_is_cut(opened: Page) -> None:
    opened.set_viewport_size({"width": 640, "height": 450})
    wide = "node => node.scrollWidth > node.clientWidth"
    assert not any(form.evaluate(wide) for form in opened.locator(".campus-form").all())
