"""`campus grade` beside `nbgrader autograde`, on the same copies: the same rows, the same files."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from autograder.cli import main
from autograder.grading.batch.crosscheck import cross_check, spread
from autograder.grading.batch.module import load_graded_module
from autograder.grading.batch.reuse import ResultStore
from autograder.grading.config import COURSE_ID, MARK
from autograder.grading.engine.engine import Engine
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

pytestmark = pytest.mark.slow

ROWS = {
    "students": "SELECT id, first_name, last_name, email FROM student",
    "submissions": "SELECT student_id, timestamp, extension FROM submitted_assignment",
    "notebooks": """
        SELECT s.student_id, n.flagged, n.late_submission_penalty FROM submitted_notebook n
        JOIN submitted_assignment s ON s.id = n.assignment_id""",
    "grades": """
        SELECT s.student_id, c.name, c.type, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
        JOIN submitted_assignment s ON s.id = n.assignment_id""",
    "comments": """
        SELECT s.student_id, c.name, c.type, m.auto_comment, m.manual_comment
        FROM comment m JOIN base_cell c ON c.id = m.cell_id JOIN submitted_notebook n ON n.id = m.notebook_id
        JOIN submitted_assignment s ON s.id = n.assignment_id""",
}


@contextmanager
def gradebook(root: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as opened:
        yield opened


def rows(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    with gradebook(root) as opened:
        return {
            name: sorted((tuple(row) for row in opened.db.execute(text(query))), key=repr)
            for name, query in ROWS.items()
        }


def files(root: Path) -> dict[str, tuple[int, object]]:
    """Every graded file: its permissions and its content; notebooks without what depends on the moment."""
    found: dict[str, tuple[int, object]] = {}
    folder = root / "autograded"
    for path in sorted(folder.glob("[!.]*/**/*")):
        if path.is_file() and path.name != MARK:
            content = timeless(path) if path.suffix == ".ipynb" else path.read_bytes()
            found[str(path.relative_to(folder))] = (path.stat().st_mode, content)
    return found


def timeless(path: Path) -> object:
    nb = nbformat.read(path, as_version=4)
    nb.metadata.pop("language_info", None)  # both depend on which executor nbgrader is given
    for cell in nb.cells:
        cell.metadata.pop("execution", None)
    return nb


def autograde(root: Path, *options: str) -> None:
    command = [sys.executable, "-m", "nbgrader", "autograde", MODULE, *options]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def touch_by_hand(root: Path) -> None:
    """What a grader does in the formgrader."""
    with gradebook(root) as opened:
        free = opened.find_grade("avis-answer", MODULE, MODULE, "ada")
        free.manual_score, free.needs_manual_grade = 1.5, False
        auto = opened.find_grade("somme-check", MODULE, MODULE, "bob")
        auto.manual_score, auto.extra_credit, auto.needs_manual_grade = 1, 0.5, False
        opened.find_comment("avis-answer", MODULE, MODULE, "ada").manual_comment = "Bien argumenté."
        opened.db.commit()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    made = make_course(tmp_path_factory.mktemp("batch"))
    with (made.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with gradebook(made.root) as opened:
        opened.update_or_create_assignment(MODULE, duedate="2026-01-10 00:00:00 UTC")
    made.hand_in("ada", timestamp="2026-01-05 10:00:00 UTC")
    made.hand_in("bob", "total = agents[-1]", {"couleur": "a"}, timestamp="2026-01-05 10:00:00 Europe/Paris")
    made.hand_in("cleo", None, {})
    folder = made.hand_in("dina", "print('x')\n1 / 0")
    (folder / "dossier").mkdir()
    (folder / "dossier" / "donnees.csv").write_text("a,b\n")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_text("")
    made.hand_in("eve", timestamp="2026-02-01 00:00:00 UTC")
    return made


def grade(course: BatchCourse, **options: Any) -> None:
    module = load_graded_module(MODULE, course.root)
    with Engine(course.root, MODULE, limits=module.limits) as engine:
        report = course.grade(engine, **options)
    assert report.ok
    assert report.tier == engine.tier


def test_the_same_rows_and_files_as_nbgrader_before_and_after_a_grader_s_hand(
    course: BatchCourse, tmp_path: Path
) -> None:
    theirs, ours = tmp_path / "nbgrader", replace(course, root=tmp_path / "campus")
    for root in (theirs, ours.root):
        shutil.copytree(course.root, root)
    autograde(theirs)
    grade(ours, workers=2)
    assert rows(ours.root) == rows(theirs)
    assert files(ours.root) == files(theirs)
    penalties = {learner: penalty for learner, _, penalty in rows(ours.root)["notebooks"]}
    assert penalties == {"ada": None, "bob": None, "cleo": None, "dina": None, "eve": 4}

    for root in (theirs, ours.root):
        touch_by_hand(root)
    autograde(theirs, "--force")
    grade(ours, force=True)
    assert rows(ours.root) == rows(theirs)
    assert files(ours.root) == files(theirs)
    assert ("bob", "somme-check", "GradeCell", 1, 1, 0.5, 1) in rows(ours.root)["grades"]


def test_feedback_pages_hold_nothing_of_the_mark(course: BatchCourse, tmp_path: Path) -> None:
    ours = replace(course, root=tmp_path / "campus")
    shutil.copytree(course.root, ours.root)
    grade(ours, learners=("ada",))
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", MODULE]
    subprocess.run(command, cwd=ours.root, check=True, capture_output=True)
    made = {path.name for path in (ours.root / "feedback" / "ada" / MODULE).iterdir()}
    assert f"{MODULE}.html" in made
    assert MARK not in made


def test_a_difference_with_nbgrader_is_shown_and_fails_the_command(
    course: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = BatchCourse(tmp_path / "campus", ResultStore(tmp_path / "kept"))
    shutil.copytree(course.root, ours.root)
    monkeypatch.setenv("CAMPUS_COURSE", str(ours.root))
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    assert main(["grade", "T01", "--engine", "nbgrader", "--sample", "2", "--json"]) == 0
    assert '"compared": 2' in capsys.readouterr().out

    with gradebook(ours.root) as opened:
        opened.find_grade("somme-check", MODULE, MODULE, "ada").auto_score = 1
        opened.db.commit()
    found = cross_check(ours.root, MODULE, ["ada"], 1)
    assert [(one.learner, one.cell, one.ours, one.nbgrader) for one in found.differences] == [
        ("ada", "somme-check", 1, 2)
    ]


def test_a_sample_is_spread_over_the_cohort() -> None:
    learners = [f"l{number}" for number in range(10)]
    assert spread(learners, 3) == ["l0", "l3", "l6"]
    assert spread(learners, 50) == learners
