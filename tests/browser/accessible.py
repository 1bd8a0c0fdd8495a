"""What axe-core finds in a page: nothing against WCAG 2.1 AA, and something to look at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def check_accessibility(page: Page, place: str | None = None, told: str = "") -> None:
    """Look at a page, or at what a selector finds there; `told` says in which circumstances."""
    results = Axe().run(page, context=place, options=WCAG)
    assert results.response["passes"], "axe found nothing to look at"
    assert results.violations_count == 0, f"{told}\n{results.generate_report()}"
