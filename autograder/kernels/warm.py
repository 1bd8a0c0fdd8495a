"""The warm processes of this program: one for kernels with their user's own rights, one for confined kernels."""

import atexit
import contextlib
import functools
import sys
import threading

from autograder import fingerprint
from autograder.sandbox import SandboxError, Spec, Zygote
from autograder.sandbox.isolation import Tier

PRELOAD = (
    "ipykernel.kernelapp",  # before ipywidgets, which asks which kernel it speaks to
    "ipykernel.debugger",
    "autograder.kernels.kernel",
    "autograder.checks.check",
    "autograder.checks.kinds",
    "autograder.data.load",
    "autograder.forms",
    "autograder.show",
    "autograder.sharing.rewind",
)
SHELL = "ipykernel.zmqshell:ZMQInteractiveShell"


class Warm:
    """One warm process, started once, on demand; and again if it is gone."""

    def __init__(self, confined: bool):
        self._confined = confined
        self._lock = threading.Lock()
        self._zygote: Zygote | None = None
        self._code = ""
        self._starting: threading.Thread | None = None

    def start(self) -> None:
        """Have the warm process start in the background. What cannot be is not tried twice.

        Linux only: macOS's own libraries do not bear to be forked, and Windows cannot fork.
        """
        if self._starting is None and sys.platform == "linux":
            self._starting = threading.Thread(target=self._try, name="campus-warm", daemon=True)
            self._starting.start()

    def at_hand(self) -> Zygote | None:
        """Return the warm process, or None: not ready yet, impossible here, or older than the code it has loaded."""
        self.start()
        zygote = self._zygote
        return zygote if zygote is not None and self._code == _loaded() else None

    def started(self) -> Zygote:
        """Return the warm process, started now if need be. Raises SandboxError."""
        with self._lock:
            if self._zygote is None:
                tier: Tier = "namespaces" if self._confined else "none"
                code = _loaded()
                zygote = Zygote(PRELOAD, tier=tier, unsafe=not self._confined, shell=SHELL)
                atexit.register(zygote.close)
                self._zygote, self._code = zygote, code
            return self._zygote

    def forget_if_dead(self) -> None:
        """Start another one next time, if this one is gone, and with it all that it forked."""
        with self._lock:
            if self._zygote is not None and not self._zygote.alive:
                atexit.unregister(self._zygote.close)
                self._zygote.close()
                self._zygote = self._starting = None

    def _try(self) -> None:
        with contextlib.suppress(SandboxError, OSError):
            self.started()


def _loaded() -> str:
    """Return a hash of our code, and of the list of installed packages."""
    return fingerprint.of(fingerprint.of_package(), fingerprint.of_environment())


HOME, CONFINED = Warm(confined=False), Warm(confined=True)


@functools.cache
def can_confine() -> bool:
    """Tell whether this machine can confine a kernel: a process is confined in the same way, once."""
    try:
        CONFINED.started().session(Spec(loopback=True)).close()
    except SandboxError:
        return False
    return True
