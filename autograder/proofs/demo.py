"""The whole loop on made-up cohorts, each in a course directory of its own."""

import json
import math
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.authoring.apart import build_apart
from autograder.authoring.pipeline import BuiltModule
from autograder.contract.names import ANSWERS
from autograder.grading.config import COURSE_ID
from autograder.grading.errors import GradingError
from autograder.grading.release import put_programs_on_path, release, write_config
from autograder.modules.load import find_folders, module_folders
from autograder.proofs.cohort import Material, Submission, cohort

MODULES = ["F01", "F02"]
CELL_TIMEOUT = "15"  # seconds: the infinite loop is made to wait less than a real one
STARTED = "Autograding "  # what nbgrader's log says of each submission it runs


@dataclass(frozen=True)
class Row:
    """One learner of the demonstration; None stands for a submission that is not graded."""

    module: str
    profile: str
    expected: float | None
    obtained: float | None
    feedback: bool

    @property
    def ok(self) -> bool:
        """The points are those expected, and whoever is graded gets a page."""
        if self.expected is None or self.obtained is None:
            return self.expected is self.obtained and not self.feedback
        return self.feedback and math.isclose(self.obtained, self.expected, abs_tol=1e-3)

    def to_json(self) -> dict[str, Any]:
        """Return the row in the shape of `campus demo --json`."""
        return asdict(self) | {"ok": self.ok}


@dataclass(frozen=True)
class Demo:
    """One module, its course directory and its cohort."""

    module: str
    course: Path
    submissions: list[Submission]


def prepare(names: list[str], root: Path) -> list[Demo]:
    """Build and release modules, and hand in their cohorts: one course directory each, under `root`.

    Raises ModuleError or GradingError.
    """
    return [_prepare(folder.name, root / folder.name) for folder in find_folders(names or MODULES)]


def _prepare(name: str, course: Path) -> Demo:
    course.mkdir(parents=True)
    write_config(course)
    (built,) = build_apart([name], course)
    release(name, course)
    submissions = cohort(_material(built, course))
    for submission in submissions:
        _hand_in(submission, name, course)
    return Demo(name, course, submissions)


def _material(built: BuiltModule, course: Path) -> Material:
    name = built.module.folder_name
    private = json.loads(built.private.read_text(encoding="utf-8"))
    return Material(built.module, private, _notebook(course / "release", name), _foreign(built, course))


def _foreign(built: BuiltModule, course: Path) -> NotebookNode:
    """Return the notebook of the first other module."""
    other = next(path.name for path in module_folders() if path.name != built.module.folder_name)
    elsewhere = course / "autre"
    build_apart([other], elsewhere)
    return _notebook(elsewhere / "source", other)


def _notebook(folder: Path, name: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(folder / name / f"{name}.ipynb", as_version=4)
    return notebook


def _hand_in(submission: Submission, name: str, course: Path) -> None:
    folder = course / "submitted" / learner_of(submission) / name
    shutil.copytree(course / "release" / name, folder)
    (folder / f"{name}.ipynb").write_bytes(submission.notebook)
    (folder / ANSWERS).write_bytes(submission.answers)


def learner_of(submission: Submission) -> str:
    """Return the learner's identifier: the profile in plain letters."""
    plain = unicodedata.normalize("NFKD", submission.profile).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def grade(demos: Iterable[Demo], on_submission: Callable[[], object]) -> list[Row]:
    """Grade each cohort with nbgrader's own command, modules side by side; return a row per learner."""
    put_programs_on_path()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [row for rows in pool.map(lambda demo: _grade(demo, on_submission), demos) for row in rows]


def _grade(demo: Demo, on_submission: Callable[[], object]) -> list[Row]:
    # Exit code 1 is expected: one notebook cannot be read. The rows tell what was graded.
    _nbgrader(demo, "autograde", on_submission)
    code, log = _nbgrader(demo, "generate_feedback", lambda: None)
    if code != 0:
        raise GradingError(f"nbgrader n’a pas produit les retours de {demo.module} :\n{log}")
    with Gradebook(f"sqlite:///{demo.course / 'gradebook.db'}", COURSE_ID) as gradebook:
        return [_row(demo, submission, gradebook) for submission in demo.submissions]


def _nbgrader(demo: Demo, command: str, on_submission: Callable[[], object]) -> tuple[int, str]:
    """Run `nbgrader command` on the cohort; return its exit code and the end of its log."""
    log: list[str] = []
    environment = {**os.environ, "CAMPUS_CELL_TIMEOUT": CELL_TIMEOUT}
    with subprocess.Popen(
        [sys.executable, "-m", "nbgrader", command, demo.module],
        cwd=demo.course,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            log.append(line)
            if STARTED in line:
                on_submission()
    (demo.course / f"{command}.log").write_text("".join(log), encoding="utf-8")
    return process.returncode, "".join(log[-20:])


def _row(demo: Demo, submission: Submission, gradebook: Gradebook) -> Row:
    learner = learner_of(submission)
    graded = (demo.course / "autograded" / learner / demo.module).is_dir()
    obtained = gradebook.find_submission(demo.module, learner).score if graded else None
    feedback = (demo.course / "feedback" / learner / demo.module / f"{demo.module}.html").is_file()
    return Row(demo.module, submission.profile, submission.expected, obtained, feedback)
