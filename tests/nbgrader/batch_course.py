"""A small course to grade in batches, and an engine that runs nothing: what it is asked is written down."""

import atexit
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.grading.batch.module import GradedModule
from autograder.grading.batch.reuse import ResultStore
from autograder.grading.batch.run import GradingEngine, Options, Report, grade
from autograder.grading.config import COURSE_ID
from autograder.grading.engine.engine import Copy, Graded
from autograder.grading.pieces import entries_of
from autograder.grading.release import CONFIG_FILE, release

MODULE = "T01-essai"
MODULES = Path(__file__).parent / "modules"
RIGHT = "total = sum(agents)"
ANSWERS = {"code": RIGHT, "forms": {"couleur": "b", "avis": "Trop de services."}}


@dataclass
class FakeEngine:
    """Gives 2 points for the right code, 2 for the right form; raises or flags what the answer asks for."""

    tier: str = "namespaces"
    runs: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def grade(self, copy: Copy) -> Graded:
        notebook, files = copy.notebook, copy.files
        code = source_of(notebook, "somme-answer")
        with self.lock:
            self.runs.append(code)
        if "casser le moteur" in code:
            raise RuntimeError("le moteur est cassé")
        forms = entries_of(files / "reponses.json") or {}
        right = {
            "somme-check": code.strip() == RIGHT,
            "couleur-check": forms.get("couleur", {}).get("value") == "b",
        }
        for cell in notebook.cells:
            if cell.cell_type == "code" and is_grade(cell):
                points = 2 * right[cell.metadata.nbgrader.grade_id]
                cell.outputs = [new_output("execute_result", {"text/plain": str(points)}, execution_count=1)]
        return Graded(notebook, ["boucle sans fin"] if "while True" in code else [], self.tier)


@dataclass
class BatchCourse:
    root: Path
    store: ResultStore
    engine: FakeEngine = field(default_factory=FakeEngine)

    def hand_in(
        self,
        learner: str,
        code: str | None = RIGHT,
        forms: dict[str, Any] | None = None,
        saved_at: str = "2026-01-01T00:00:00+00:00",
        timestamp: str | None = None,
    ) -> Path:
        folder = self.root / "submitted" / learner / MODULE
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root / "release" / MODULE, folder)
        path = folder / f"{MODULE}.ipynb"
        nb = nbformat.read(path, as_version=4)
        if code is not None:
            cell_of(nb, "somme-answer").source = code
        nbformat.write(nb, path)
        values = ANSWERS["forms"] if forms is None else forms
        answers = {name: {"value": value, "saved_at": saved_at} for name, value in values.items()}
        content = {"schema": 1, "module": MODULE, "version": 1, "answers": answers}
        (folder / "reponses.json").write_text(json.dumps(content), encoding="utf-8")
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)
        return folder

    def grade(self, engine: GradingEngine | None = None, **options: Any) -> Report:
        @contextmanager
        def opened(module: GradedModule) -> Iterator[GradingEngine]:
            yield engine or self.engine

        return grade(self.root, MODULE, opened, Options(**options), store=self.store)

    def folder(self, learner: str) -> Path:
        return self.root / "autograded" / learner / MODULE


def make_course(base: Path) -> BatchCourse:
    """Give a new course directory where the test module is built and released."""
    root = base / "course"
    shutil.copytree(_released(), root)
    return BatchCourse(root, ResultStore(base / "kept"))


@cache
def _released() -> Path:
    """Make such a directory once: nbgrader takes a second to begin a gradebook."""
    folder = tempfile.TemporaryDirectory(prefix="campus-essai-")
    atexit.register(folder.cleanup)
    root = Path(folder.name)
    shutil.copy(paths.home() / "course" / CONFIG_FILE, root)
    build([MODULE], root, root=MODULES)
    release(MODULE, root)
    return root


def score(course: BatchCourse, learner: str) -> float:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        return float(gradebook.find_submission(MODULE, learner).score)


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def source_of(notebook: NotebookNode, name: str) -> str:
    return str(cell_of(notebook, name).source)
