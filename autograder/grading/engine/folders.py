"""The folders that the two processes see.

The learner's process sees the submission, with our own files over it. The checker's process sees our own files, with the
learner's answers file.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.checks.answers import MAX_BYTES
from autograder.contract.names import ANSWERS
from autograder.grading.errors import GradingError
from autograder.grading.handed_in import TOO_MANY_FILES, read_start
from autograder.sandbox import copying


class TrustedFiles:
    """A private copy of an assignment's own files (data, exercises; no notebook), in `folder`."""

    def __init__(self, source: Path):
        self.folder = Path(tempfile.mkdtemp(prefix="campus-module-"))
        if source.is_dir():
            ignored = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints", "__pycache__")
            shutil.copytree(source, self.folder, ignore=ignored, dirs_exist_ok=True)
        files = (path for path in self.folder.rglob("*") if path.is_file())
        self._contents = {path.relative_to(self.folder): path.read_bytes() for path in files}

    def close(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def for_learner(self, submitted: Path, complete: bool) -> Iterator[Path]:
        """Yield a folder with the learner's files. A file of ours replaces the learner's file of the same name.

        `complete` adds our files that the learner does not have. It is not needed in a session that starts after shared
        cells: the shared start has these files.
        """
        if all(_same(submitted / path, content, complete) for path, content in self._contents.items()):
            yield submitted
            return
        with tempfile.TemporaryDirectory(prefix="campus-copie-") as name:
            folder = Path(name)
            try:
                copying.copy(str(submitted), name, owner=0)
            except (copying.TooMuch, OSError) as error:
                raise GradingError(TOO_MANY_FILES) from error
            for path, content in self._contents.items():
                _write(folder, path, content)
            yield folder

    @contextmanager
    def for_checker(self, submitted: Path, complete: bool) -> Iterator[Path]:
        """Yield a folder with the learner's answers file, and with all our files if `complete`."""
        with tempfile.TemporaryDirectory(prefix="campus-controle-") as name:
            folder = Path(name)
            if complete:
                shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            answers = read_start(submitted / ANSWERS, MAX_BYTES + 1)
            if answers is not None:
                (folder / ANSWERS).write_bytes(answers)
            yield folder


def _same(path: Path, content: bytes, must_exist: bool) -> bool:
    if not os.path.lexists(path):
        return not must_exist
    return read_start(path, len(content) + 1) == content


def _write(folder: Path, path: Path, content: bytes) -> None:
    """Write one of our files, even when the learner put a folder at its path, or a file at the path of its folders."""
    for part in reversed(path.parents[:-1]):
        if (folder / part).is_file():
            (folder / part).unlink()
        (folder / part).mkdir(exist_ok=True)
    if (folder / path).is_dir():
        shutil.rmtree(folder / path)
    (folder / path).write_bytes(content)
