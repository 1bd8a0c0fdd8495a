"""The instructor's JupyterLab on a small course, and what learners send by file."""

import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from autograder import identity, paths
from autograder.identity import Identity
from autograder.lab.launch import DIRECT, Server, command, environment, stop
from tests.browser.conftest import START_TIMEOUT, free_port
from tests.browser.tab import SLOW, Record
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

LEARNERS = {"ada": "a", "bao": "b", "chloé": "b"}
"""Their answers to the only question that has a colour: b is right."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    """A course whose module is built, and not in the exchange."""
    return make_course(tmp_path_factory.mktemp("jour"))


@pytest.fixture(scope="module")
def archives(course: BatchCourse, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What « Rendre mon travail » gives to three learners."""
    folder = tmp_path_factory.mktemp("recus")
    return [_archive(course, learner, colour, folder) for learner, colour in LEARNERS.items()]


def _archive(course: BatchCourse, learner: str, colour: str, folder: Path) -> Path:
    made = course.hand_in(learner, forms={"couleur": colour, "avis": f"L’avis de {learner}."})
    path = folder / f"{MODULE}-{learner}.zip"
    declared = Identity(learner, f"espace-{learner}", MODULE, "2026-07-01T10:00:00+02:00")
    with zipfile.ZipFile(path, "w") as opened:
        for file in made.iterdir():
            opened.write(file, f"{MODULE}/{file.name}")
        opened.writestr(f"{MODULE}/{identity.FILE_NAME}", identity.write(declared))
    for file in made.iterdir():
        file.unlink()
    made.rmdir()
    made.parent.rmdir()
    return path


@contextmanager
def instructors_lab(root: Path, state: Path) -> Iterator[str]:
    """Serve a course as `campus lab --instructor` does, without preparing the modules of the repository; yield the address."""
    server = Server("instructor", root, "/lab", paths.own(state), free_port(), browser=False)
    token = "essai"
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command(server),
            cwd=root,
            env=environment(server, paths.home(), token) | {"CAMPUS_COURSE": str(root)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{server.port}"
    try:
        _wait(f"{address}/api/status?token={token}", server.log)
        yield f"{address}/lab?token={token}"
    finally:
        stop(process)


def _wait(address: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        try:
            DIRECT.open(address, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"JupyterLab n’a pas démarré :\n{log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="module")
def address(course: BatchCourse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with instructors_lab(course.root, tmp_path_factory.mktemp("etat") / "jupyter") as found:
        yield found


@pytest.fixture(scope="module")
def lab(browser: Browser, address: str) -> Iterator[Page]:
    """The instructor's JupyterLab, one page for all the tests of the file, which tell one day."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.record = record = Record()  # type: ignore[attr-defined]
    record.watch(page)
    page.goto(address)
    expect(page.locator(".campus-today h1")).to_be_visible(timeout=SLOW)
    yield page
    context.close()
