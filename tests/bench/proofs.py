"""What the proof of modules costs: builds, `campus run`, trials, the tests of each module, and what one more module adds."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from autograder.authoring.pipeline import BuiltModule, build
from autograder.authoring.running import solution_of
from autograder.grading.release import CONFIG_FILE
from autograder.modules.model import ExerciseSpec
from tests.bench.processor import ROOT, CommandFailed, Spent, spent_by, tell

COPIED = ("F01", "F02", "F07")
"""Modules to add under other ids, to see what a course that grows costs."""
RIGHT, WRONG = 3, 12
"""Answers of a made-up trial, for each exercise."""
CAMPUS = (sys.executable, "-m", "autograder.cli")


def proofs(root: Path, copies: int) -> dict[str, Any]:
    """Return seconds of processor time; `copies` is how many copies of each of COPIED are added."""
    home = _home(root / "home")
    names = sorted(folder.name[:3] for folder in (home / "modules").iterdir())
    built = _campus(home, "build")
    row: dict[str, Any] = {
        "modules": len(names),
        "build_cpu_per_module": built.cpu / len(names),
        "build_unchanged_cpu": _campus(home, "build").cpu,
        "run_cpu_per_module": _run(home).cpu / len(names),
        "run_F02_wall": _run(home, "F02").wall,
        "tests_cpu": _tests(home).cpu,
    }
    without = _write_trials(home, by_code=False)
    row["run_with_trials_by_form_cpu_per_module"] = _run(home).cpu / len(names)
    row["run_with_trials_by_form_alone_cpu"] = {name: _run(home, name).cpu for name in names}
    for path in without:
        path.unlink()
    _write_trials(home, by_code=True)
    whole = _run(home).cpu
    row["run_with_trials_cpu_per_module"] = whole / len(names)
    row["trials_by_code_cpu_per_module"] = whole / len(names) - row["run_with_trials_by_form_cpu_per_module"]
    return row | (_growth(home, copies, whole, row) if copies else {})


def _growth(home: Path, copies: int, run: float, before: dict[str, Any]) -> dict[str, Any]:
    """Return what each added module costs more, `run` being what `campus run` cost without them, with the same trials."""
    added = copies * len(COPIED)
    _add_copies(home, copies)
    return {
        "build_cpu_per_added_module": (_campus(home, "build").cpu - before["build_unchanged_cpu"]) / added,
        "run_cpu_per_added_module": (_run(home).cpu - run) / added,
        "tests_cpu_per_added_module": (_tests(home).cpu - before["tests_cpu"]) / added,
    }


def _home(home: Path) -> Path:
    """Return a repository of its own: these modules and settings, this data, nothing that is built."""
    (home / "course").mkdir(parents=True)
    for path in (*(ROOT / "course").glob("*.yml"), ROOT / "course" / CONFIG_FILE):
        shutil.copy(path, home / "course")
    shutil.copytree(ROOT / "course" / "guides", home / "course" / "guides")
    shutil.copytree(ROOT / "modules", home / "modules")
    (home / "datasets").symlink_to(ROOT / "datasets")
    return home


def _environment(home: Path) -> dict[str, str]:
    cache = os.environ.get("CAMPUS_CACHE", str(ROOT / "build" / "cache"))
    return {"CAMPUS_HOME": str(home), "CAMPUS_CACHE": cache}


def _campus(home: Path, *words: str) -> Spent:
    tell(f"campus {' '.join(words)}…")
    return spent_by([*CAMPUS, *words], env=_environment(home))


def _run(home: Path, *names: str) -> Spent:
    """Return what `campus run` spends. Made-up trials miss their goals: it is done when its report is written, whatever its code."""
    report = home / "run.xml"
    report.unlink(missing_ok=True)
    tell(f"campus run {' '.join(names)}…")
    spent = spent_by([*CAMPUS, "run", *names, "--junit", str(report)], env=_environment(home), codes=(0, 1))
    if not report.is_file():
        raise CommandFailed(f"campus run {' '.join(names)}")
    return spent


def _tests(home: Path) -> Spent:
    tell("tests/modules…")
    return spent_by(
        [sys.executable, "-m", "pytest", "-q", "tests/modules/test_modules.py"],
        env=_environment(home),
        codes=(0, 1),
    )


def _add_copies(home: Path, copies: int) -> None:
    """Add modules that only differ by their ids."""
    programme = home / "course" / "programme.yml"
    for number, (name, copy) in enumerate((name, copy) for name in COPIED for copy in range(copies)):
        (folder,) = (home / "modules").glob(f"{name}-*")
        added = shutil.copytree(folder, folder.with_name(f"Z{number:02}-{folder.name[4:]}-{copy}"))
        text = (added / "module.yml").read_text(encoding="utf-8")
        (added / "module.yml").write_text(
            text.replace(f"id: {name}", f"id: Z{number:02}", 1), encoding="utf-8"
        )
    data = yaml.safe_load(programme.read_text(encoding="utf-8"))
    data["tracks"][0]["modules"] += [f"Z{number:02}" for number in range(copies * len(COPIED))]
    programme.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _write_trials(home: Path, by_code: bool) -> list[Path]:
    """Write made-up trials for each module that has none, and return their files."""
    written = []
    for built in build([], home / "course", root=home / "modules"):
        path = built.module.folder / "trials.yml"
        if not path.is_file():
            rounds = [{"round": 1, "release": "0" * 12, "answers": dict(_trials(built, by_code))}]
            path.write_text(
                yaml.safe_dump({"rounds": rounds}, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
            written.append(path)
    return written


def _trials(built: BuiltModule, by_code: bool) -> Iterator[tuple[str, Any]]:
    private = json.loads(built.private.read_text(encoding="utf-8"))["exercises"]
    for key, table in private.items():
        exercise = built.module.exercises[key]
        right = [{"form": table["form_value"]}]
        wrong = [{"form": value} for value in table["form_mistakes"].values() if value is not None]
        if by_code and exercise.solution is not None:
            right.append({"code": solution_of(exercise.solution)})
            wrong += [{"code": code} for code in _wrong_code(exercise)]
        yield key, {"right": list(islice(cycle(right), RIGHT)), "wrong": list(islice(cycle(wrong), WRONG))}


def _wrong_code(exercise: ExerciseSpec) -> list[str]:
    """Return wrong answers by code, all different."""
    name, solution = exercise.answer["name"], solution_of(exercise.solution)
    known = [mistake.code for mistake in exercise.mistakes if mistake.code]
    if exercise.answer["kind"] != "number":
        return known
    return [*known, *(f"{solution}\n{name} = {name} * {1 + number / 7} + 1" for number in range(WRONG))]
