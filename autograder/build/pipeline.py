"""The build, as one visible list of steps: text -> checked module -> derived grader -> files."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder import fingerprint, paths
from autograder.build import cells, recall, tables
from autograder.build.derive import derive
from autograder.build.lint import errors_of
from autograder.checks import exercises
from autograder.data import catalogue
from autograder.modules.errors import ModuleError
from autograder.modules.facts import load_facts
from autograder.modules.load import find_folders, load_once
from autograder.modules.model import Module

NOT_BUILDING = ("grading", "lab", "run", "sharing")
"""Rooms that the build never imports."""


@dataclass(frozen=True)
class BuiltModule:
    """A module and where its files were written; `fresh` is false when nothing had changed since the last build."""

    module: Module
    source: Path
    private: Path
    fresh: bool


def build(
    names: list[str] | None = None,
    course: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    on_module: Callable[[str], None] = lambda name: None,
    root: Path | None = None,
) -> list[BuiltModule]:
    """Build modules (all by default) into a course directory; raise ModuleError with every finding of the first bad one.

    `on_module` is told the name of each module that has to be built again.

    `parameters` replace the values of the modules' `parameters` cells, to derive the grader for another vintage.
    """
    built = []
    for folder in find_folders(names or [], root):
        built.append(_build(folder, course or paths.course(), dict(parameters or {}), on_module))
    return built


def _build(
    folder: Path, course: Path, parameters: dict[str, Any], on_module: Callable[[str], None]
) -> BuiltModule:
    module = load_once(folder)
    source = course / "source" / module.folder_name
    private = course / "private" / f"{module.folder_name}.json"
    stamp = _fingerprint(module, parameters)
    result = BuiltModule(module, source, private, fresh=not _is_current(source, private, stamp))
    if not result.fresh:
        return result
    on_module(folder.name)
    if found := errors_of(module):
        raise ModuleError(found)
    derived = derive(module, parameters)
    notebook = nbformat.writes(cells.notebook(module, load_facts()), version=nbformat.NO_CONVERT) + "\n"
    _write(source / f"{module.folder_name}.ipynb", notebook)
    _write(source / exercises.FILE_NAME, _json(tables.public(module, derived)))
    _write(private, _json(tables.private(module, derived, stamp)))
    return result


def _fingerprint(module: Module, parameters: dict[str, Any]) -> str:
    """Return a hash of all that a build depends on: its text and that of earlier modules, data, parameters, this program."""
    earlier = [one.folder / name for one in recall.earlier(module) for name in ("module.yml", "answers.yml")]
    facts = paths.course() / "facts.yml"
    datasets = [one for one in catalogue.read().resources if one.dataset in module.datasets]
    data = {path for one in datasets for path in (one.file, one.schema_file) if path.is_file()}
    return fingerprint.of(
        json.dumps(parameters, sort_keys=True),
        fingerprint.of_package(NOT_BUILDING),
        fingerprint.of_environment(),
        fingerprint.of_folder(module.folder),
        fingerprint.of_files(earlier, module.folder.parent),
        fingerprint.of_files([facts], facts.parent),
        fingerprint.of_files(data, paths.datasets()),
    )


def _is_current(source: Path, private: Path, stamp: str) -> bool:
    wanted = [source / f"{source.name}.ipynb", source / exercises.FILE_NAME]
    if not all(path.is_file() for path in wanted):
        return False
    try:
        return bool(json.loads(private.read_text(encoding="utf-8"))["fingerprint"] == stamp)
    except (OSError, ValueError, KeyError):
        return False


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    """Write atomically: a build cut off leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
