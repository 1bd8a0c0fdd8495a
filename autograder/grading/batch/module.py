"""A module as grading needs it, the same for all its copies: read once per run."""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, OverwriteCells, OverwriteKernelspec
from nbgrader.utils import is_locked
from traitlets.config import Config

from autograder import paths
from autograder.contract.names import name_of
from autograder.grading.config import configure
from autograder.grading.engine import cells
from autograder.grading.errors import GradingError
from autograder.grading.execute import GradingExecute
from autograder.grading.free_answers import stubs_of
from autograder.grading.gradebook_file import anew, gradebook_path, in_words, require_gradebook
from autograder.grading.layout import left_out
from autograder.grading.rebuild import read_released
from autograder.grading.recognised import Vocabulary, vocabulary
from autograder.grading.regular_files import regular_files, sha256
from autograder.grading.release import load_config, require_course
from autograder.modules.load import called, id_of, module_folders
from autograder.sandbox import Limits

LISTS = ("sanitize_preprocessors", "autograde_preprocessors")
SETTINGS = ("Execute", "GradingExecute", "IgnorePattern", "ClearMetadataPreprocessor", "LimitOutput")
PLACES = ("course", "private")
"""Settings that name folders: they do not change how a copy is graded."""

UNKNOWN_MODULE = "« {name} » : aucun module de ce nom. Modules du cours : {known}."
SEVERAL_MODULES = "« {name} » désigne plusieurs modules : donnez le nom entier de l’un d’eux ({found})."
NOT_BUILT = "Le module {name} n’est pas construit. Lancez « campus build {name} && campus release {name} », puis relancez."
NOT_RELEASED = (
    "Le module {name} est construit, mais pas publié. Lancez « campus release {name} », puis relancez."
)
NOT_RECORDED = (
    "Le carnet de notes ({path}) ne connaît pas le module {name}, pourtant publié : il a été remplacé ou recommencé. "
    "Remettez votre sauvegarde à cette place ; sans sauvegarde, lancez « campus release {name} ». Puis relancez."
)
NOT_ALIKE = (
    "Le carnet publié du module {name} et le carnet de notes n’ont pas les mêmes questions. Lancez "
    "« campus release {name} », puis relancez."
)
NOT_ALIKE_GRADED = (
    "Le carnet publié du module {name} et le carnet de notes, qui a déjà des copies, n’ont pas les mêmes questions : l’un "
    "des deux a été remplacé. Remettez celui qui va avec l’autre. Sinon, {anew}, et relancez."
)
OTHER_STEPS = (
    "Votre nbgrader_config.py change la liste des étapes de correction (c.Autograde.{name}), que « campus grade » "
    "ne suit pas. Corrigez avec « cd {course} && nbgrader autograde {module} », ou retirez ce réglage."
)


@dataclass(frozen=True)
class GradedModule:
    """A released module, as the gradebook knows it."""

    name: str
    course: Path
    config: Config
    nbgrader: Autograde
    """nbgrader's own converter, used for its settings."""
    master: Mapping[str, NotebookNode]
    """The cells that nbgrader knows, by name. Their metadata are right. A locked cell has its whole text, hidden parts included.
    A cell that is not locked has only its released text."""
    stubs: Mapping[str, str]
    """The text of every cell as released, by name."""
    source_files: Mapping[str, Path]
    """The module's own files: each replaces the file of the same name in every copy."""
    deterministic: bool
    words: Vocabulary | None
    """What the module foresees; None for an assignment that is not built from a module."""
    fingerprint: str
    released_text: str

    @property
    def limits(self) -> Limits:
        """The times that the course allows to a cell and to a notebook."""
        step = GradingExecute(config=self.config)
        return Limits(cell_seconds=step.timeout, notebook_seconds=step.notebook_timeout)

    @property
    def db_url(self) -> str:
        return str(self.nbgrader.coursedir.db_url)

    @property
    def course_id(self) -> str:
        return str(self.nbgrader.coursedir.course_id)

    @property
    def excluded(self) -> list[str]:
        """Learners who are not graded."""
        return left_out(self.nbgrader.coursedir)

    @property
    def ignore(self) -> list[str]:
        """Names of files that are not part of a submission."""
        return [*self.nbgrader.coursedir.ignore, "*.ipynb"]

    def released(self) -> NotebookNode:
        """Return the released notebook: a new one at each call."""
        notebook: NotebookNode = nbformat.from_dict(json.loads(self.released_text))
        return notebook


def find_module(name: str, course: Path) -> str:
    """Return the folder name of a released module; `name` is this folder name or the module's id.

    Raises GradingError. Its message says whether the module is not released, not built, or unknown.
    """
    return _find(
        name, course, {course / "release": "", course / "source": NOT_RELEASED, paths.modules(): NOT_BUILT}
    )


def find_built(name: str, course: Path) -> str:
    """Return the folder name of a built module; `name` is this folder name or the module's id. Raises GradingError."""
    return _find(name, course, {course / "source": "", paths.modules(): NOT_BUILT})


def _find(name: str, course: Path, problems: Mapping[Path, str]) -> str:
    """Return the folder name of a module, looked for in each folder of `problems`, in order.

    A folder may have a problem: GradingError is raised with its text when the module is found in this folder.
    """
    require_course(course)
    for root, problem in problems.items():
        names = [folder.name for folder in called(name, _modules(root))]
        if len(names) > 1:
            raise GradingError(SEVERAL_MODULES.format(name=name, found=", ".join(names)))
        if names and problem:
            raise GradingError(problem.format(name=names[0]))
        if names:
            return names[0]
    known = sorted({id_of(folder) for root in problems for folder in _modules(root)})
    raise GradingError(UNKNOWN_MODULE.format(name=name, known=", ".join(known)))


def _modules(root: Path) -> list[Path]:
    """Return the folders that hold a module: its text, or the notebook made from it."""
    return [
        folder
        for folder in module_folders(root)
        if any((folder / name).is_file() for name in ("module.yml", f"{folder.name}.ipynb"))
    ]


def load_graded_module(name: str, course: Path) -> GradedModule:
    """Read a released module, and its cells in the gradebook. Raises GradingError when the module cannot be graded."""
    config = load_config(course)
    _same_steps(config, course, name)
    nbgrader = Autograde(coursedir=CourseDirectory(config=config), config=config)
    require_gradebook(nbgrader.coursedir.db_url, [name])
    released = _released(name, course)
    where = {"nbgrader": {"notebook": name, "assignment": name, "db_url": nbgrader.coursedir.db_url}}
    names = set(_by_name(released))
    url = nbgrader.coursedir.db_url
    with in_words(url), Gradebook(url, nbgrader.coursedir.course_id) as gradebook:
        try:
            recorded = gradebook.find_notebook(name, name)
        except ValueError:
            path = gradebook_path(url)
            raise GradingError(NOT_RECORDED.format(name=name, path=path)) from None
        if {cell.name for cell in recorded.source_cells} != names:
            graded = gradebook.assignment_submissions(name)
            message = NOT_ALIKE_GRADED if graded else NOT_ALIKE
            raise GradingError(message.format(name=name, anew=anew(url, name)))
        stubs = stubs_of(recorded)
    for step in (ClearOutput, OverwriteKernelspec, CheckCellMetadata):
        released, _ = step(config=config).preprocess(released, where)
    master, _ = OverwriteCells(config=config).preprocess(copy.deepcopy(released), where)
    source_files, _ = regular_files(course / "source" / name, [*nbgrader.coursedir.ignore, "*.ipynb"])
    for excluded in nbgrader.exclude_overwriting.get(name, []):
        source_files.pop(excluded, None)
    private = course / "private" / f"{name}.json"
    text = json.dumps(released)
    parts = [text, json.dumps(master), _settings(config)]
    parts += [f"{path}\0{sha256(file)}" for path, file in source_files.items()]
    parts += [sha256(private)] if private.is_file() else []
    return GradedModule(
        name=name,
        course=course,
        config=config,
        nbgrader=nbgrader,
        master=_by_name(master),
        stubs=stubs,
        source_files=source_files,
        deterministic=cells.is_deterministic(private),
        words=vocabulary(private) if private.is_file() else None,
        fingerprint=hashlib.sha256("\0".join(parts).encode()).hexdigest(),
        released_text=text,
    )


def restore(module: GradedModule, notebook: NotebookNode) -> None:
    """Do what nbgrader's `OverwriteCells` does, without reading the gradebook: put back the metadata and the locked texts."""
    for name, cell in _by_name(notebook).items():
        master = module.master[name]
        cell.metadata.nbgrader = NotebookNode(master.metadata.nbgrader)  # flat: a copy
        if is_locked(master):
            cell.source = master.source


def _same_steps(config: Config, course: Path, module: str) -> None:
    """Raise GradingError when an institution changed the list of steps: its own steps must not be left out in silence."""
    ours = Config()
    configure(ours, course)
    for name in LISTS:
        if config.Autograde[name] != ours.Autograde[name]:
            raise GradingError(OTHER_STEPS.format(name=name, course=quote(str(course)), module=module))


def _released(name: str, course: Path) -> NotebookNode:
    return read_released(course / "release" / name / f"{name}.ipynb")


def _by_name(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {name_of(cell): cell for cell in notebook.cells if name_of(cell)}


def _settings(config: Config) -> str:
    """Return the settings that may change a result, as text."""
    settings: dict[str, dict[str, Any]] = {
        name: {key: value for key, value in config[name].items() if key not in PLACES} for name in SETTINGS
    }
    return json.dumps(settings, sort_keys=True, default=str)
