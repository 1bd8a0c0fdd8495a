"""Module F08 in JupyterLab: a word typed in the estimator is found nowhere; the same search finds the answer."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from autograder.progress import journal
from tests.browser.conftest import running_server
from tests.browser.tab import Opened, Tab
from tests.canary import CANARY, pieces_in

NAME = "F08-choisir-ses-mots-de-passe"
ANSWER = "48172593641"
"""A wrong answer to the exercise, which nothing else spells."""
SAVE_WIDGETS = """jupyterapp.serviceManager.settings.save(
    "@jupyter-widgets/jupyterlab-manager:plugin", JSON.stringify({saveState: true}))"""
PAGE_STORES = """() => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, location.href, document.title, history.state])"""


class Traffic:
    """All that a page sends and receives, as text."""

    def __init__(self, tab: Tab) -> None:
        self.requests: dict[str, str] = {}
        self.frames: list[str] = []
        self._untold: set[str] = set()
        self._session = tab.page.context.new_cdp_session(tab.page)
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._request)
        tab.page.on("websocket", self._socket)

    def told(self) -> str:
        """Return all the requests, their bodies asked for where they are long: that of a notebook that is saved is."""
        for request in self._untold:
            told = self._session.send("Network.getRequestPostData", {"requestId": request})
            self.requests[request] += told["postData"]
        self._untold.clear()
        return "\n".join(self.requests.values())

    def _request(self, event: dict[str, Any]) -> None:
        request, name = event["request"], event["requestId"]
        self.requests[name] = self.requests.get(name, "") + json.dumps(request, ensure_ascii=False)
        if request.get("hasPostData") and "postData" not in request:
            self._untold.add(name)

    def _socket(self, socket: WebSocket) -> None:
        for way in ("framesent", "framereceived"):
            socket.on(way, lambda payload: self.frames.append(_text(payload)))


class Desk(Opened):
    """The module, open in JupyterLab, which keeps the widgets' state in the notebook as the course's settings do."""

    def run(self) -> None:
        self.tab.run_all()
        expect(self.form).to_be_visible(timeout=60_000)

    @property
    def form(self) -> Locator:
        return self.page.locator("form:has(.estimator)")

    def type_canary(self) -> None:
        self.form.get_by_label("un texte que j’invente").check()
        self.form.get_by_label("Texte inventé").focus()
        self.page.keyboard.type(CANARY, delay=20)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+s")
        expect(self.form.locator(".said")).to_contain_text("20 signes")

    def answer(self) -> None:
        self.form.locator("input.number").fill(ANSWER)
        self.form.get_by_role("button", name="Vérifier ma réponse").click()
        expect(self.form.locator(".campus-verdict")).to_be_visible()

    def save(self) -> None:
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.save()")


@pytest.fixture
def desk(
    page: Page, tmp_path: Path, released_module: Callable[[str], Path]
) -> Iterator[tuple[Desk, Traffic]]:
    """A server and a page of its own: its folder is a learner's space, its settings change, and it stops before others end."""
    tab = Tab(page)
    (tmp_path / journal.STATE).mkdir()
    folder = tmp_path / "canari"
    shutil.copytree(released_module(NAME), folder)
    traffic = Traffic(tab)
    with running_server(tmp_path) as url:
        opened = Desk(tab, url, folder, NAME)
        opened.load()
        opened.page.evaluate(SAVE_WIDGETS)
        opened.load()
        opened.run()
        yield opened, traffic


def test_a_word_typed_in_the_estimator_is_found_nowhere(desk: tuple[Desk, Traffic]) -> None:
    opened, traffic = desk
    opened.type_canary()
    opened.answer()
    opened.save()
    found = places(opened, traffic)
    kept = {place for place, text in found.items() if pieces_in(CANARY, text)}
    assert kept == set()

    answered = {place for place, text in found.items() if ANSWER in text}
    notebook = f"canari/{NAME}.ipynb"
    assert {"requests", "messages", notebook, "canari/reponses.json"} <= answered, (
        "the search finds what is sent"
    )
    assert '"exercise":"tirage"' in found[f"{journal.STATE}/{journal.FILE_NAME}"].replace(" ", "")
    assert NAME in found["server.log"]

    opened.load()  # as a learner who comes back
    opened.run()
    assert opened.form.get_by_label("Texte inventé").input_value() == ""
    assert {place for place, text in places(opened, traffic).items() if pieces_in(CANARY, text)} == set()
    assert opened.tab.record.errors == [] and opened.tab.record.outside == []


def places(opened: Desk, traffic: Traffic) -> dict[str, str]:
    """Return what is written in each place where a word could be kept: traffic, the page's stores, every file of the server."""
    root = opened.folder.parent
    home = root.parent / f"{root.name}-jupyter"
    files = {
        path.relative_to(folder).as_posix(): _text(path.read_bytes())
        for folder in (root, home)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return files | {
        "requests": traffic.told(),
        "messages": "\n".join(traffic.frames),
        "page": opened.page.evaluate(PAGE_STORES),
    }


def _text(sent: str | bytes) -> str:
    return sent if isinstance(sent, str) else sent.decode("latin-1")
