"""One copy, from what the learner handed in to what can be run."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.checks.answers import FILE_NAME as ANSWERS
from autograder.grading.batch.files import regular_files, sha256
from autograder.grading.batch.module import GradedModule, restore
from autograder.grading.dates import NO_DATE, TIMESTAMP, read_date
from autograder.grading.errors import GradingError
from autograder.grading.exchange import SUBMITTED_WITH
from autograder.grading.free_answers import fill_free_answers
from autograder.grading.reading import read_notebook
from autograder.grading.rebuild import rebuild

MISSING = (
    "Le carnet {name}.ipynb manque dans le dossier rendu : demandez à l’apprenant de le rendre de nouveau."
)
SEVERAL = "Le carnet {name}.ipynb manque, et plusieurs autres sont là ({others}) : renommez celui qu’il faut corriger."
RENAMED = "carnet rendu sous un autre nom : {found}"
NOT_A_FILE = "« {path} » n’est pas un fichier ordinaire : laissé de côté"


@dataclass(frozen=True)
class Submission:
    """What a learner handed in: nothing has been read but names."""

    learner: str
    folder: Path
    notebook: Path
    files: Mapping[str, Path]
    """The other files, by relative path, but those that the module's own replace."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """A copy ready to be run. Two copies with the same `inputs` get the same result."""

    submission: Submission
    notebook: NotebookNode
    timestamp: datetime | None
    fingerprint: str
    """Of all that the learner handed in: tells whether a copy has changed since it was graded."""
    inputs: str
    """Of all that its code can see."""
    notes: tuple[str, ...]
    """In French, for the instructor."""


def learners_of(module: GradedModule) -> list[str]:
    """Return who handed in a folder for this module, in order."""
    excluded = module.nbgrader.coursedir.student_id_exclude.split(",")
    folders = (module.course / "submitted").glob(f"[!.]*/{module.name}")
    return sorted(f.parent.name for f in folders if f.is_dir() and f.parent.name not in excluded)


def prepare(module: GradedModule, learner: str) -> Prepared:
    """Read a copy, and rebuild the notebook to run; raise GradingError with the reason when it cannot be graded."""
    submission = _find(module, learner)
    rebuilt = rebuild(module.released(), read_notebook(submission.notebook.read_bytes()))
    notes = [*submission.notes, *rebuilt.notes]
    if ANSWERS in submission.files:
        problem = fill_free_answers(rebuilt.notebook, submission.folder, module.stubs)
        notes += [problem] if problem else []
    restore(module, rebuilt.notebook)
    timestamp, problem = _timestamp(submission)
    notes += [problem] if problem else []
    return Prepared(
        submission=submission,
        notebook=rebuilt.notebook,
        timestamp=timestamp,
        fingerprint=_fingerprint(submission),
        inputs=_inputs(submission, rebuilt.notebook),
        notes=tuple(notes),
    )


def copy_inputs(module: GradedModule, submission: Submission, folder: Path) -> None:
    """Copy what the learner's code may see into `folder`: exactly what `Prepared.inputs` is computed from."""
    for relative, path in _seen(submission).items():
        place = _place(folder, relative)
        answers = _answers(path) if relative == ANSWERS else None
        if answers is None:
            shutil.copyfile(path, place)
        else:
            place.write_text(answers, encoding="utf-8")
    copy_source_files(module, folder)


def copy_source_files(module: GradedModule, folder: Path) -> None:
    """Put the module's own files beside those of the learner: `Submission.files` leaves their places free."""
    for relative, path in module.source_files.items():
        shutil.copy(path, _place(folder, relative))


def copy_submitted_files(submission: Submission, folder: Path) -> None:
    """Copy all that was handed in but the notebook."""
    for relative, path in submission.files.items():
        shutil.copy(path, _place(folder, relative))


def _place(folder: Path, relative: str) -> Path:
    place = folder / relative
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _find(module: GradedModule, learner: str) -> Submission:
    folder = module.course / "submitted" / learner / module.name
    files, others = regular_files(folder, module.nbgrader.coursedir.ignore)
    notes = [NOT_A_FILE.format(path=_readable(path)) for path in others]
    notebooks = {name: path for name, path in files.items() if name.endswith(".ipynb")}
    name = f"{module.name}.ipynb"
    if name not in notebooks:
        found = [path for path in notebooks if "/" not in path]
        if not found:
            raise GradingError(MISSING.format(name=module.name))
        if len(found) > 1:
            raise GradingError(SEVERAL.format(name=module.name, others=_readable(", ".join(found))))
        name = found[0]
        notes.append(RENAMED.format(found=_readable(name)))
    kept = {
        path: file for path, file in files.items() if path not in notebooks and not _replaced(module, path)
    }
    return Submission(learner, folder, notebooks[name], kept, tuple(notes))


def _replaced(module: GradedModule, path: str) -> bool:
    """Whether one of the module's files goes there, or needs a folder there."""
    return any(
        own == path or own.startswith(f"{path}/") or path.startswith(f"{own}/") for own in module.source_files
    )


def _readable(name: str) -> str:
    """Return a file name that can be written, whatever bytes it is made of."""
    return name.encode("utf-8", "replace").decode()


def _timestamp(submission: Submission) -> tuple[datetime | None, str | None]:
    """Return when the copy was handed in (UTC, without zone, as nbgrader stores it), and what is wrong with it."""
    path = submission.files.get(TIMESTAMP)
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path else ""
    if not text:
        return None, None
    try:
        return read_date(text), None
    except ValueError:
        return None, NO_DATE


def _fingerprint(submission: Submission) -> str:
    parts = [submission.notebook.name, sha256(submission.notebook)]
    parts += [f"{relative}\0{sha256(path)}" for relative, path in submission.files.items()]
    return _hash(parts)


def _inputs(submission: Submission, notebook: NotebookNode) -> str:
    cells = [[cell.cell_type, cell.id, cell.source, cell.get("attachments")] for cell in notebook.cells]
    parts = [json.dumps(cells, sort_keys=True)]
    for relative, path in _seen(submission).items():
        answers = _answers(path) if relative == ANSWERS else None
        parts.append(f"{relative}\0{sha256(path) if answers is None else answers}")
    return _hash(parts)


def _seen(submission: Submission) -> dict[str, Path]:
    """The learner's files but those that `nbgrader submit` wrote: they differ for everyone."""
    return {relative: path for relative, path in submission.files.items() if relative not in SUBMITTED_WITH}


def _answers(path: Path) -> str | None:
    """Return the answers file without the times at which each answer was saved; None when it is not one of ours."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8-sig"))
        for entry in data["answers"].values():
            entry.pop("saved_at", None)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None
    return json.dumps(data, sort_keys=True)


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
