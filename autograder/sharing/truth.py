"""A module's table of right answers, as a confined process may read it."""

import shutil
import tempfile
from pathlib import Path
from typing import Self


class ShownTruth:
    """A copy of a module's private table, `path`, for a confined process.

    The table itself is its owner's alone; a process started by root runs confined as somebody who owns nothing.
    """

    def __init__(self, truth: Path):
        self._folder = tempfile.mkdtemp(prefix="campus-bareme-")  # closed to the machine's other accounts
        self.path = Path(self._folder) / truth.name
        if truth.is_file():
            shutil.copyfile(truth, self.path)
            self.path.chmod(0o644)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self._folder, ignore_errors=True)
