"""The assignments that are graded, each in a course directory of ours and in one with nbgrader's defaults."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.grading.release import CONFIG_FILE, release
from autograder.modules.model import Attempt, Module
from autograder.proofs.variants import Variant, by_form, fill
from tests.bench.cells import DATA, FREE, PLOT, POINTS, QUESTIONS, SHARED, TRIES

PLAIN = "B25-communes"
DEFAULTS = 'c = get_config()\nc.CourseDirectory.course_id = "campus"\n'
"""nbgrader as it comes."""
EMPTY = "gradebook-vide.db"


@dataclass(frozen=True)
class Copy:
    """What a learner hands in: the notebook, and the answers file or ""."""

    notebook: str
    answers: str = ""


@dataclass(frozen=True)
class Assignment:
    """One assignment, released in `ours` (our configuration) and in `theirs` (nbgrader's defaults).

    `draw` writes a copy: some learners find more than others, and common answers are more common.
    """

    name: str
    ours: Path
    theirs: Path
    otter: bool
    """Whether otter can grade it: its checks are plain asserts."""
    draw: Callable[[random.Random], Copy]

    def copies(self, number: int, seed: int = 1) -> list[Copy]:
        """Return `number` copies, the same for the same seed."""
        drawn = random.Random(seed)
        return [self.draw(drawn) for _ in range(number)]

    def hand_in(self, course: Path, copies: list[Copy]) -> None:
        """Put the copies, and nothing else, in `submitted/`; nobody is graded any more."""
        for name in ("submitted", "autograded"):
            shutil.rmtree(course / name, ignore_errors=True)
        shutil.copy(course / EMPTY, course / "gradebook.db")
        for number, copy in enumerate(copies):
            folder = course / "submitted" / learner(number) / self.name
            shutil.copytree(self.ours / "release" / self.name, folder)
            (folder / f"{self.name}.ipynb").write_text(copy.notebook, encoding="utf-8")
            if copy.answers:
                (folder / "reponses.json").write_text(copy.answers, encoding="utf-8")


def learner(number: int) -> str:
    """Return the name of the learner of that number."""
    return f"e{number:05}"


def plain(root: Path) -> Assignment:
    """Release the module of 25 code cells with plain asserts, without anything of ours in its text."""
    ours, theirs = _courses(root)
    for course in (ours, theirs):
        folder = course / "source" / PLAIN
        folder.mkdir(parents=True)
        nbformat.write(_plain_notebook(), folder / f"{PLAIN}.ipynb")
        shutil.copy(paths.datasets() / "communes-2026.csv", folder / DATA)
    _release(ours, theirs, PLAIN)
    released = nbformat.read(ours / "release" / PLAIN / f"{PLAIN}.ipynb", as_version=4)
    return Assignment(PLAIN, ours, theirs, True, lambda drawn: _plain_copy(released, drawn))


def forms(root: Path, name: str) -> Assignment:
    """Release one of the course's modules; all its copies are by forms."""
    ours, theirs = _courses(root)
    built = build([name], ours)[0]
    name = built.module.folder_name
    shutil.copytree(ours / "source", theirs / "source")
    _release(ours, theirs, name)
    released = nbformat.read(ours / "release" / name / f"{name}.ipynb", as_version=4)
    private = json.loads(built.private.read_text(encoding="utf-8"))
    solved = by_form(built.module, private)

    def draw(drawn: random.Random) -> Copy:
        variant = _by_form(built.module, private, solved, drawn)
        notebook, answers = fill(built.module, released, variant)
        return Copy(nbformat.writes(notebook), json.dumps(answers))

    return Assignment(name, ours, theirs, False, draw)


def _by_form(module: Module, private: dict[str, Any], solved: Variant, drawn: random.Random) -> Variant:
    chance, answers = _ability(drawn), {}
    for key, exercise in module.exercises.items():
        mistakes = list(private["exercises"].get(key, {}).get("form_mistakes", {}).values())
        if drawn.random() < chance or not mistakes:
            answers[key] = solved.answers[key]
        elif drawn.random() < 0.9:
            answers[key] = Attempt(form=_common(mistakes, drawn))
        if key in answers and exercise.is_free:
            answers[key] = Attempt(form=f"{answers[key].form} Copie {drawn.randrange(10**9)}.")
    return Variant("tirée au sort", answers, 0, 0)


def _plain_copy(released: NotebookNode, drawn: random.Random) -> Copy:
    notebook = nbformat.from_dict(json.loads(json.dumps(released)))
    by_name = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    chance = _ability(drawn)
    for one in QUESTIONS:
        found = drawn.random() < chance
        by_name[one.name].source = _common(one.right if found else one.wrong, drawn)
    by_name[
        "libre"
    ].source = f"Quelques très grandes communes tirent la moyenne. Copie {drawn.randrange(10**9)}."
    return Copy(nbformat.writes(notebook))


def _ability(drawn: random.Random) -> float:
    """Return one learner's chance to answer rightly: 0.8 on average, from 0.4 to nearly 1."""
    return drawn.betavariate(8, 2)


def _common(choices: Sequence[Any], drawn: random.Random) -> Any:
    """Return one choice; the first is twice as common as the second, three times as the third…"""
    return drawn.choices(choices, [1 / rank for rank in range(1, len(choices) + 1)])[0]


def _courses(root: Path) -> tuple[Path, Path]:
    ours, theirs = root / "ours", root / "theirs"
    for course in (ours, theirs):
        course.mkdir(parents=True)
    shutil.copy(paths.home() / "course" / CONFIG_FILE, ours)
    (theirs / CONFIG_FILE).write_text(DEFAULTS, encoding="utf-8")
    return ours, theirs


def _release(ours: Path, theirs: Path, name: str) -> None:
    release(name, ours)
    subprocess.run(["nbgrader", "generate_assignment", name], cwd=theirs, check=True, capture_output=True)
    for course in (ours, theirs):
        shutil.copy(course / "gradebook.db", course / EMPTY)


def _plain_notebook() -> NotebookNode:
    cells = [new_markdown_cell("# Les communes de France"), *map(new_code_cell, SHARED)]
    for one in QUESTIONS:
        answer = f"### BEGIN SOLUTION\n{one.right[0]}\n### END SOLUTION"
        cells.append(new_code_cell(answer, metadata=_nbgrader(one.name, solution=True)))
        check = f"{one.visible}\n### BEGIN HIDDEN TESTS\n{one.hidden}\n### END HIDDEN TESTS"
        cells.append(new_code_cell(check, metadata=_nbgrader(f"{one.name}-test", grade=True, points=POINTS)))
    cells.append(new_markdown_cell(FREE))
    cells.append(
        new_markdown_cell("…", metadata=_nbgrader("libre", grade=True, solution=True, points=POINTS))
    )
    cells.append(new_code_cell(PLOT))
    cells += map(new_code_cell, TRIES)
    for number, cell in enumerate(cells):
        cell.id = f"cellule-{number}"
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _nbgrader(
    name: str, *, grade: bool = False, solution: bool = False, points: int | None = None
) -> dict[str, Any]:
    kind = {"grade": grade, "solution": solution, "locked": grade and not solution, "task": False}
    data = {"schema_version": 3, "grade_id": name, **kind}
    return {"nbgrader": data | ({"points": points} if points else {})}
