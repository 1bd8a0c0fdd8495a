"""The folder of a graded copy: written whole beside, then put in place at once, with the mark of what was done."""

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
    """What a graded folder comes from. A copy is done when its mark says so and the gradebook holds its points.

    It is in the folder, so that whatever removes or replaces the folder removes the mark too.
    """

    fingerprint: str
    scores: Mapping[str, float | None]
    flags: tuple[str, ...]
    tier: str


def final_folder(module: GradedModule, learner: str) -> Path:
    """Return where nbgrader looks for the graded copy."""
    return module.course / "autograded" / learner / module.name


def read_mark(module: GradedModule, learner: str) -> Mark | None:
    """Return the mark of a graded copy; None when there is none that can be read."""
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
    """Write in the new `folder` what `nbgrader autograde` would, and the mark."""
    folder.mkdir(parents=True)
    copy_submitted_files(submission, folder)
    copy_source_files(module, folder)
    (folder / f"{module.name}.ipynb").write_text(result.notebook, encoding="utf-8")
    (folder / MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")
    _set_permissions(module, folder)


@contextmanager
def replacing(final: Path, new: Path, aside: Path) -> Iterator[None]:
    """Put `new` in the place of `final` around the block, that writes the gradebook.

    The old folder goes first: an interruption at any moment leaves either a folder with the mark of what the
    gradebook holds, or no folder, and the copy is graded again. It comes back when the block raises.
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
    """`BaseConverter.set_permissions`: read-only files, and folders shared with the group when the course is."""
    mode = int(str(module.nbgrader.permissions), 8)
    for place, _, names in os.walk(folder):
        for name in names:
            os.chmod(os.path.join(place, name), mode)
        if module.nbgrader.coursedir.groupshared:
            os.chmod(place, (os.stat(place).st_mode | 0o2770) & 0o2777)
