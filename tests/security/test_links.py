"""Links, pipes and odd folders in `submitted/`, on both routes: no undeserved point, no leak, no hang, and all is told."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.grading.config import COURSE_ID
from autograder.grading.engine.engine import Copy, Engine, Graded
from autograder.grading.release import load_config, put_programs_on_path
from autograder.sandbox import Limits
from tests.nbgrader.batch_course import MODULE, BatchCourse, FakeEngine

NOTEBOOK = f"{MODULE}.ipynb"
WRONG, WRONG_FORM = "total = 1", {"couleur": "a"}
READS = "from pathlib import Path\nfor p in ('carnet.txt', 'dehors.txt'):\n    print(Path(p).exists())"
HONEST = "a-honnete"
NOT_A_FOLDER, NOT_A_FILE = "n’est pas un dossier ordinaire", "n’est pas un fichier ordinaire"
PATIENCE = 300
"""Seconds after which a run that hangs is stopped."""


def honest(folder: Path) -> Path:
    return folder.parents[1] / HONEST / MODULE


def replace_by_link(path: Path, target: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


def replace_by_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def data_links(folder: Path) -> None:
    (folder / "carnet.txt").symlink_to(folder.parents[2] / "gradebook.db")
    (folder / "dehors.txt").symlink_to("/etc/passwd")


@dataclass(frozen=True)
class Attack:
    """What is done to a wrong copy; its points (None: not graded), and what the instructor reads."""

    change: Callable[[Path], object]
    points: float | None
    told: str


ATTACKS = {
    "dossier": Attack(lambda folder: replace_by_link(folder, honest(folder)), None, NOT_A_FOLDER),
    "apprenant": Attack(
        lambda folder: replace_by_link(folder.parent, honest(folder).parent), None, NOT_A_FOLDER
    ),
    "carnet": Attack(
        lambda folder: replace_by_link(folder / NOTEBOOK, honest(folder) / NOTEBOOK), None, NOT_A_FILE
    ),
    "corrige": Attack(
        lambda folder: replace_by_link(folder / NOTEBOOK, folder.parents[2] / "source" / MODULE / NOTEBOOK),
        None,
        NOT_A_FILE,
    ),
    "reponses": Attack(
        lambda folder: replace_by_link(folder / "reponses.json", honest(folder) / "reponses.json"),
        0,
        NOT_A_FILE,
    ),
    "donnees": Attack(data_links, 0, "« carnet.txt », « dehors.txt » ne sont pas des fichiers ordinaires"),
    "tube-carnet": Attack(lambda folder: replace_by_pipe(folder / NOTEBOOK), None, NOT_A_FILE),
    "tube-reponses": Attack(lambda folder: replace_by_pipe(folder / "reponses.json"), 0, NOT_A_FILE),
    "tube-date": Attack(lambda folder: replace_by_pipe(folder / "timestamp.txt"), 0, NOT_A_FILE),
    "reponses-dossier": Attack(
        lambda folder: (
            (folder / "reponses.json").unlink()
            or (folder / "reponses.json" / "a").mkdir(parents=True)
            or (folder / "reponses.json" / "a" / "b.txt").write_text("x")
        ),
        0,
        "« reponses.json » est un dossier",
    ),
}


def hand_in_all(course: BatchCourse) -> None:
    """Two honest copies, one with data beside, and the attacks between them."""
    course.hand_in(HONEST)
    (course.hand_in("z-honnete") / "notes.txt").write_text("une vraie donnée")
    for name, attack in ATTACKS.items():
        attack.change(course.hand_in(name, f"{WRONG}\n{READS}", WRONG_FORM))


def points(course: BatchCourse) -> dict[str, float]:
    """The points of those whose graded folder is there."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        found = {one.student_id: float(one.score) for one in gradebook.assignment_submissions(MODULE)}
    return {
        learner: score for learner, score in found.items() if (course.folder(learner) / NOTEBOOK).exists()
    }


def deserved() -> dict[str, float]:
    graded = {name: attack.points for name, attack in ATTACKS.items() if attack.points is not None}
    return {HONEST: 4, "z-honnete": 4, **graded}


def check(course: BatchCourse, told: Mapping[str, str]) -> None:
    """The points are those deserved, each attack is told, and nothing that a link showed is in a graded folder."""
    assert points(course) == deserved()
    for name, attack in ATTACKS.items():
        assert attack.told in told[name], name
    assert (course.folder("z-honnete") / "notes.txt").read_text() == "une vraie donnée"
    for name in ("carnet.txt", "dehors.txt"):
        assert not os.path.lexists(course.folder("donnees") / name)
    page = (course.folder("donnees") / NOTEBOOK).read_text(encoding="utf-8")
    assert "False" in page and "True" not in page.partition("for p in")[2].partition("check(")[0]


def test_campus_grade(course: BatchCourse) -> None:
    hand_in_all(course)
    with Engine(course.root, MODULE, limits=Limits(cell_seconds=10)) as engine:
        report = course.grade(engine, workers=2)
    assert set(report.failed) == {name for name, attack in ATTACKS.items() if attack.points is None}
    check(course, report.failed | {name: "\n".join(flags) for name, flags in report.flags.items()})


@pytest.mark.slow
def test_nbgrader_autograde(course: BatchCourse) -> None:
    hand_in_all(course)
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", MODULE],
        cwd=course.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ran.returncode == 1
    assert "Copies non corrigées : apprenant, carnet, corrige, dossier, tube-carnet" in ran.stderr
    lines = ran.stderr.splitlines()
    check(
        course,
        {
            name: "\n".join(line for line in lines if f"| {name} : " in line or f"] {name} : " in line)
            for name in ATTACKS
        },
    )


def test_the_lists_of_the_formgrader_wait_for_no_pipe(course: BatchCourse) -> None:
    course.hand_in(HONEST, timestamp="2026-01-01 10:00:00 UTC")
    replace_by_pipe(course.hand_in("tube-date") / "timestamp.txt")
    listed = NbGraderAPI(config=load_config(course.root)).get_submissions(MODULE)
    assert {one["student"]: bool(one["timestamp"]) for one in listed} == {HONEST: True, "tube-date": False}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["carnet", "tube-carnet", "dossier"])
def test_the_button_of_the_formgrader(course: BatchCourse, name: str) -> None:
    hand_in_all(course)
    put_programs_on_path()
    api = NbGraderAPI(config=load_config(course.root))
    result = api.autograde(MODULE, name)
    assert not result["success"]
    assert f"{name} : " in result["log"] and ATTACKS[name].told in result["log"]
    assert api.coursedir.submitted_directory == "submitted"
    assert api.autograde(MODULE, HONEST)["success"]
    assert points(course) == {HONEST: 4}


@dataclass
class Swapping(FakeEngine):
    """While it grades, the copies handed in change: the notebook becomes a link, the answers the right ones."""

    folders: list[Path] = field(default_factory=list)

    def grade(self, copy: Copy) -> Graded:
        for folder in self.folders:
            replace_by_link(folder / NOTEBOOK, honest(folder) / NOTEBOOK)
            replace_by_link(folder / "reponses.json", honest(folder) / "reponses.json")
        self.folders.clear()
        return super().grade(copy)


def test_a_copy_that_changes_while_it_is_graded_has_the_marks_of_one_reading(course: BatchCourse) -> None:
    course.hand_in(HONEST)
    swapped = course.hand_in("b-change", WRONG, WRONG_FORM)
    before = (swapped / "reponses.json").read_bytes()
    report = course.grade(Swapping(folders=[swapped]), workers=1)
    assert not report.failed
    assert points(course) == {HONEST: 4, "b-change": 0}
    assert (course.folder("b-change") / "reponses.json").read_bytes() == before
    again = course.grade()
    assert (
        "ne sont pas des fichiers ordinaires" in again.failed["b-change"]
    )  # what is there now is looked at anew
