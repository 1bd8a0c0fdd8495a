"""What browser tests share: Chromium, pages that record what must not happen, JupyterLab servers."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.contract.names import EXERCISES
from autograder.grading.release import load_config
from autograder.lab.launch import SHARE, stop
from autograder.proofs.released import released
from tests.browser.tab import HEIGHT, WIDTH, Record, Tab

# Milliseconds: kernels, and pages too, are slow on a busy machine; a test that passes waits for nothing.
expect.set_options(timeout=60_000)

START_TIMEOUT = 90
"""Seconds: a server on a busy machine may be slow to answer."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as `browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium: `CHROMIUM`, or the one on the PATH."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium introuvable : lancez scripts/install_browser.py, ou indiquez-le par CHROMIUM.")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as session:
        yield session


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page; `page.record` holds its console errors and its requests to other hosts."""
    with _page(browser) as opened:
        opened.record = record = Record()  # type: ignore[attr-defined]
        record.watch(opened)
        yield opened


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Tab]:
    """A page that shows the notebooks of all the tests that want no more; each leaves it as it found it."""
    with _page(browser) as opened:
        yield Tab(opened)


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", viewport={"width": WIDTH, "height": HEIGHT})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab, and its folder: each test puts there a folder of its own."""
    root = tmp_path_factory.mktemp("jupyterlab")
    with running_server(root) as url:
        yield url, root


@pytest.fixture(scope="session")
def released_module(
    built_module: Callable[[str, Path], BuiltModule], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Hand out a module of the course, by the name of its folder: a new folder that holds what learners receive."""

    def hand_out(name: str) -> Path:
        built = built_module(name, tmp_path_factory.mktemp("cours"))
        folder = tmp_path_factory.mktemp("rendu")
        notebook = released(built.source / f"{name}.ipynb", load_config(paths.home() / "course"))
        nbformat.write(notebook, folder / f"{name}.ipynb")
        shutil.copy(built.source / EXERCISES, folder)
        return folder

    return hand_out


@contextmanager
def running_server(folder: Path, serving: bool = True, base: str = "/") -> Iterator[str]:
    """Run a JupyterLab on a folder; without `serving`, one where the course's extension is not installed."""
    port = free_port()
    url = f"http://127.0.0.1:{port}{base}".rstrip("/")
    home = folder.parent / f"{folder.name}-jupyter"
    config = {
        "ServerApp": {
            "allow_root": True,
            "base_url": base,
            "open_browser": False,
            "port": port,
            "port_retries": 0,
        },
        "IdentityProvider": {"token": ""},
        "LabApp": {"expose_app_in_browser": True},  # tests run commands through window.jupyterapp
    }
    # The extension serves the page's scripts; the home page and the bar have their own tests.
    page_config = {"disabledExtensions": {"campus:learner": True, "campus:instructor": True}}
    (home / "labconfig").mkdir(parents=True)
    (home / "labconfig" / "page_config.json").write_text(json.dumps(page_config), encoding="utf-8")
    (home / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        **({"JUPYTER_PATH": str(SHARE)} if serving else {}),
    }
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(url, process, home / "server.log")
            yield url
        finally:
            stop(process)


def free_port() -> int:
    """Return a port that nobody uses: two workers may each run a server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api/status", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab n’a pas démarré :\n{log.read_text(encoding='utf-8')[-2000:]}")
