"""A rehearsal of grading where the course is: a small module is built, released, answered and graded for real.

Everything is written in a folder of its own inside the course directory, on the same disk and with the same rights,
and removed at the end.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from autograder.authoring.pipeline import BuiltModule, build
from autograder.contract.names import ANSWERS
from autograder.french.numbers import points, short
from autograder.grading.batch.reuse import ResultStore
from autograder.grading.batch.run import Options, grade
from autograder.grading.config import COURSE_ID
from autograder.grading.engine.engine import Engine
from autograder.grading.errors import GradingError
from autograder.grading.release import put_programs_on_path, release, write_config
from autograder.modules.model import Attempt
from autograder.proofs.variants import Variant, by_code, by_form, fill
from autograder.sandbox.isolation import Tier

MODULES = Path(__file__).with_name("rehearsed")
CODE, FORMS, CURIOUS = "par-le-code", "par-les-formulaires", "curieuse"
"""Who hands in what."""


@dataclass(frozen=True)
class Step:
    """A step of the rehearsal; `reason`, in French, is empty when it went well."""

    name: str
    reason: str = ""

    @property
    def ok(self) -> bool:
        return not self.reason

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def rehearse(course: Path, tier: Tier | None = None) -> list[Step]:
    """Grade made-up copies in the course directory `course`; return the steps, the last being the first that fails.

    `tier` asks for one protection. Never raises for what the machine, or the place of the course, does.
    """
    done: list[Step] = []
    put_programs_on_path()
    try:
        with tempfile.TemporaryDirectory(prefix=".repetition-", dir=course) as folder:
            for name, step in _Rehearsal(Path(folder), tier).steps:
                done.append(_try(name, step))
                if not done[-1].ok:
                    break
    except OSError as error:
        done.append(Step(f"écrire dans le dossier du cours ({course})", str(error)))
    return done


def _try(name: str, step: Callable[[], None]) -> Step:
    try:
        step()
    except GradingError as error:
        return Step(name, str(error))
    except Exception as error:  # whatever a place does: a person has to be told which step
        return Step(name, f"{type(error).__name__} : {error}")
    return Step(name)


class _Rehearsal:
    """A made-up module in a course directory of its own, and its copies."""

    def __init__(self, folder: Path, tier: Tier | None):
        self._folder, self._course, self._tier = folder, folder / "cours", tier
        self._built: BuiltModule
        self._copies: dict[str, Variant] = {}

    @property
    def steps(self) -> Sequence[tuple[str, Callable[[], None]]]:
        return (
            ("fabriquer un module", self._build),
            ("le publier", self._release),
            ("rendre des copies", self._hand_in),
            ("corriger les copies, en lisant le corrigé", self._grade),
            ("donner tous les points à qui a répondu par le code", lambda: self._has_all_points(CODE)),
            (
                "donner tous les points à qui a répondu par les formulaires",
                lambda: self._has_all_points(FORMS),
            ),
            ("cacher le corrigé à la copie qui veut le lire", self._curious_saw_nothing),
        )

    def _build(self) -> None:
        self._course.mkdir()
        write_config(self._course)
        (self._built,) = build([], self._course, root=MODULES)

    def _release(self) -> None:
        release(self._built.module.folder_name, self._course)

    def _hand_in(self) -> None:
        module, private = self._built.module, json.loads(self._built.private.read_text(encoding="utf-8"))
        solved = by_code(module, private)
        self._copies = {
            CODE: solved,
            FORMS: by_form(module, private),
            CURIOUS: _reading(solved, self._built.private),
        }
        released = nbformat.read(self._place("release") / f"{module.folder_name}.ipynb", as_version=4)
        for learner, variant in self._copies.items():
            notebook, answers = fill(module, released, variant)
            folder = self._place("submitted", learner)
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / f"{module.folder_name}.ipynb")
            (folder / ANSWERS).write_text(json.dumps(answers), encoding="utf-8")

    def _grade(self) -> None:
        name = self._built.module.folder_name
        report = grade(
            self._course,
            name,
            lambda module: Engine(self._course, name, tier=self._tier, limits=module.limits),
            Options(),
            store=ResultStore(self._folder / "resultats"),
        )
        if not report.ok:
            raise GradingError(" ; ".join(sorted(set(report.failed.values()))))

    def _has_all_points(self, learner: str) -> None:
        with Gradebook(f"sqlite:///{self._course / 'gradebook.db'}", COURSE_ID) as gradebook:
            score = gradebook.find_submission(self._built.module.folder_name, learner).score
        if score != self._copies[learner].points:
            raise GradingError(f"{points(score)} au lieu de {short(self._copies[learner].points, 6)}.")

    def _curious_saw_nothing(self) -> None:
        graded = self._place("autograded", CURIOUS) / f"{self._built.module.folder_name}.ipynb"
        secret = json.loads(self._built.private.read_text(encoding="utf-8"))["fingerprint"]
        if secret in graded.read_text(encoding="utf-8"):
            raise GradingError("La copie a lu la table du corrigé.")

    def _place(self, *parts: str) -> Path:
        return self._course.joinpath(*parts, self._built.module.folder_name)


def _reading(solved: Variant, truth: Path) -> Variant:
    """Return a copy whose answers by code show all that they can read of the grading table."""
    code = f"import pathlib\nprint(pathlib.Path({str(truth)!r}).read_text())"
    answers = {key: one if one.code is None else Attempt(code=code) for key, one in solved.answers.items()}
    return replace(solved, answers=answers)
