"""The build, as one visible list of steps: text -> checked module -> derived grader -> files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from autograder import files, fingerprint, paths
from autograder.authoring import cells, leaks, proof_sheet, recall, tables
from autograder.authoring.activities_of import activities_of
from autograder.authoring.derive import Observed, derive
from autograder.authoring.lint import errors_of
from autograder.contract.names import EXERCISES
from autograder.data import catalogue
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.facts import load_facts
from autograder.modules.glossary import load_glossary
from autograder.modules.load import find_folders, load_once
from autograder.modules.model import Module
from autograder.modules.text_file import read_text


@dataclass(frozen=True)
class BuiltModule:
    """A module and where its files were written; `fresh` is false when nothing had changed since the last build.

    `warnings` deserve a look; there are none to tell of what is not built again.
    """

    module: Module
    source: Path
    private: Path
    proof: Path
    fresh: bool
    warnings: tuple[Finding, ...] = ()


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
    try:
        stamp = _fingerprint(module, parameters)
    except ModuleError as error:  # a module that it needs cannot be read: is it the fault of this one?
        raise ModuleError(errors_of(module) or error.findings) from None
    proof = course / "proofs" / f"{module.folder_name}.html"
    for with_answers in (source.parent, private.parent, proof.parent):
        paths.own(with_answers)
    result = BuiltModule(module, source, private, proof, fresh=not _is_current(source, private, stamp))
    if not result.fresh:
        return result
    on_module(folder.name)
    if found := errors_of(module):
        raise ModuleError(found)
    observed = Observed()
    derived = derive(module, parameters, observed)
    activities = activities_of(module)
    told = [] if parameters else leaks.shown_before(module, derived, observed)
    if not parameters and (wrong := leaks.findings(module, derived, told)):
        raise ModuleError(wrong)
    notebook = (
        nbformat.writes(
            cells.notebook(module, load_facts(), load_glossary(), observed.namespace),
            version=nbformat.NO_CONVERT,
        )
        + "\n"
    )
    _write(source / f"{module.folder_name}.ipynb", notebook)
    _write(source / EXERCISES, _json(tables.public(module, derived)))
    grader = {
        **tables.private(module, derived, stamp),
        "source": _digest(source),
        "built_from": {
            "text": fingerprint.of_folder(folder),
            "program": fingerprint.of_builder(activities),
            "activities": activities,
        },
    }
    _write(private, _json(grader), mode=0o600)
    _write(result.proof, proof_sheet.page(module, derived, observed, told))
    return replace(result, warnings=tuple(observed.warnings))


def _fingerprint(module: Module, parameters: dict[str, Any]) -> str:
    """Return a hash of all that a build depends on: the texts of the module and of earlier modules, data, parameters, this program."""
    earlier = [one.folder / name for one in recall.earlier(module) for name in ("module.yml", "answers.yml")]
    datasets = [one for one in catalogue.read().resources if one.dataset in module.datasets]
    data = {path for one in datasets for path in (one.file, one.schema_file) if path.is_file()}
    return fingerprint.of(
        json.dumps(parameters, sort_keys=True),
        fingerprint.of_builder(activities_of(module)),
        fingerprint.of_folder(module.folder),
        fingerprint.of_files(earlier, module.folder.parent),
        read_text(paths.course() / "facts.yml"),
        read_text(paths.course() / "glossaire.yml"),
        fingerprint.of_files(data, paths.datasets()),
    )


def _is_current(source: Path, private: Path, stamp: str) -> bool:
    """Tell whether a module is built from this very text, and what learners get of it is still whole."""
    try:
        built = json.loads(private.read_text(encoding="utf-8"))
        return bool(built["fingerprint"] == stamp and built["source"] == _digest(source))
    except (OSError, ValueError, KeyError):
        return False


def _digest(source: Path) -> str:
    """Return a hash of the two files of a source folder. Raises OSError."""
    return fingerprint.of_files((source / f"{source.name}.ipynb", source / EXERCISES), source)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, text, mode=mode)
