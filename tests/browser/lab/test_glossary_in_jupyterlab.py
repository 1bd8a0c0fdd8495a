"""What JupyterLab's sanitised Markdown leaves of a term and of a source: the definition, and a link."""

import re

from playwright.sync_api import Page, expect

from tests.browser.accessible import check_accessibility
from tests.browser.lab.conftest import SLOW, choose, entered


def test_a_term_gives_its_definition_and_a_source_its_address(home: Page) -> None:
    panel = entered(home, "F02")
    panel.locator("button.campus-where").click()
    panel.locator(".campus-sheet ol button").nth(3).click()
    word = panel.get_by_role("button", name="tableur", exact=True)
    expect(word).to_be_visible(timeout=SLOW)
    word.focus()
    expect(home.get_by_role("tooltip")).to_have_text(re.compile("Logiciel qui ouvre"))
    home.keyboard.press("Enter")  # JupyterLab would open the text to edit it
    expect(home.get_by_role("tooltip")).to_be_visible()
    expect(panel.locator(".jp-MarkdownCell.jp-mod-active .cm-editor:visible")).to_have_count(0)
    home.keyboard.press("Escape")
    expect(home.get_by_role("tooltip")).to_have_count(0)
    panel.locator("button.campus-where").click()
    panel.locator(".campus-sheet ol button").nth(5).click()
    panel.get_by_role("button", name="Voir le résultat").click()
    source = panel.get_by_role("link", name=re.compile("^DREES"))
    expect(source.first).to_have_attribute("href", re.compile("^https://drees.solidarites-sante.gouv.fr/.+"))


def test_the_menu_opens_the_glossary_in_a_page_that_prints(home: Page) -> None:
    panel = entered(home, "F02")
    with home.context.expect_page() as opened:
        choose(panel, "Glossaire")
    page = opened.value
    expect(page.get_by_role("heading", name="Glossaire", level=1)).to_be_visible()
    expect(page.get_by_text("Valeur du milieu, qui laisse")).to_be_visible()
    expect(page.get_by_text("(module F02 – ").first).to_be_visible()
    check_accessibility(page)
    page.close()
