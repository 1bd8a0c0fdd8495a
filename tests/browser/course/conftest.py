"""The course view in bare Chromium, over a notebook that is not there: its modules as they are written, no bundle, no JupyterLab."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from autograder import paths
from tests.browser.accessible import check_accessibility
from tests.browser.bare import ADDRESS, serving

FAKE = Path(__file__).parent / "fake_host.js"
STYLE = "autograder/lab/extension/course/course.css"
EMPTY_PAGE = '<!doctype html><html lang="fr"><title>Module</title><body></body></html>'


class Shown:
    """A view on a page, and its notebook that is not there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(
        self, steps: list[Any], cells: list[dict[str, Any]], was: int | None = None, **progress: Any
    ) -> None:
        """Show a module of steps (a title, or more) and cells."""
        titles = [{"title": step} if isinstance(step, str) else step for step in steps]
        options = {"steps": titles, "cells": cells, "progress": progress}
        self.page.evaluate("([options, was]) => show(options, was)", [options, was])
        self.wait(0.1)

    def learn(self, **progress: Any) -> None:
        """Have the server say something new, which the view asks for."""
        self.page.evaluate(
            "progress => { host.saved = {...host.saved, ...progress}; return view.learn() }", progress
        )

    def becomes(self, python: str) -> None:
        self.page.evaluate("state => host.becomes(state)", python)
        self.wait(0.1)

    def wait(self, seconds: float) -> None:
        """Let time go by: it stands still otherwise."""
        self.page.clock.run_for(round(1000 * seconds))

    @property
    def did(self) -> list[str]:
        return self.page.evaluate("host.did")

    @property
    def ran(self) -> list[str]:
        return self.page.evaluate("host.ran")

    @property
    def news(self) -> Locator:
        return self.page.locator(".campus-news p")

    def cell(self, name: str) -> Locator:
        return self.page.locator(f"#{name}")

    def output(self, name: str) -> Locator:
        return self.cell(name).locator(".jp-Cell-outputWrapper")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.wait(0.1)

    def check_accessibility(self) -> None:
        self.page.clock.resume()  # axe waits too
        check_accessibility(self.page, ".campus-course")


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    """A page ready to show a view; afterwards, nothing has failed there."""
    errors: list[str] = []
    with closing(browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        page.route("**/*", serving(EMPTY_PAGE))
        page.goto(ADDRESS)
        page.add_style_tag(path=paths.home() / STYLE)
        page.add_script_tag(path=FAKE)
        yield Shown(page)
        errors += page.evaluate("window.failures ?? []") if not page.is_closed() else []
    assert errors == []
