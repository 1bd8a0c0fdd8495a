"""The folder of a graded copy. It is written elsewhere, with its mark, then put in place at once."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.grading.batch.module import GradedModule
from autograder.grading.batch.result import Result
from autograder.grading.batch.submission import Submission, copy_source_files, copy_submitted_files
from autograder.grading.config import MARK


@dataclass(frozen=True)
class Mark:
    """What a graded folder was made from, in a file of this folder.

    A copy is done when the fingerprint of its mark is still right and the gradebook holds the points of the mark. A program that
    removes or replaces the folder removes the mark too.
    """

    fingerprint: str
    scores: Mapping[str, float | None]
    flags: tuple[str, ...]
    tier: str


def final_folder(module: GradedModule, learner: str) -> Path:
    """Return where nbgrader looks for the graded copy."""
    return module.course / "autograded" / learner / module.name


def read_mark(module: GradedModule, learner: str) -> Mark | None:
    """Return the mark of a graded copy; None when it has no readable mark."""
    folder = final_folder(module, learner)
    if not (folder / f"{module.name}.ipynb").is_file():
        return None
    try:
        data = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return Mark(data["fingerprint"], data["scores"], tuple(data["flags"]), data["tier"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_folder(
    module: GradedModule, submission: Submission, result: Result, mark: Mark, folder: Path
) -> None:
    """Write in the new `folder` the files that `nbgrader autograde` would write, and the mark."""
    folder.mkdir(parents=True)
    copy_submitted_files(submission, folder)
    copy_source_files(module, folder)
    (folder / f"{module.name}.ipynb").write_text(result.notebook, encoding="utf-8")
    (folder / MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")
    _set_permissions(module, folder)


@contextmanager
def replacing(final: Path, new: Path, aside: Path) -> Iterator[None]:
    """Put the folder `new` in the place of `final`; the block inside writes the gradebook.

    The old folder is moved to `aside` first. An interruption leaves either a folder whose mark agrees with the gradebook, or no
    folder: the copy is then graded again. When the block raises, the old folder comes back.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        os.rename(final, aside)
    try:
        yield
    except Exception:
        if aside.exists():
            os.rename(aside, final)
        raise
    os.rename(new, final)
    shutil.rmtree(aside, ignore_errors=True)


def _set_permissions(module: GradedModule, folder: Path) -> None:
    """Do what `BaseConverter.set_permissions` does: read-only files; folders shared with the group when the course is."""
    mode = int(str(module.nbgrader.permissions), 8)
    for parent, _, names in os.walk(folder):
        for name in names:
            os.chmod(os.path.join(parent, name), mode)
        if module.nbgrader.coursedir.groupshared:
            os.chmod(parent, (os.stat(parent).st_mode | 0o2770) & 0o2777)
