"""The warm process that all the engines of this process share, and the proof that it protects."""

import atexit
import os
import threading

from autograder import paths
from autograder.data import texts
from autograder.sandbox import Zygote
from autograder.sandbox.isolation import Tier
from autograder.sandbox.selftest import require

PRELOAD = (
    "autograder.checks.check",
    "autograder.checks.kinds",
    "autograder.data.load",
    "autograder.forms",
    "autograder.show",
    "autograder.sharing.rewind",
    "autograder.grading.engine.learner",
    "autograder.grading.engine.checker",
)

_lock = threading.Lock()
_zygotes: dict[tuple[int, Tier | None, bool], Zygote] = {}


def zygote(tier: Tier | None, unsafe: bool) -> Zygote:
    """Return the warm process, started and proven on its first use. Raises SandboxError: then nothing may run."""
    key = os.getpid(), tier, unsafe
    with _lock:
        if key not in _zygotes:
            readable = (paths.datasets(), *texts.archives())
            started = Zygote(PRELOAD, readable=readable, tier=tier, unsafe=unsafe)
            try:
                require(started)
            except BaseException:
                started.close()
                raise
            atexit.register(started.close)
            _zygotes[key] = started
        return _zygotes[key]


def forget(dead: Zygote) -> None:
    """Have the next engine start another warm process: this one no longer answers."""
    with _lock:
        for key in [key for key, one in _zygotes.items() if one is dead]:
            del _zygotes[key]
            atexit.unregister(dead.close)
            dead.close()
