"""What cells of ours showed on given values: looking twice at the same ones shows the same."""

import copy
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from autograder.sandbox import CellResult

MOST = 1_000
"""Results kept, the last used ones: a figure takes some 30 kB."""


class Memo:
    """Results of trusted cells by what they depend on. May be used by several threads.

    A learner decides of the values, and of nothing else: they are part of the key, byte for byte.
    """

    def __init__(self, most: int = MOST):
        self._most, self._lock = most, threading.Lock()
        self._results: OrderedDict[bytes, tuple[CellResult, list[str]]] = OrderedDict()

    def get(self, key: bytes) -> tuple[CellResult, list[str]] | None:
        """Return a copy of a result and the names that had something else in their place, None when there is none."""
        with self._lock:
            if key not in self._results:
                return None
            self._results.move_to_end(key)
            return copy.deepcopy(self._results[key])

    def put(self, key: bytes, result: CellResult, replaced: list[str]) -> None:
        """Keep a copy of a result. Not one that was stopped, nor one that a later cell may change."""
        if result.status not in ("ok", "error") or result.flags or result.displays:
            return
        with self._lock:
            self._results[key] = copy.deepcopy(result), replaced
            while len(self._results) > self._most:
                self._results.popitem(last=False)


def key(texts: Sequence[str], values: Mapping[str, bytes]) -> bytes:
    """Return what a result depends on: the texts of the cells, and the values that they read, by name."""
    digest = hashlib.sha256()
    for part in (
        *(text.encode() for text in texts),
        b"",
        *(x for name in sorted(values) for x in (name.encode(), values[name])),
    ):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
