"""The trusted side: it starts the warm process, forks runs from it, drives them, and watches the clock.

What a child says is data, checked for its shape and never believed. Several threads may use all this, each with its own
sessions.
"""

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from autograder.sandbox import cgroup, jail, landlock
from autograder.sandbox.channel import Channel, ChannelBroken, ChannelClosed, ChannelTimeout
from autograder.sandbox.errors import FAILED, CellStopped, SandboxFailed, SandboxRefused
from autograder.sandbox.isolation import TIERS, StepFailed, Tier
from autograder.sandbox.results import CellResult
from autograder.sandbox.session import Session
from autograder.sandbox.spec import Spec

START_SECONDS = 120
"""Time for the imports of the warm process, on a slow disk."""
READY_SECONDS = 30

SHELL = "autograder.sandbox.shell:Shell"

KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "PYTHONPATH")
SETTINGS = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's allocator would start a thread
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger, when it is preloaded, prints a notice
}

REFUSED = (
    "Ce système ne permet pas de protéger l’exécution du code des apprenants{detail}. Corrigez sous Linux (par "
    "exemple dans WSL 2 ou une machine virtuelle), ou acceptez le risque : avec « campus grade », l’option "
    "--unsafe-no-sandbox ; avec « nbgrader autograde », l’option --GradingExecute.unsafe_no_sandbox=True."
)
NO_FORK = "La correction a besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."
THREADS = (
    "Les cellules communes laissent des fils d’exécution ouverts : elles ne peuvent pas servir de point de départ "
    "aux copies. Exécutez-les dans chaque copie."
)


class ForkPoint:
    """A process that forks runs: the warm process, or a template."""

    def __init__(self) -> None:
        self._control: Channel
        self._lock = threading.Lock()
        self._numbers: Iterator[int]
        self.scratch: str
        self.tier: Tier

    def session(self, spec: Spec | None = None) -> Session:
        """Fork a confined child, ready to be driven. Raises SandboxFailed: then nothing ran."""
        return self._fork(spec or Spec(), template=False)

    def _fork(self, spec: Spec, template: bool) -> Session:
        ours, theirs = socket.socketpair()
        lease, their_lease = socket.socketpair()
        number = next(self._numbers)
        order = {
            "spec": spec.to_json(),
            "template": template,
            "number": number,
            "folder": os.path.join(self.scratch, str(number)),
            "client": os.getpid(),
        }
        session = Session(Channel(ours), Channel(lease), spec.limits)
        try:
            with self._lock:
                self._control.send(order, fds=(theirs.fileno(), their_lease.fileno()))
        except ChannelClosed as error:
            session.close()
            raise SandboxFailed(FAILED.format(detail="le processus préparé s’est arrêté")) from error
        finally:
            theirs.close()
            their_lease.close()
        try:
            session.wait_ready(READY_SECONDS)
        except StepFailed as error:
            session.close()
            raise SandboxFailed(FAILED.format(detail=error)) from error
        return session


class Zygote(ForkPoint):
    """The warm process, alive between `with` and its end; no child outlives it.

    `preload` names modules to import once; they must not start threads. `readable` are files and folders that every run may
    read. `tier` asks for one tier. Without it, the best tier that this machine allows is taken; "none" is taken only with
    `unsafe`. `shell` names the class of IPython's shell. Raises SandboxRefused or SandboxFailed.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        readable: Sequence[Path] = (),
        tier: Tier | None = None,
        unsafe: bool = False,
        shell: str = SHELL,
    ):
        super().__init__()
        self._numbers = itertools.count(1)
        self._preload, self._readable = list(preload), [str(path.resolve()) for path in readable]
        self._shell = shell
        self._process: subprocess.Popen[bytes] | None = None
        self._groups: int | None = None
        self.scratch = ""
        self.memory_is_bounded = False
        """Whether a control group bounds the memory of whole runs, not of each process only."""
        self._open(tier, unsafe)

    @property
    def alive(self) -> bool:
        """Whether the warm process is alive; its children die with it."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End the warm process and all that it forked."""
        if self._process is not None:
            self._control.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._groups is not None:
            os.close(self._groups)
            self._groups = None
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
            self.scratch = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, tier: Tier | None, unsafe: bool) -> None:
        if not hasattr(os, "fork"):
            raise SandboxRefused(NO_FORK)
        reasons = []
        for candidate in [tier] if tier else TIERS:
            if candidate == "none" and not unsafe:
                continue
            try:
                self._start(candidate)
            except StepFailed as error:
                self.close()
                reasons.append(f"{candidate} : {error}")
                continue
            self.tier = candidate
            return
        raise SandboxRefused(REFUSED.format(detail=f" ({' ; '.join(reasons)})" if reasons else ""))

    def _start(self, tier: Tier) -> None:
        if tier != "none" and sys.platform != "linux":
            raise StepFailed("Linux seulement")
        if tier == "landlock" and not landlock.abi():
            raise StepFailed("Landlock: absent")
        ours, theirs = socket.socketpair()
        self.scratch = tempfile.mkdtemp(prefix="campus-bac-")
        os.chmod(self.scratch, 0o711)  # runs have other identities; each run has a folder inside
        folder = cgroup.prepare()
        self._groups = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if folder else None
        self.memory_is_bounded = folder is not None
        passed = [theirs.fileno(), *([self._groups] if self._groups is not None else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.sandbox.zygote", str(theirs.fileno())],
            pass_fds=passed,
            cwd="/",
            env={name: os.environ[name] for name in KEPT if name in os.environ} | SETTINGS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        self._control = Channel(ours)
        setup = {
            "tier": tier,
            "root": self.scratch,
            "preload": self._preload,
            "shell": self._shell,
            "readable": self._readable,
            "cgroups": self._groups,
        }
        try:
            self._control.send(setup)
            deadline = time.monotonic() + START_SECONDS
            body = self._control.receive(deadline).body
            if "unshared" in body:
                jail.user_map(body["unshared"])
                self._control.send({})
                body = self._control.receive(deadline).body
        except (ChannelClosed, ChannelTimeout, ChannelBroken) as error:
            raise StepFailed("le processus préparé n’a pas répondu") from error
        if "broken" in body:  # the next tier would break in the same way
            self.close()
            raise SandboxFailed(FAILED.format(detail=body["broken"]))
        if "ready" not in body:
            raise StepFailed(str(body.get("failed")))


class Template(ForkPoint):
    """A child that has run the shared cells: the runs forked from it start with the variables and files of these cells.

    The `readable` of its spec serve the shared cells alone: give them again for the runs. Ends with `close`. Raises CellStopped
    when a cell fails. Raises SandboxFailed when a cell leaves threads behind: a fork would not be safe.
    """

    def __init__(self, zygote: ForkPoint, cells: Iterable[str], spec: Spec):
        super().__init__()
        self.tier, self.scratch, self._numbers = zygote.tier, zygote.scratch, zygote._numbers
        self._session = zygote._fork(spec, template=True)
        self.results: list[CellResult] = []
        """What the shared cells showed."""
        try:
            for source in cells:
                self.results.append(self._session.execute(source))
                if self.results[-1].status != "ok":
                    shown: Any = self.results[-1].outputs[-1:]
                    detail = shown[0].get("evalue", "") if shown else ""
                    raise CellStopped(FAILED.format(detail=f"une cellule commune échoue : {detail}"))
            self._control = self._session.become_server()
        except BaseException as error:
            self.close()
            if isinstance(error, StepFailed):
                raise SandboxFailed(THREADS) from error
            raise

    def close(self) -> None:
        """End this process, and the runs forked from it."""
        self._session.retire()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
