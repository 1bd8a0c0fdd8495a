"""One copy, from what the learner handed in to what can be run."""

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.checks.answers import FILE_NAME as ANSWERS
from autograder.checks.answers import contents
from autograder.grading import layout
from autograder.grading.batch.files import sha256
from autograder.grading.batch.module import GradedModule, restore
from autograder.grading.compared import compare
from autograder.grading.dates import NO_DATE, TIMESTAMP, read_date
from autograder.grading.errors import GradingError
from autograder.grading.exchange import SUBMITTED_WITH
from autograder.grading.facts_of_copy import facts_of_copy
from autograder.grading.free_answers import fill_free_answers
from autograder.grading.handed_in import opened, take
from autograder.grading.pieces import find_pieces
from autograder.grading.reading import read_notebook_at
from autograder.grading.rebuild import rebuild


@dataclass(frozen=True)
class Submission:
    """A private copy of what a learner handed in: it is removed with this object."""

    learner: str
    notebook: Path
    table: Path | None
    """The exercises file that came with the copy: never used."""
    files: Mapping[str, Path]
    """The other files, by the path where grading wants them, but those that the module's own replace."""
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
    """Return who handed in something for this module, in order."""
    return layout.learners_of(module.course, module.name, module.excluded)


def prepare(module: GradedModule, learner: str, work: Path) -> Prepared:
    """Read a copy, once, and rebuild the notebook to run; raise GradingError with the reason when it cannot be graded.

    What is read is a private copy, in a new folder of `work`.
    """
    submission = _find(module, learner, work)
    released, submitted = module.released(), read_notebook_at(submission.notebook)
    answers = submission.files.get(ANSWERS)
    facts = facts_of_copy(compare(released, submitted, submission.table, answers, module.course))
    rebuilt = rebuild(released, submitted)
    notes = [*submission.notes, *facts, *rebuilt.notes]
    problem = fill_free_answers(rebuilt.notebook, answers, module.stubs, module.name)
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


def _find(module: GradedModule, learner: str, work: Path) -> Submission:
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        with opened(module.course / "submitted", learner, module.name) as source:
            handed_in = take(source, folder, module.nbgrader.coursedir.ignore)
        pieces = find_pieces(handed_in, module.name, module.source_files, module.released)
    except GradingError:
        shutil.rmtree(folder)
        raise
    submission = Submission(learner, pieces.notebook, pieces.table, pieces.files, pieces.notes)
    weakref.finalize(submission, shutil.rmtree, folder, ignore_errors=True)
    return submission


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
    parts = [*submission.notes, sha256(submission.notebook)]
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
        found = contents(path.read_bytes())
    except (OSError, ValueError):
        return None
    answers, module = found["answers"], found.get("module")
    if not all(isinstance(entry, dict) for entry in answers.values()):
        return None
    for entry in answers.values():
        entry.pop("saved_at", None)
    named = {"module": module} if "module" in found else {}
    return json.dumps({**named, "answers": answers}, sort_keys=True)


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
