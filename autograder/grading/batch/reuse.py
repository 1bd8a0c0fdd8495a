"""Results kept on disk, so that the same input is run once. The least recently used results are removed first."""

import contextlib
import os
from pathlib import Path

from autograder import files, paths
from autograder.grading.batch.result import Result

MAX_RESULTS = 20_000
MAX_BYTES = 2**30


def kept_results() -> Path:
    """Return the folder of the results of this installation's courses. They hold texts of copies, and bear no name."""
    return paths.cache() / "graded"


class ResultStore:
    """One JSON file per result, named after its key, under `folder`, which its owner alone may read.

    The loss of this folder costs time only: a file that cannot be read or written counts as absent.
    """

    def __init__(self, folder: Path, max_results: int = MAX_RESULTS, max_bytes: int = MAX_BYTES):
        self._folder, self._max_results, self._max_bytes = folder, max_results, max_bytes

    def get(self, key: str) -> Result | None:
        """Return the result kept for this key."""
        path = self._path(key)
        try:
            result = Result.from_json(path.read_text(encoding="utf-8"))
            os.utime(path)  # marks the result as used now
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return result

    def put(self, key: str, result: Result) -> None:
        """Keep a result."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.write(self._path(key), result.to_json(), mode=0o600)

    def trim(self) -> None:
        """Remove the least recently used results beyond the bounds, and the files that an interruption left unfinished."""
        for unfinished in self._folder.glob(f"*{files.UNFINISHED}"):
            unfinished.unlink(missing_ok=True)
        total_bytes = count = 0
        for path, size in self._most_recent_first():
            count, total_bytes = count + 1, total_bytes + size
            if count > self._max_results or total_bytes > self._max_bytes:
                path.unlink(missing_ok=True)

    def _most_recent_first(self) -> list[tuple[Path, int]]:
        results = []
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError):
                status = path.stat()
                results.append((status.st_mtime_ns, path, status.st_size))
        return [(path, size) for _, path, size in sorted(results, reverse=True)]

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
