"""`campus watch`: a module checked, built and judged each time one of its files is saved, by processes that stay warm."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from autograder import paths
from autograder.authoring.apart import build_apart, import_first
from autograder.authoring.check import CheckReport, check
from autograder.authoring.pipeline import BuiltModule
from autograder.data.errors import DataError
from autograder.french.numbers import number
from autograder.grading.release import load_config
from autograder.kernels import warm
from autograder.modules.errors import ModuleError
from autograder.modules.load import find_folders
from autograder.proofs.run import Prover
from autograder.sandbox.errors import SandboxError

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

    Every submission is judged in a fork; the whole notebooks are left to `campus run`. Raises ModuleError for a module
    that does not exist.
    """
    (folder,) = find_folders([name], root)
    tell(f"Surveillance de {folder.name} ; Ctrl + C pour finir.")
    import_first()
    seen = None
    with Prover(load_config(paths.course()), {}, os.cpu_count() or 1, whole=lambda _: False) as prover:
        while True:
            if (now := _state(folder)) != seen:
                seen = now
                _answer(folder, course, prover, tell)
            pause(PAUSE)


def _state(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file was last changed, and its size; the facts and the terms too, which texts cite."""
    found = {}
    for path in [*folder.rglob("*"), paths.course() / "facts.yml", paths.course() / "glossaire.yml"]:
        try:
            about = path.stat()
        except OSError:  # an editor replaces a file in two steps
            continue
        if not path.name.startswith(".") and path.is_file():
            found[path] = about.st_mtime_ns, about.st_size
    return found


def _answer(folder: Path, course: Path | None, prover: Prover, tell: Callable[[str], None]) -> None:
    start = time.monotonic()
    try:
        (report,) = check([folder.name], root=folder.parent)
        _tell_check(report, tell)
        if report.errors:
            return
        tell("    forme : rien à corriger. Construction…")
        (built,) = build_apart([folder.name], course, root=folder.parent)
        for warning in built.warnings:
            tell(f"    {warning}")
        tell(f"    construit en {_since(start)} s ; fiche de preuve : {built.proof}")
        _judge(built, prover, tell)
    except (ModuleError, DataError, SandboxError) as error:
        for line in str(error).splitlines():
            tell(f"    {line}")
        return
    tell(f"    fini en {_since(start)} s.")


def _since(start: float) -> str:
    return number(time.monotonic() - start, 1)


def _judge(built: BuiltModule, prover: Prover, tell: Callable[[str], None]) -> None:
    """Tell what goes wrong with the submissions that its author expects, judged as in `campus run`."""
    if not warm.can_confine():  # papermill would take minutes
        tell(f"    réponses attendues : non jugées ici ; lancez « campus run {built.module.id} »")
        return
    report = prover.prove(built)
    problems = report.all_problems()
    for problem in problems:
        tell(f"    {problem}")
    if not problems:
        tell(f"    réponses attendues : {len(report.proofs)} copies jugées, tout est comme prévu")


def _tell_check(report: CheckReport, tell: Callable[[str], None]) -> None:
    tell(f"{time.strftime('%H:%M:%S')} {report.id}")
    for finding in [*report.errors, *report.warnings]:
        tell(f"    {finding}")
    if report.typography:
        count = len(report.typography)
        tell(f"    typographie : {count} remarque(s) ; « campus check --fix {report.id} » les corrige.")
