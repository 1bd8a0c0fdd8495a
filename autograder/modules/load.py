"""Read modules from their folders."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.modules import yaml_text
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import Attempt, ExerciseSpec, Mistake, Module, Objective
from autograder.modules.notebook_text import MARK_SCHEME, TextCell, read_cells

NO_MODULES = (
    "aucun module ici. Vérifiez CAMPUS_HOME, qui doit désigner le dossier du dépôt, ou retirez ce réglage."
)


def module_folders(root: Path | None = None) -> list[Path]:
    """Return the folders of the modules, in order of their names."""
    root = root or paths.modules()
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def find_folders(names: list[str], root: Path | None = None) -> list[Path]:
    """Return the folders that ids or folder names stand for (all when empty); raise ModuleError for an unknown one."""
    root = root or paths.modules()
    folders = module_folders(root)
    if not folders:
        raise ModuleError([Finding(root, 0, NO_MODULES)])
    if not names:
        return folders
    chosen = []
    for name in names:
        found = called(name, folders)
        if not found:
            known = ", ".join(map(id_of, folders))
            raise ModuleError(
                [Finding(root / name, 0, f"aucun module de ce nom. Modules présents : {known}.")]
            )
        chosen += found
    return chosen


def called(name: str, folders: list[Path]) -> list[Path]:
    """Return the folders that an id or a folder name stands for, in capitals or not."""
    return [one for one in folders if name.casefold() in (one.name.casefold(), id_of(one).casefold())]


def id_of(folder: Path) -> str:
    """Return the id in a module's folder name."""
    return folder.name.split("-")[0]


def load_modules(names: list[str] | None = None, root: Path | None = None) -> list[Module]:
    """Load modules by id or folder name (all by default), in order of their names; raise ModuleError."""
    return [load_once(folder) for folder in find_folders(names or [], root)]


def load_once(folder: Path) -> Module:
    """Load one module, or give what was loaded while its files have not changed; raise ModuleError.

    Each module asks for those that come before it: read anew each time, they would cost the square of their number.
    """
    files = (folder / name for name in ("module.yml", "answers.yml", "notebook.md"))
    return _loaded(folder, tuple(_state(path) for path in files))


def _state(file: Path) -> tuple[int, int] | None:
    """Return what changes with a file: when it was written, and its size in bytes; None when there is none."""
    if not file.is_file():
        return None
    found = file.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(256)
def _loaded(folder: Path, _files: tuple[tuple[int, int] | None, ...]) -> Module:
    return load_module(folder)


def load_module(folder: Path) -> Module:
    """Load one module; raise ModuleError with the findings of all of its files together."""
    findings: list[Finding] = []
    parts: dict[str, Any] = {}
    for name, read in {
        "description": lambda: yaml_text.read(folder / "module.yml", "module"),
        "answers": lambda: yaml_text.read(folder / "answers.yml", "answers"),
        "cells": lambda: read_cells(folder / "notebook.md"),
    }.items():
        try:
            parts[name] = read()
        except ModuleError as error:
            findings += error.findings
    if findings:
        raise ModuleError(findings)
    description, answers, cells = parts["description"], parts["answers"], tuple(parts["cells"])
    fields = dict(description.data)
    objectives = tuple(
        Objective(o["id"], o["text"], tuple(o["competences"]), tuple(o["exercises"]))
        for o in fields.pop("objectives")
    )
    for key in ("audience", "prerequisites", "datasets"):
        fields[key] = tuple(fields[key])
    return Module(
        folder=folder,
        objectives=objectives,
        exercises={key: _exercise(key, data, cells) for key, data in answers.data.items()},
        cells=cells,
        description=description,
        answers=answers,
        **fields,
    )


def _exercise(key: str, data: dict[str, Any], cells: tuple[TextCell, ...]) -> ExerciseSpec:
    own = [cell for cell in cells if cell.exercise == key]
    solution = next((cell.source for cell in own if cell.role == "answer" and cell.kind == "code"), None)
    return ExerciseSpec(
        id=key,
        title=data["title"],
        objective=data["objective"],
        answer=data["answer"],
        form=data["form"],
        hints=tuple(data["hints"]),
        success=data.get("success", ""),
        otherwise=data.get("otherwise", ""),
        alternatives=tuple(Attempt(**attempt) for attempt in data.get("alternatives", [])),
        mistakes=tuple(
            Mistake(**mistake | {name: tuple(mistake[name]) for name in ("before", "was") if name in mistake})
            for mistake in data.get("mistakes", [])
        ),
        points=sum(cell.points or 0 for cell in own),
        solution=solution,
        recall=data.get("recall", {}),
        shown=data.get("shown", ""),
        example=data.get("example", ""),
        scheme=_scheme(own),
    )


def _scheme(own: list[TextCell]) -> str:
    """Return the marking scheme of an exercise, "" when it has none: nobody gives its points."""
    found = (MARK_SCHEME.search(cell.source) for cell in own if cell.role == "answer")
    return next((scheme[1].strip() for scheme in found if scheme), "")
