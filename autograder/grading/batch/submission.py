"""One copy, from the files that the learner handed in to the notebook to run."""

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.checks.answers import contents
from autograder.contract.names import ANSWERS, TRIES
from autograder.grading import layout
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
from autograder.grading.recognised import enclosed
from autograder.grading.regular_files import sha256
from autograder.progress.tries import Try


@dataclass(frozen=True)
class Submission:
    """A private copy of the files that a learner handed in. It is removed with this object."""

    learner: str
    notebook: Path
    table: Path | None
    """The exercises file that came with the copy: compared, never used for grading."""
    files: Mapping[str, Path]
    """The other files, by the path where grading puts them, except the files that the module's own files replace."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """A copy ready to be run. Two copies with the same `inputs` get the same result."""

    submission: Submission
    notebook: NotebookNode
    timestamp: datetime | None
    fingerprint: str
    """Hash of all the files that the learner handed in: it tells whether the copy changed since it was graded."""
    inputs: str
    """Hash of all that the learner's code can see."""
    notes: tuple[str, ...]
    """In French, for the instructor."""
    tries: Sequence[Try] | None
    """The verdicts met on the way; None when the learner did not enclose them."""


def learners_of(module: GradedModule) -> list[str]:
    """Return the learners who handed in something for this module, in order."""
    return layout.learners_of(module.course, module.name, module.excluded)


def prepare(module: GradedModule, learner: str, work: Path) -> Prepared:
    """Read a copy, once, and rebuild the notebook to run. Raises GradingError, with the reason, when it cannot be graded.

    The files are first copied to a new folder of `work`, then read from there.
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
        tries=enclosed(submission.files.get(TRIES)),
    )


def copy_inputs(module: GradedModule, submission: Submission, folder: Path) -> None:
    """Copy the files that the learner's code may see into `folder`: exactly the files that `Prepared.inputs` hashes."""
    for relative, path in _seen(submission).items():
        target = _target(folder, relative)
        answers = _answers(path) if relative == ANSWERS else None
        if answers is None:
            shutil.copyfile(path, target)
        else:
            target.write_text(answers, encoding="utf-8")
    copy_source_files(module, folder)


def copy_source_files(module: GradedModule, folder: Path) -> None:
    """Copy the module's own files beside the learner's files; `Submission.files` has no file of the same path."""
    for relative, path in module.source_files.items():
        shutil.copy(path, _target(folder, relative))


def copy_submitted_files(submission: Submission, folder: Path) -> None:
    """Copy all the files that were handed in, except the notebook."""
    for relative, path in submission.files.items():
        shutil.copy(path, _target(folder, relative))


def _target(folder: Path, relative: str) -> Path:
    """Return the path of a file in `folder`, whose parent folder now exists."""
    target = folder / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


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
    """Return when the copy was handed in (UTC, without zone, as nbgrader stores it), then the problem with this date."""
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
    """Return the learner's files, except what handing in wrote, which differs for each learner."""
    written = (*SUBMITTED_WITH, TRIES)
    return {relative: path for relative, path in submission.files.items() if relative not in written}


def _answers(path: Path) -> str | None:
    """Return the text of an answers file without the times of its answers; None when this is no answers file of ours."""
    try:
        saved = contents(path.read_bytes())
    except (OSError, ValueError):
        return None
    answers, module = saved["answers"], saved.get("module")
    if not all(isinstance(entry, dict) for entry in answers.values()):
        return None
    for entry in answers.values():
        entry.pop("saved_at", None)
    named = {"module": module} if "module" in saved else {}
    return json.dumps({**named, "answers": answers}, sort_keys=True)


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
