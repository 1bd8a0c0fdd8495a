"""Module F07 as an agent does it: the inbox sorted by keyboard alone, in JupyterLab, zoomed, reloaded."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from autograder.activities.inbox.box import draw
from autograder.activities.inbox.words import RIGHT_SORTS, SORTS
from tests.browser.accessible import check_accessibility
from tests.browser.tab import Opened, Tab

NAME = "F07-reperer-l-hameconnage"


class Desk(Opened):
    """The module, open in JupyterLab, all its cells run."""

    def run(self) -> None:
        self.tab.run_all()
        expect(self.form.locator(".mails li")).to_have_count(12, timeout=60_000)

    @property
    def form(self) -> Locator:
        return self.page.locator("form:has(.inbox)")

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> Any:
        path = self.folder / "reponses.json"
        data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"answers": {}}
        return data["answers"].get("tri", {}).get("value")

    def subjects(self) -> list[str]:
        return self.form.locator(".mails .subject").all_text_contents()


@pytest.fixture(scope="module")
def module(released_module: Callable[[str], Path]) -> Path:
    return released_module(NAME)


@pytest.fixture
def desk(tab: Tab, server: tuple[str, Path], module: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    url, root = server
    folder = root / request.node.name
    shutil.copytree(module, folder)
    opened = Desk(tab, url, folder, NAME)
    opened.show()
    opened.run()
    yield opened
    tab.leave()


def test_the_whole_inbox_is_sorted_by_keyboard_alone_to_a_right_verdict(desk: Desk) -> None:
    """Arrows in the list, Enter to open, Tab to the choices, arrows among them, Enter to go on; then the verdict."""
    by_subject: dict[str, Any] = {}
    desk.form.locator(".mails button").first.focus()
    desk.press("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home")
    expect(desk.form.locator(".mails button").first).to_be_focused()
    desk.press("Enter")
    for _ in range(12):
        expect(desk.focused).to_have_js_property("tagName", "H4")
        subject = desk.focused.text_content() or ""
        if not by_subject:  # the seed is saved with the first message sorted
            desk.form.locator('.mail input[type="radio"]').first.focus()
            desk.press("Space")
            expect(desk.form.locator(".saved")).to_contain_text("Enregistré")
            by_subject = {message.subject: message for message in draw(desk.saved()["seed"])}
            desk.form.locator(".mail h4").focus()
        wanted = list(SORTS).index(RIGHT_SORTS[by_subject[subject].kind])
        while desk.focused.get_attribute("type") != "radio":
            desk.press("Tab")
        desk.press("Space", *["ArrowDown"] * wanted)
        expect(desk.form.locator(".mail input:checked")).to_have_value(list(SORTS)[wanted])
        desk.press("Enter")
    expect(desk.form.locator(".progress")).to_have_text("Messages triés : 12 sur 12.")
    expect(desk.focused).to_have_text("Vérifier ma réponse")
    desk.press("Enter")
    expect(desk.form.locator(".campus-verdict")).to_contain_text("Juste", use_inner_text=True)
    expect(desk.form.locator(".verdict caption")).to_contain_text("Votre tri en tableau")
    assert len(desk.saved()["sorts"]) == 12
    assert desk.tab.record.errors == [] and desk.tab.record.outside == []


def test_a_link_tells_its_target_and_opens_nothing(desk: Desk) -> None:
    messages = desk.form.locator(".mails button")
    for index in range(12):
        messages.nth(index).click()
        if desk.form.locator(".mail .link").count():
            break
    link = desk.form.locator(".mail .link").first
    target = link.get_attribute("title") or ""
    expect(desk.form.locator(".targets")).to_contain_text(target)
    link.focus()
    expect(desk.form.locator(".bar")).to_have_text(f"Cible du lien : {target}")
    before = desk.page.url
    link.click()
    expect(desk.form.locator(".bar")).to_contain_text("ne s’ouvrent pas")
    assert desk.page.url == before and len(desk.page.context.pages) == 1
    assert desk.tab.record.outside == []


def test_a_reload_finds_the_same_messages_and_their_sorts(desk: Desk) -> None:
    before = desk.subjects()
    desk.form.locator(".mails button").nth(3).click()
    desk.form.locator('.mail input[value="signaler"]').check()
    expect(desk.form.locator(".saved")).to_contain_text("Enregistré")
    desk.tab.command("docmanager:save")
    desk.tab.command("kernelmenu:shutdown")  # another kernel, from nothing
    desk.load()
    desk.run()
    assert desk.subjects() == before
    expect(desk.form.locator(".mails .state").nth(3)).to_have_text("✓ hameçonnage")
    expect(desk.form.locator(".progress")).to_have_text("Messages triés : 1 sur 12.")


def test_another_inbox_is_asked_for_twice_and_has_other_messages(desk: Desk) -> None:
    before = desk.subjects()
    desk.form.get_by_role("button", name="Trier une autre boîte").click()
    assert desk.subjects() == before
    desk.form.get_by_role("button", name="Oui, une autre boîte").click()
    expect(desk.form.locator(".mails button").first).to_be_focused()
    assert desk.subjects() != before


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_the_inbox_is_accessible_and_fits_at_100_200_and_400_percent(desk: Desk, width: int) -> None:
    """A page of 1,280 pixels zoomed at 200 % is a page of 640."""
    desk.page.set_viewport_size({"width": width, "height": 700})
    desk.form.locator("summary", has_text="Carnet d’adresses").click()
    desk.form.locator(".mails button").first.click()
    desk.form.locator(".mail input").first.check()
    desk.form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(desk.form.locator(".campus-verdict")).to_be_visible()
    check_accessibility(desk.page, "form:has(.inbox)")
    assert desk.form.evaluate("form => form.scrollWidth <= form.clientWidth")
