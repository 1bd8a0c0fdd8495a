"""Every step of every module, ready and not answered yet, holds in a screen and a half."""

import pytest
from playwright.sync_api import Locator, Page, expect

from autograder.lab import publication
from tests.browser.lab.conftest import SLOW, entered

MOST = 1152
"""Pixels: a screen and a half of 768."""

HEIGHT_SHOWN = """notebook => Math.round(Math.max(0, ...[...notebook.querySelectorAll(".jp-Cell")]
  .filter(cell => cell.checkVisibility())
  .map(cell => cell.getBoundingClientRect().bottom))
  - notebook.querySelector(".jp-WindowedPanel-viewport, .jp-WindowedPanel-inner").getBoundingClientRect().top)"""


def heights(panel: Locator) -> dict[str, int]:
    """Return the height of each step, its results revealed."""
    panel.locator("button.campus-where").click()
    titles = panel.locator(".campus-sheet ol button span:first-child").all_inner_texts()[:-1]
    panel.page.keyboard.press("Escape")
    return {f"{number}. {title}": _height(panel, number - 1) for number, title in enumerate(titles, start=1)}


def _height(panel: Locator, step: int) -> int:
    panel.locator("button.campus-where").click()
    panel.locator(".campus-sheet ol button").nth(step).click()
    expect(panel.locator(".campus-news p")).to_be_empty(timeout=SLOW)
    for button in panel.get_by_role("button", name="Voir le résultat").all():
        if button.is_visible():
            button.click()
    notebook = panel.locator(".jp-Notebook")
    was = -1
    while (now := int(notebook.evaluate(HEIGHT_SHOWN))) != was:  # pictures and forms come a moment later
        was = now
        panel.page.wait_for_timeout(300)
    return now


@pytest.mark.weekly
@pytest.mark.parametrize("id", [one.id for one in publication.authored()])
def test_a_step_holds_in_a_screen_and_a_half(home: Page, id: str) -> None:
    home.set_viewport_size({"width": 1366, "height": 768})
    found = heights(entered(home, id))
    too_high = {name: height for name, height in found.items() if height > MOST}
    assert too_high == {}
