"""The warm process that all the engines of this program share. It serves only after the self-test of the sandbox."""

import atexit
import os
import threading

from autograder import paths
from autograder.activities import registry
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
    # Once for all the copies: a learner's own kernel, on the contrary, loads the activities of its module only.
    *map(registry.module_of, registry.ACTIVITIES),
)

_lock = threading.Lock()
_zygotes: dict[tuple[int, Tier | None, bool], Zygote] = {}


def zygote(tier: Tier | None, unsafe: bool) -> Zygote:
    """Return the warm process; it is started, then tested, on its first use. Raises SandboxError: then nothing may run."""
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
    """Make the next engine start another warm process, in the place of a dead process."""
    with _lock:
        for key in [key for key, started in _zygotes.items() if started is dead]:
            del _zygotes[key]
            atexit.unregister(dead.close)
            dead.close()
