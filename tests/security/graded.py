"""Two small assignments, one of ours and one of plain nbgrader, and copies of them graded by the engine."""

import copy
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade, is_grade

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.contract.names import ANSWERS, EXERCISES
from autograder.grading.compared import compare
from autograder.grading.engine.engine import Copy, Engine, Graded
from autograder.grading.facts_of_copy import facts_of_copy
from autograder.grading.rebuild import rebuild
from autograder.grading.release import load_config
from autograder.proofs.released import released
from autograder.sandbox import Limits
from tests.nbgrader.cells import answer, locked, notebook

OURS = "T01-essai"
PLAIN = "P01-nbgrader"
MODULES = Path(__file__).parent.parent / "nbgrader" / "modules"
LIMITS = Limits(cell_seconds=3, notebook_seconds=60, output_bytes=1 << 16)


def check(name: str, source: str, points: float, tags: tuple[str, ...] = ()) -> NotebookNode:
    """An ordinary nbgrader check cell, with plain asserts."""
    cell = locked(name, source)
    cell.metadata.nbgrader |= {"grade": True, "points": points}
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def plain() -> NotebookNode:
    """The released notebook of the plain assignment; 10 points."""
    return notebook(
        locked("setup", "import numpy as np\n\ndonnees = [1, 2, 3]"),
        answer("moyenne-answer", "moyenne = None"),
        check("moyenne-check", "assert moyenne == 2\nassert type(moyenne) in (int, float)", 2),
        answer("carre-answer", "def carre(n): ..."),
        check("carre-check", "assert carre(4) == 16\nassert [carre(n) for n in donnees] == [1, 4, 9]", 4),
        answer("tableau-answer", "tableau = None"),
        check("tableau-check", "np.testing.assert_allclose(tableau, [1, 4, 9])", 4),
    )


RIGHT = {
    "moyenne-answer": "moyenne = sum(donnees) / 3",
    "carre-answer": "def carre(n):\n    return n**2",
    "tableau-answer": "tableau = np.array(donnees) ** 2",
}
WRONG = {
    "moyenne-answer": "moyenne = 3",
    "carre-answer": "def carre(n):\n    return n",
    "tableau-answer": "tableau = np.array(donnees)",
}


@dataclass
class Marked:
    """A graded copy."""

    graded: Graded
    facts: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """All that the instructor reads of it."""
        return " / ".join([*self.facts, *self.graded.flags])

    def cell(self, name: str) -> NotebookNode:
        """A cell by its nbgrader id."""
        cells = self.graded.notebook.cells
        return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)

    @property
    def points(self) -> dict[str, float]:
        """The points of each check cell, by nbgrader's own rule."""
        cells = [c for c in self.graded.notebook.cells if is_grade(c) and c.cell_type == "code"]
        return {c.metadata.nbgrader.grade_id: determine_grade(c)[0] for c in cells}

    @property
    def score(self) -> float:
        return sum(self.points.values())

    def errors(self, name: str) -> list[str]:
        """The kinds of the errors that a cell shows."""
        return [output.ename for output in self.cell(name).outputs if output.output_type == "error"]

    @property
    def shown(self) -> str:
        """All that the cells show."""
        return "\n".join(
            json.dumps(cell.outputs) for cell in self.graded.notebook.cells if cell.cell_type == "code"
        )


@dataclass
class Assignment:
    """An assignment, its engine, and how to hand in copies of it."""

    course: Path
    released: NotebookNode
    engine: Engine

    def copy(self, answers: dict[str, str], after_first: str | None = None) -> NotebookNode:
        """A copy with these answers; `after_first` is a cell that the learner added after the first check."""
        nb = copy.deepcopy(self.released)
        for cell in nb.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        if after_first is not None:
            checks = [place for place, cell in enumerate(nb.cells) if is_grade(cell)]
            nb.cells.insert(checks[0] + 1, new_code_cell(after_first, id="tricherie"))
        return nb

    def grade(self, nb: NotebookNode, files: dict[str, str] | None = None) -> Marked:
        """Rebuild and grade a copy."""
        with tempfile.TemporaryDirectory() as name:
            for path, text in (files or {}).items():
                Path(name, path).write_text(text, encoding="utf-8")
            facts = facts_of_copy(
                compare(self.released, nb, Path(name, EXERCISES), Path(name, ANSWERS), self.course)
            )
            ready = rebuild(copy.deepcopy(self.released), nb).notebook
            return Marked(self.engine.grade(Copy(ready, Path(name))), facts)


def plain_assignment(course: Path, nb: NotebookNode | None = None, **options: Any) -> Assignment:
    """Write and open the plain assignment, or another notebook in its place."""
    nb = nb or plain()
    _release(course, PLAIN, nb)
    return Assignment(course, nb, Engine(course, PLAIN, **{"limits": LIMITS, **options}))


def our_assignment(course: Path) -> Assignment:
    """Build and open our module."""
    (built,) = build([OURS], course, root=MODULES)
    nb = released(built.source / f"{OURS}.ipynb", load_config(paths.home() / "course"))
    _release(course, OURS, nb)
    return Assignment(course, nb, Engine(course, OURS, limits=LIMITS))


def _release(course: Path, name: str, nb: NotebookNode) -> None:
    folder = course / "release" / name
    folder.mkdir(parents=True)
    nbformat.write(nb, folder / f"{name}.ipynb")


def answers_file(**forms: object) -> dict[str, str]:
    """The answers file of our module."""
    saved = {key: {"value": value, "saved_at": "2026-01-01T00:00:00+00:00"} for key, value in forms.items()}
    content = {"schema": 1, "module": OURS, "version": 1, "answers": saved}
    return {"reponses.json": json.dumps(content)}
