"""Results kept on disk: the same input is run once. Bounded; the least recently used go first."""

import contextlib
import os
import tempfile
from pathlib import Path

from autograder.grading.batch.result import Result

MAX_RESULTS = 20_000
MAX_BYTES = 2**30


class ResultStore:
    """One JSON file per result, named after its key, under `folder`, which its owner alone may read.

    Losing it costs time only: a file that cannot be read or written is as if it were not there.
    """

    def __init__(self, folder: Path, max_results: int = MAX_RESULTS, max_bytes: int = MAX_BYTES):
        self._folder, self._max_results, self._max_bytes = folder, max_results, max_bytes

    def get(self, key: str) -> Result | None:
        """Return the result kept for this key."""
        path = self._path(key)
        try:
            result = Result.from_json(path.read_text(encoding="utf-8"))
            os.utime(path)  # used just now
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return result

    def put(self, key: str, result: Result) -> None:
        """Keep a result."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(result.to_json())
            os.replace(temporary, self._path(key))

    def trim(self) -> None:
        """Remove the least recently used results beyond the bounds, and what an interruption left."""
        for left in self._folder.glob("*.new"):
            left.unlink(missing_ok=True)
        kept = count = 0
        for path, size in self._most_recent_first():
            count, kept = count + 1, kept + size
            if count > self._max_results or kept > self._max_bytes:
                path.unlink(missing_ok=True)

    def _most_recent_first(self) -> list[tuple[Path, int]]:
        found = []
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime_ns, path, status.st_size))
        return [(path, size) for _, path, size in sorted(found, reverse=True)]

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
