"""What plain checks showed on some values, kept for the other copies that have the same values.

For example, fifty learners find the same `total`: `assert total == 12` runs once.
"""

import copy
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from autograder.sandbox import CellResult

MOST = 1_000
"""Results kept, the most recently used."""


class Memo:
    """Results of checks, by the key of `key()`. May be used by several threads.

    The values come from learners. They are part of the key, byte for byte: no learner can give a result to other values.
    """

    def __init__(self, most: int = MOST):
        self._most, self._lock = most, threading.Lock()
        self._results: OrderedDict[bytes, CellResult] = OrderedDict()

    def get(self, key: bytes) -> CellResult | None:
        """Return a copy of a result; None when the key is unknown."""
        with self._lock:
            if key not in self._results:
                return None
            self._results.move_to_end(key)
            return copy.deepcopy(self._results[key])

    def put(self, key: bytes, result: CellResult) -> None:
        """Keep a copy of a result, unless the check was stopped, or a later cell may change what it displayed."""
        if result.status not in ("ok", "error") or result.flags or result.displays:
            return
        with self._lock:
            self._results[key] = copy.deepcopy(result)
            while len(self._results) > self._most:
                self._results.popitem(last=False)


def key(texts: Sequence[str], values: Mapping[str, bytes]) -> bytes:
    """Return a hash of all that a result depends on: the texts of the cells, and the values that they read, by name."""
    digest = hashlib.sha256()
    for part in (
        *(text.encode() for text in texts),
        b"",
        *(x for name in sorted(values) for x in (name.encode(), values[name])),
    ):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
