"""A module's table of right answers, as a confined process may read it."""

import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Self

PASSED_THROUGH = 0o711
"""The mode of a folder that others may go through, and not list."""


class ShownTruth:
    """A copy of a module's private table, at `path`, that a confined process may read.

    Only the owner may read the table itself. A confined process that root started has another account, a new one for each
    run: it reads the copy because it was given its path, which holds a name that nobody else can list nor guess.
    """

    def __init__(self, truth: Path):
        self._folder = Path(tempfile.mkdtemp(prefix="campus-bareme-"))
        unlisted = self._folder / secrets.token_hex(16)
        unlisted.mkdir(PASSED_THROUGH)
        unlisted.chmod(PASSED_THROUGH)  # whatever the umask
        self.path = unlisted / truth.name
        if truth.is_file():
            shutil.copyfile(truth, self.path)
            self.path.chmod(0o644)
        self._folder.chmod(PASSED_THROUGH)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self._folder, ignore_errors=True)
