"""What a saved notebook weighs: forms are kept in it, so that it can be read without its kernel, and their script is not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.tab import Opened, Tab

NAME = "F02-lire-un-tableau"
STATE = "application/vnd.jupyter.widget-state+json"
MOST_PER_FORM = 3_000
"""Bytes, the form's own texts included: a copy of the script alone takes 24,000."""
SAVE_WIDGETS = """jupyterapp.serviceManager.settings.save(
    "@jupyter-widgets/jupyterlab-manager:plugin", JSON.stringify({saveState: true}))"""
EXECUTED = """() => jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === "code").every(cell => cell.model.executionCount)"""


class Notebook(Opened):
    """A module in JupyterLab."""

    def run_and_save(self) -> None:
        self.tab.run_all()
        self.page.wait_for_function(EXECUTED, timeout=120_000)
        expect(self.page.locator(".campus-form").last).to_be_visible(timeout=60_000)
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.save()")

    @property
    def path(self) -> Path:
        return self.folder / f"{NAME}.ipynb"

    def widgets(self) -> dict[str, Any]:
        """Return the state of each widget that the notebook keeps."""
        return json.loads(self.path.read_text(encoding="utf-8"))["metadata"]["widgets"][STATE]["state"]


@pytest.fixture
def notebook(
    tab: Tab, server: tuple[str, Path], released_module: Callable[[str], Path]
) -> Iterator[Notebook]:
    url, root = server
    folder = released_module(NAME).rename(root / "enregistre")
    opened = Notebook(tab, url, folder, NAME)
    opened.load()
    opened.page.evaluate(SAVE_WIDGETS)  # as the course's settings do
    opened.load()
    yield opened
    tab.leave()


def test_a_saved_notebook_keeps_its_forms_without_their_script(notebook: Notebook) -> None:
    notebook.run_and_save()
    first, weight = notebook.widgets(), notebook.path.stat().st_size
    forms = notebook.page.locator(".campus-form").count()
    assert len(first) == forms > 5
    assert len(json.dumps(first, indent=1, ensure_ascii=False).encode()) < MOST_PER_FORM * forms

    notebook.tab.command("kernelmenu:shutdown")
    notebook.load()
    notebook.run_and_save()
    assert len(notebook.widgets()) == len(first)
    assert notebook.path.stat().st_size == pytest.approx(weight, abs=200)  # addresses in memory, times
