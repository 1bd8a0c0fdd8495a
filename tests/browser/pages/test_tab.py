"""A page's tab in JupyterLab, with a shell and a server that answer when the test says: what is sought has the focus in the end."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bare import ADDRESS, serving

START = """async () => {
  const { tabs } = await import("/autograder/lab/extension/pages/tab.js");
  class Widget {
    node = document.createElement("div");
    title = {};
    addClass() {}
    dispose() {}
    get isAttached() { return this.node.isConnected; }
    get isVisible() { return this.node.isConnected && !this.node.hidden; }
  }
  const shell = {
    add: (tab) => { document.body.append(tab.node); tab.node.hidden = true; window.tab = tab; },
    activateById() {},
  };
  const ask = () => new Promise((answer) => (window.answer = answer));
  const make = (node) => ({ fill: (html) => (node.innerHTML = html) });
  const shown = tabs({ widgets: { Widget } }, {}, shell)({ id: "page", label: "Page", ask, make })();
  shown.seek("#card");
  shown.refresh();
}"""
EMPTY_PAGE = '<!doctype html><html lang="fr"><title>Mes fiches</title><body></body></html>'
STEPS = {
    "show": "() => { tab.node.hidden = false; tab.onAfterShow(); }",
    "answer": """async () => { answer({ mark: "1", html: '<article id="card" tabindex="-1">Ma fiche</article>' }); await null; }""",
    "activate": "() => tab.onActivateRequest()",
}


@pytest.mark.parametrize("order", ["show answer activate", "show activate answer", "activate show answer"])
def test_what_is_sought_has_the_focus_whichever_comes_first(page: Page, order: str) -> None:
    page.route("**/*", serving(EMPTY_PAGE))
    page.goto(ADDRESS)
    page.evaluate(START)
    for step in order.split():
        page.evaluate(STEPS[step])
    card = page.locator("#card")
    expect(card).to_be_focused()
    page.evaluate("() => { tab.node.focus(); tab.refresh(); }")
    page.evaluate(STEPS["answer"])
    expect(card).not_to_be_focused()  # it was sought once
