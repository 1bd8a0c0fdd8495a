"""The whole loop by nbgrader's own commands: release, fetch, submit, collect, grade, give feedback.

One learner uses the exchange; the others' copies are put in `submitted/`, as nbgrader's `collect` would.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.grading.config import COURSE_ID
from autograder.grading.facts_of_copy import OTHER_ANSWERS, OTHER_TABLE, REDEFINED
from autograder.grading.rebuild import FOREIGN
from autograder.grading.release import CONFIG_FILE

pytestmark = pytest.mark.slow

MODULE = "T01-essai"
MODULES = Path(__file__).parent / "modules"
RIGHT = "total = sum(agents)"
OPINION = "Trop de services <script>alert(1)</script>."


@dataclass
class Course:
    """A graded course, and what nbgrader said of it."""

    root: Path
    log: str

    def score(self, learner: str) -> float:
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", COURSE_ID) as gradebook:
            return float(gradebook.find_submission(MODULE, learner).score)

    def page(self, learner: str) -> str:
        return (self.root / "feedback" / learner / MODULE / f"{MODULE}.html").read_text(encoding="utf-8")

    def graded(self, learner: str) -> NotebookNode:
        return nbformat.read(self.root / "autograded" / learner / MODULE / f"{MODULE}.ipynb", as_version=4)


def nbgrader(command: str, cwd: Path, *options: str, ok: tuple[int, ...] = (0,)) -> str:
    """Run nbgrader as a person would in `cwd`; return its log."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_DATA_DIR": str(cwd.parent / "data"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", command, MODULE, *options],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ran.returncode in ok, ran.stderr
    return ran.stderr


def answer(folder: Path, code: str | None, forms: dict[str, Any]) -> NotebookNode:
    """Answer a released copy, by code and by forms; return its notebook, also written."""
    path = folder / f"{MODULE}.ipynb"
    nb = nbformat.read(path, as_version=4)
    if code is not None:
        cell = next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "somme-answer")
        cell.source = code
    nbformat.write(nb, path)
    answers = {
        name: {"value": value, "saved_at": "2026-01-01T00:00:00+00:00"} for name, value in forms.items()
    }
    content = {"schema": 1, "module": MODULE, "version": 1, "answers": answers}
    (folder / "reponses.json").write_text(json.dumps(content), encoding="utf-8")
    return nb


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    base = tmp_path_factory.mktemp("nbgrader")
    root, desk = base / "course", base / "desk"
    root.mkdir()
    desk.mkdir()
    shutil.copy(paths.home() / "course" / CONFIG_FILE, root)
    build([MODULE], root, root=MODULES)
    nbgrader("generate_assignment", root)
    nbgrader("release_assignment", root)

    exchange = [f"--course={COURSE_ID}", f"--Exchange.root={root / 'exchange'}"]
    nbgrader("fetch_assignment", desk, *exchange)
    answer(desk / MODULE, RIGHT, {"couleur": "b", "avis": OPINION})
    nbgrader("submit", desk, *exchange)
    nbgrader("collect", root)

    def hand_in(learner: str, code: str | None = None, forms: dict[str, Any] | None = None) -> Path:
        folder = root / "submitted" / learner / MODULE
        shutil.copytree(root / "release" / MODULE, folder)
        answer(folder, code, forms or {})
        return folder / f"{MODULE}.ipynb"

    hand_in("casse").write_text('{"cells": [', encoding="utf-8")
    cheated = hand_in("triche", "check = lambda name: None\ntotal = 3", {"couleur": "a"})
    cheated.with_name(".exercises.json").write_text("{}", encoding="utf-8")
    answers = hand_in("voisin", RIGHT, {"couleur": "b"}).with_name("reponses.json")
    answers.write_text(answers.read_text(encoding="utf-8").replace(MODULE, "F01-x"), encoding="utf-8")
    damaged = hand_in("efface", RIGHT, {"couleur": "b"})
    nb = nbformat.read(damaged, as_version=4)
    nb.cells = [c for c in nb.cells if "check(" not in c.source]
    nbformat.write(nb, damaged)
    hand_in("autre").write_text(nbformat.writes(nbformat.v4.new_notebook()), encoding="utf-8")

    log = nbgrader("autograde", root, ok=(1,))
    log += nbgrader("generate_feedback", root)
    log += nbgrader("release_feedback", root)
    held = not list((root / "exchange" / COURSE_ID / "feedback").glob("*.html"))
    with (root / CONFIG_FILE).open("a") as config:
        config.write("\nc.ReleaseFeedback.with_unread = True\n")
    log += nbgrader("release_feedback", root)
    assert held, log
    return Course(root, log)


def test_what_is_collected_from_the_exchange_is_graded_by_code_and_by_form(course: Course) -> None:
    assert course.score(get_username()) == 4


def test_a_free_answer_typed_in_the_form_waits_for_a_person(course: Course) -> None:
    cell = next(
        c
        for c in course.graded(get_username()).cells
        if c.metadata.get("nbgrader", {}).get("grade_id") == "avis-answer"
    )
    assert cell.source == OPINION
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        assert gradebook.find_submission(MODULE, get_username()).needs_manual_grade


def test_an_unreadable_copy_is_said_to_be_so_and_stops_no_other(course: Course) -> None:
    assert "Le carnet n’est pas lisible" in course.log
    assert not (course.root / "autograded" / "casse").joinpath(MODULE).exists()


def test_marking_schemes_are_not_released(course: Course) -> None:
    released = course.root / "release" / MODULE / f"{MODULE}.ipynb"
    assert "Compter un point" not in released.read_text(encoding="utf-8")


def test_deleted_cells_cost_nothing(course: Course) -> None:
    assert course.score("efface") == 4


def test_a_check_replaced_by_the_learner_is_ours_again(course: Course) -> None:
    assert course.score("triche") == 0
    assert "Vous avez compté les services." in course.page("triche")


def test_what_is_surely_changed_is_told_and_nothing_of_an_honest_copy(course: Course) -> None:
    for fact in (REDEFINED, OTHER_TABLE):
        assert f"triche : {fact}" in course.log
    told = [line for line in course.log.splitlines() if f"{get_username()} : " in line]
    assert [line for line in told if "page retenue" not in line] == []


def test_the_answers_of_another_module_are_not_counted_and_this_is_told(course: Course) -> None:
    assert course.score("voisin") == 2
    assert f"voisin : {OTHER_ANSWERS.format(theirs='F01-x')}" in course.log


def test_a_notebook_without_our_questions_is_explained(course: Course) -> None:
    assert course.score("autre") == 0
    assert FOREIGN.split("**")[1] in course.page("autre")


def test_feedback_says_why_and_never_the_answer(course: Course) -> None:
    page = course.page("triche")
    assert "C’est la couleur de l’herbe." in page
    for secret in (
        "41",
        "Compter un point",
        "sum(agents)",
        "bleu</li>",
        "BEGIN",
        "MARK SCHEME",
        "Le ciel est bleu",
    ):
        assert secret not in page


def test_feedback_is_french_and_loads_nothing(course: Course) -> None:
    for learner in (get_username(), "triche", "efface", "autre"):
        page = course.page(learner)
        assert '<html lang="fr">' in page
        assert "<mfrac>" in page
        assert "<script" not in page
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_a_page_whose_free_answer_waits_is_held_until_the_option_lets_it_go(course: Course) -> None:
    assert f"{get_username()} : page retenue, une réponse libre attend votre lecture." in course.log
    assert "c.ReleaseFeedback.with_unread = True" in course.log
    assert "Pas encore notée (sur 2)" in course.page(get_username())


def test_feedback_reaches_the_learner_through_the_exchange(course: Course) -> None:
    assert len(list((course.root / "exchange" / COURSE_ID / "feedback").glob("*.html"))) == 1
    assert "triche : copie déposée hors de l’échange" in course.log


@pytest.fixture
def server(course: Course) -> Iterator[str]:
    """JupyterLab's server in the course directory, as `campus lab --instructor` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=essai"]
    command = [sys.executable, "-m", "jupyter", "server", *options]
    with subprocess.Popen(command, cwd=course.root, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def fetch(server: str, path: str) -> str:
    """Return a page, once the server is up."""
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{server}/formgrader/{path}?token=essai") as page:
                return str(page.read().decode())
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError("the server did not start")


def test_formgrader_shows_copies_without_loading_anything_from_elsewhere(server: str) -> None:
    copies = json.loads(fetch(server, f"api/submitted_notebooks/{MODULE}/{MODULE}"))
    mine = next(copy["id"] for copy in copies if copy["student"] == get_username())
    for path in ("manage_assignments", "gradebook", f"submissions/{mine}/"):
        page = fetch(server, path)
        assert not re.search(r"""<(?:script|link|img)[^>]*(?:src|href)=["']?(?:https?:)?//""", page)
    assert "Trop de services" in page
    assert "Compter un point par argument." in page  # the marking scheme, for graders only
    assert "alert(1)</script>" not in page
