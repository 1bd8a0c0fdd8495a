"""Jupyter's kernel provisioner `campus-warm`: kernels forked from a warm process, or started as usual where that fails.

Without `sandbox`, a kernel is what `python3` would have been: the same folder, variables and rights. With it, the
kernel works on a copy of its folder, which it loses at the end, and reaches no other file, no network, no process.
"""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Dict, List, Unicode

from autograder.kernels import warm
from autograder.sandbox import SandboxError, Spec
from autograder.sandbox.process import Process

SERVE = "autograder.kernels.kernel:serve"
AFTER_LAUNCHER, AFTER_FILE = 3, 5
"""Where arguments begin in `python -m ipykernel_launcher -f FILE …`, with the connection file and without."""
END_SECONDS = 0.5
"""How long an end is waited for here, closely; jupyter_client then looks ten times a second."""
LISTEN = 16


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel warm where this can be done; otherwise cold, or not at all with `sandbox`."""

    sandbox = Bool(False, help="Confine the kernel; refuse to start it where that is impossible.").tag(
        config=True
    )
    readable = List(Unicode(), help="Files and folders that a confined kernel may read.").tag(config=True)
    environment = Dict(help="Variables of a confined kernel, beside a minimal few.").tag(config=True)

    parent: Any  # the kernel manager
    process: Any  # `subprocess.Popen`, or the like of it
    _folder: str | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        if self.sandbox:
            self._speak_by_files()
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        process = await asyncio.to_thread(self._confined if self.sandbox else self._at_home, cmd, kwargs)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = process, process.pid, None
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        await self._end()

    async def shutdown_requested(self, restart: bool = False) -> None:
        await self._end()

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart)
        if not restart:
            self._tidy_up()

    async def _end(self) -> None:
        deadline = time.monotonic() + END_SECONDS
        while await self.poll() is None and time.monotonic() < deadline:
            await asyncio.sleep(0.005)

    def _at_home(self, cmd: list[str], kwargs: dict[str, Any]) -> Process | None:
        zygote = warm.HOME.at_hand() if _is_ours(cmd) else None
        if zygote is None:
            return None
        spec = Spec(at_home=_folder_of(kwargs), env=dict(kwargs.get("env") or os.environ))
        try:
            return zygote.session(spec).become(SERVE, cmd[AFTER_LAUNCHER:], None, [])
        except SandboxError as error:
            self.log.warning("Démarrage préparé impossible : démarrage ordinaire. %s", error)
            warm.HOME.forget_if_dead()
            return None

    def _confined(self, cmd: list[str], kwargs: dict[str, Any]) -> Process:
        """Raises SandboxError: then nothing runs."""
        spec = Spec(
            files=_folder_of(kwargs),
            readable=tuple(map(Path, self.readable)),
            env=dict(self.environment),
            loopback=True,
        )
        try:
            return self._fork(spec, cmd[AFTER_FILE:])
        except SandboxError as error:
            self.log.warning(
                "Second essai : %s", error
            )  # nothing ran: a loaded machine deserves another chance
            warm.CONFINED.forget_if_dead()
        try:
            return self._fork(spec, cmd[AFTER_FILE:])
        except SandboxError:
            warm.CONFINED.forget_if_dead()
            self._tidy_up()
            raise

    def _fork(self, spec: Spec, arguments: list[str]) -> Process:
        """Have a confined child become the kernel. Raises SandboxError."""
        info = {**self.connection_info, "key": self.parent.session.key.decode()}
        ports = [value for name, value in info.items() if name.endswith("_port")]
        with ExitStack() as open_ones:
            sockets = [open_ones.enter_context(_listen(f"{info['ip']}-{port}")) for port in ports]
            fds = tuple(sock.fileno() for sock in sockets)
            return warm.CONFINED.started().session(spec).become(SERVE, arguments, info, ports, fds=fds)

    def _tidy_up(self) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _speak_by_files(self) -> None:
        """Have the client reach the kernel through Unix sockets, which cross the walls of a network."""
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="campus-noyau-")
        manager = self.parent
        manager.transport, manager.ip, manager.cache_ports = "ipc", f"{self._folder}/s", False


def _is_ours(cmd: list[str]) -> bool:
    """Whether this is the command of an ordinary kernel of this very Python."""
    return cmd[:AFTER_LAUNCHER] == [sys.executable, "-m", "ipykernel_launcher"]


def _folder_of(kwargs: dict[str, Any]) -> Path:
    return Path(kwargs.get("cwd") or os.getcwd())


def _listen(path: str) -> socket.socket:
    Path(path).unlink(missing_ok=True)  # of the kernel before a restart
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(LISTEN)
    return listening
