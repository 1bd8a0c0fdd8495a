"""`campus watch`: a module checked, built and so proved each time one of its files is saved, in one process that stays warm."""

import time
from collections.abc import Callable
from pathlib import Path

from autograder import paths
from autograder.build.check import CheckReport, check
from autograder.build.pipeline import build
from autograder.data.errors import DataError
from autograder.modules.errors import ModuleError
from autograder.modules.load import find_folders

PAUSE = 0.3
"""Seconds between two looks at the files."""


def watch(
    name: str,
    tell: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
    course: Path | None = None,
    root: Path | None = None,
) -> None:
    """Tell what is to be mended in a module, now and after each change, until interrupted.

    Raises ModuleError for a module that does not exist.
    """
    (folder,) = find_folders([name], root)
    tell(f"Surveillance de {folder.name} ; Ctrl + C pour finir.")
    seen = None
    while True:
        if (now := _state(folder)) != seen:
            seen = now
            _answer(folder, course, tell)
        pause(PAUSE)


def _state(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file was last changed, and its size; the facts too, which texts cite."""
    found = {}
    for path in [*folder.rglob("*"), paths.course() / "facts.yml"]:
        try:
            about = path.stat()
        except OSError:  # an editor replaces a file in two steps
            continue
        if not path.name.startswith(".") and path.is_file():
            found[path] = about.st_mtime_ns, about.st_size
    return found


def _answer(folder: Path, course: Path | None, tell: Callable[[str], None]) -> None:
    start = time.monotonic()
    try:
        (report,) = check([folder.name], root=folder.parent)
        _tell_check(report, tell)
        if report.errors:
            return
        tell("    forme : rien à corriger. Construction…")
        (built,) = build([folder.name], course, root=folder.parent)
    except (ModuleError, DataError) as error:
        for line in str(error).splitlines():
            tell(f"    {line}")
        return
    for warning in built.warnings:
        tell(f"    {warning}")
    tell(f"    construit et prouvé en {time.monotonic() - start:.1f} s ; fiche de preuve : {built.proof}")


def _tell_check(report: CheckReport, tell: Callable[[str], None]) -> None:
    tell(f"{time.strftime('%H:%M:%S')} {report.id}")
    for finding in [*report.errors, *report.warnings]:
        tell(f"    {finding}")
    if report.typography:
        count = len(report.typography)
        tell(f"    typographie : {count} remarque(s) ; « campus check --fix {report.id} » les corrige.")
