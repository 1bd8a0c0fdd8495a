"""One page of JupyterLab for all the tests of a file: loading it takes ten seconds of processor, opening a notebook two."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, expect

LOCAL_HOSTS = {"127.0.0.1", "localhost", "", None}
WIDTH, HEIGHT = 1280, 900
"""CSS pixels of a page, unless a test makes it smaller."""
SLOW = 60_000
"""Milliseconds: pages and kernels are slow on a busy machine."""

OPEN = """async path => {
    await jupyterapp.restored;
    await jupyterapp.commands.execute("docmanager:open", { path });
}"""
KERNEL = "() => jupyterapp.shell.currentWidget.context.sessionContext.ready"
LEAVE = """async () => {
    await jupyterapp.commands.execute("kernelmenu:shutdown");
    jupyterapp.shell.currentWidget.dispose();
}"""


@dataclass
class Record:
    """What a page did that a test may forbid."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def clear(self) -> None:
        self.errors.clear()
        self.outside.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL_HOSTS:
            self.outside.append(request.url)


class Tab:
    """A page that shows one notebook at a time, as JupyterLab's simple interface does (`/doc/tree`).

    A second one needs a `workspace` of its own: JupyterLab would load it again to give it one, whenever it likes.
    """

    def __init__(self, page: Page, workspace: str = "") -> None:
        self.page = page
        self._place = f"doc/workspaces/{workspace}/tree" if workspace else "doc/tree"
        self.record = Record()
        self.record.watch(page)
        self._server = ""

    def show(self, server: str, path: str) -> None:
        """Open a notebook, its kernel ready: in the page as it is when it has loaded that server already."""
        if server == self._server:
            self._ready(path)
        else:
            self.load(server, path)
        self._server = server

    def load(self, server: str, path: str) -> None:
        """Load the page anew, as a learner does who comes back."""
        self.page.goto(f"{server}/{self._place}/{path}")
        self._ready(path)

    def _ready(self, path: str) -> None:
        self.page.wait_for_function("() => window.jupyterapp", timeout=SLOW)
        self.page.evaluate(OPEN, path)
        expect(self.page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=SLOW)
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        self.page.evaluate(KERNEL)

    def run_all(self) -> None:
        """Run the notebook, without the forms of before: a click might go to one that is about to be drawn again."""
        self.command("notebook:clear-all-cell-outputs")
        self.command("notebook:run-all-cells")

    def command(self, name: str, **arguments: str) -> None:
        self.page.evaluate("([name, args]) => jupyterapp.commands.execute(name, args)", [name, arguments])

    def leave(self) -> None:
        """Close the notebook and its kernel without saving; the next test finds the page as a new one is."""
        server, self._server = self._server, ""  # a page that cannot be left is loaded anew
        self.page.evaluate(LEAVE)
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        self.record.clear()
        self._server = server


class Opened:
    """A notebook of a folder of the server's, open in a tab; each file of tests adds what it looks at."""

    def __init__(self, tab: Tab, server: str, folder: Path, name: str) -> None:
        self.tab, self.page, self.folder = tab, tab.page, folder
        self._place = (server, f"{folder.name}/{name}.ipynb")

    def show(self) -> None:
        self.tab.show(*self._place)

    def load(self) -> None:
        """Load the page anew, as a learner does who comes back."""
        self.tab.load(*self._place)
