"""The explorer in JupyterLab: by keyboard alone from an empty form to a right verdict; kept by a reload; accessible."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from autograder.authoring.pipeline import BuiltModule
from tests.browser.accessible import check_accessibility
from tests.browser.tab import Tab

CARNET = "F02/carnet.ipynb"
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for i, source in enumerate(
            [
                "from autograder.notebook import exercise, explore, load\ncommunes = load('communes', 2026)",
                'exercise("rhone")',
                "explore(communes, epci=load('epci', 2026))",
            ]
        )
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def address(
    server: tuple[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    built_module: Callable[[str, Path], BuiltModule],
) -> tuple[str, Path]:
    url, root = server
    built = built_module("F02", tmp_path_factory.mktemp("course-explorateur"))
    folder = root / "F02"
    folder.mkdir()
    shutil.copy(built.source / ".exercises.json", folder)
    (folder / "carnet.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return url, folder


@pytest.fixture
def opened(tab: Tab, address: tuple[str, Path]) -> Iterator[Page]:
    tab.show(address[0], CARNET)
    run(tab)
    yield tab.page
    try:
        assert tab.record.errors == [] and tab.record.outside == []
    finally:
        tab.leave()


def run(tab: Tab) -> None:
    tab.run_all()
    expect(tab.page.locator(".campus-form")).to_have_count(2, timeout=60_000)


def explorer(page: Page) -> Locator:
    return page.get_by_role("region", name="Explorateur de communes")


TOO_WIDE = """node => node.scrollWidth <= node.clientWidth ? [] : [...node.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > node.getBoundingClientRect().right && !one.closest(".explorer-table, pre"))
    .map(one => one.outerHTML.slice(0, 120))"""


def keep(page: Page, form: Locator, column: str, value: str) -> None:
    """Keep the rows of a value by keyboard: its column's header, a search, a tick."""
    form.get_by_role("columnheader").get_by_role("button", name=column).press("Enter")
    dialog = form.get_by_role("dialog", name=column)
    dialog.get_by_label("Chercher une valeur").focus()
    page.keyboard.type(value)
    expect(dialog.locator(".option")).to_have_count(1)
    dialog.get_by_role("checkbox").press("Space")
    dialog.get_by_role("button", name="Garder les lignes cochées").press("Enter")
    expect(form.locator(".explorer-steps")).to_contain_text(value)


def choose(page: Page, control: Locator, text: str) -> None:
    """Choose in a list as the keyboard does: by the first letters."""
    control.focus()
    page.keyboard.type(text)


def test_the_keyboard_alone_finds_and_hands_in_a_number(
    opened: Page, tab: Tab, address: tuple[str, Path]
) -> None:
    page, form = opened, opened.get_by_role("form", name="Les habitants du département 69")
    form.get_by_text("Chercher avec l’explorateur").focus()
    page.keyboard.press("Enter")
    expect(form).to_contain_text("37\u202f590 lignes.")
    keep(page, form, "Code du département", "69")
    keep(page, form, "Type", "commune-actuelle")
    expect(form.locator(".explorer-live")).to_contain_text("266 lignes sur 37\u202f590.")
    choose(page, form.get_by_label("Calculer un seul nombre"), "la somme")
    expect(form.locator(".explorer-result")).to_have_text("Résultat : 1\u202f914\u202f667")
    form.get_by_role("button", name="Voir le code : Calculer").press("Enter")
    expect(form.locator(".explorer-steps")).to_contain_text('valeur = resultat["population"].sum()')
    form.get_by_role("button", name="Répondre avec ce résultat").focus()
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Vérifier ma réponse").focus()
    page.keyboard.press("Enter")
    expect(form.locator(".verdict")).to_contain_text("Juste")
    saved = json.loads((address[1] / "reponses.json").read_text(encoding="utf-8"))
    assert [step["op"] for step in saved["answers"]["rhone"]["value"]["steps"]] == [
        "filter",
        "filter",
        "summary",
    ]

    tab.load(address[0], CARNET)
    run(tab)
    form.get_by_text("Chercher avec l’explorateur").click()
    expect(form.locator(".explorer-result")).to_have_text("Résultat : 1\u202f914\u202f667")
    form.get_by_role("button", name="Retirer : Garder les lignes où type").click()
    expect(form.locator(".explorer-steps")).not_to_contain_text("« commune-actuelle »")
    form.get_by_role("button", name="Répondre avec ce résultat").click()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form.locator(".verdict")).to_contain_text("les Lyonnais y figurent deux fois")


def test_a_table_is_grouped_joined_and_drawn_and_what_is_impossible_is_told(opened: Page) -> None:
    own = explorer(opened)
    own.get_by_text("Ajouter une étape :").click()
    own.get_by_label("Que faire ?").select_option("group")
    own.get_by_label("Par", exact=True).select_option("region")
    own.get_by_label("De la colonne").first.select_option("population")
    own.get_by_role("button", name="Ajouter cette étape").click()
    expect(own.locator(".explorer-live")).to_contain_text("une par groupe")
    own.get_by_label("Que faire ?").select_option("chart")
    own.get_by_label("Longueur").select_option("population")
    own.get_by_role("button", name="Ajouter cette étape").click()
    expect(own.locator("figure li").first).to_be_visible()
    expect(own.get_by_role("figure")).to_contain_text(
        "Dessiner population municipale (somme) en barres, par code de la région"
    )
    own.get_by_role("button", name="Tout recommencer").click()
    expect(own.locator("figure")).to_have_count(0)
    own.get_by_label("Que faire ?").select_option("join")
    own.get_by_label("Par la colonne commune").select_option("epci")
    own.get_by_role("button", name="Ajouter cette étape").click()
    expect(own.get_by_role("alert").first).to_contain_text("la clé doit être dans les deux tableaux")


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_it_is_accessible(opened: Page, width: int) -> None:
    own = explorer(opened)
    keep(opened, own, "Code du département", "69")
    own.get_by_text("Ajouter une étape :").click()
    opened.set_viewport_size({"width": width, "height": 900})
    check_accessibility(opened, ".campus-form")
    assert own.evaluate(TOO_WIDE) == []
