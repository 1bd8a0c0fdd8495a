"""A small module that comes with an activity: built, answered by form, spoilt and told, in the tests of this activity."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder import paths
from autograder.authoring import typography
from autograder.authoring.lint import errors_of
from autograder.authoring.pipeline import build
from autograder.checks.answers import AnswersFile
from autograder.checks.check import judge_form
from autograder.checks.verdict import Verdict
from autograder.grading.release import load_config
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module
from autograder.proofs.report import Report
from autograder.proofs.run import run


@dataclass(frozen=True)
class SmallModule:
    """The module of a folder, `…/modules/<name>`, beside the tests of an activity."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    def faults(self) -> list[Any]:
        """Return what `campus check` would have its author mend."""
        return [*errors_of(load_module(self.folder)), *typography.findings(self.folder)]

    def proved(self, course: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
        """Return what the proofs of the module found."""
        monkeypatch.setattr(paths, "modules", lambda: self.folder.parent)
        (report,) = run([self.name], load_config(paths.course()), {}, course=course, whole=True)
        return report

    def changed(self, folder: Path, old: str, new: str) -> Path:
        """Copy the module into a folder, where the last `old` of its answers.yml has become `new`; return the copy."""
        copy = folder / self.name
        shutil.copytree(self.folder, copy)
        answers = copy / "answers.yml"
        before, found, after = answers.read_text(encoding="utf-8").rpartition(old)
        assert found, f"answers.yml has no {old!r}"
        answers.write_text(before + new + after, encoding="utf-8")
        return copy

    def told_of(self, folder: Path, old: str, new: str) -> str:
        """Return what `campus check`, else `campus build`, says of a change; it has to say something."""
        with pytest.raises(ModuleError) as told:
            copy = self.changed(folder, old, new)
            if errors := errors_of(load_module(copy)):
                raise ModuleError(errors)
            build([self.name], folder / "course", root=folder)
        return str(told.value)

    def shows_authors(self, exercise: str) -> bool:
        """Tell whether the page of the format shows an exercise of this module as it is written here."""
        page = (paths.home() / "docs" / "format-d-un-module.md").read_text(encoding="utf-8")
        (example,) = re.findall(rf"```yaml\n({exercise}:.*?)```", page, re.DOTALL)
        return example in (self.folder / "answers.yml").read_text(encoding="utf-8")


def small_module(tests: str, name: str) -> tuple[SmallModule, Callable[..., Any], Callable[..., Any]]:
    """Return the module `name` beside a file of tests, and two fixtures: its folder once built, and a learner's copy of it."""
    module = SmallModule(Path(tests).parent / "modules" / name)

    @pytest.fixture(scope="module")
    def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
        (one,) = build([module.name], tmp_path_factory.mktemp("course"), root=module.folder.parent)
        return one.source

    @pytest.fixture
    def folder(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        copy = tmp_path / module.name
        shutil.copytree(built, copy)
        monkeypatch.chdir(copy)
        for variable in ("CAMPUS_PRIVATE", "NBGRADER_EXECUTION"):
            monkeypatch.delenv(variable, raising=False)
        return copy

    return module, built, folder


def judged(folder: Path, key: str, value: Any) -> Verdict:
    """Answer an exercise by form in a learner's copy, and return the verdict."""
    AnswersFile(folder, folder.name).set(key, value, module=folder.name, version=1)
    return judge_form(key, folder)
