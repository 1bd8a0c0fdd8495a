"""Engines that stay open from one copy to the next: nbgrader makes a new `GradingExecute` for each copy."""

import atexit
import threading
from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path

from autograder.grading.engine.engine import Engine
from autograder.sandbox import Limits

MOST = 4
"""Engines open at once: each holds the processes that a module's copies start from."""

_lock = threading.Lock()
_engines: OrderedDict[Hashable, tuple[Hashable, Engine]] = OrderedDict()


def engine(course: Path, folder_name: str, notebook_name: str, *, unsafe: bool, limits: Limits) -> Engine:
    """Return the engine of a notebook; a new engine when its module has been built or released again.

    Raises GradingError.
    """
    key = course.resolve(), folder_name, notebook_name, unsafe, limits
    stamp = _stamp(course, folder_name)
    with _lock:
        if key in _engines and _engines[key][0] != stamp:
            _engines.pop(key)[1].close()
        if key not in _engines:
            started = Engine(course, folder_name, notebook_name=notebook_name, unsafe=unsafe, limits=limits)
            _engines[key] = stamp, started
        _engines.move_to_end(key)
        while len(_engines) > MOST:
            _engines.popitem(last=False)[1][1].close()
        return _engines[key][1]


def _stamp(course: Path, folder_name: str) -> Hashable:
    """Return a value that changes when an assignment's own files change."""
    folders = [course / step / folder_name for step in ("source", "release")]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    truth = course / "private" / f"{folder_name}.json"
    files += [truth] if truth.is_file() else []
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@atexit.register
def _close() -> None:
    while _engines:
        _engines.popitem()[1][1].close()
