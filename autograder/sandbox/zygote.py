"""The warm process: `python -m autograder.sandbox.zygote FD`, started by `client.Zygote` alone."""

import contextlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from autograder.sandbox import jail, limits, places, syscalls
from autograder.sandbox.channel import Channel, ChannelClosed
from autograder.sandbox.isolation import StepFailed

PACKAGE = __name__.partition(".")[0]


def main(fd: int) -> None:
    """Set up as the first frame asks, answer "ready" or the reason of a failure, then serve."""
    channel = Channel(socket.socket(fileno=fd))
    setup = channel.receive().body
    namespaces = setup["tier"] == "namespaces"
    os.umask(0o022)
    try:
        if namespaces:
            _enter(channel)
        from autograder.sandbox import (
            warmup,  # here: the process that waits outside the namespaces stays small
        )

        packages = [*setup["preload"], PACKAGE if PACKAGE != "__main__" else "autograder"]
        try:
            runner = warmup.warm(setup["preload"], setup["shell"])
        except ImportError as error:
            channel.send({"broken": f"{error}"})
            return
        if not limits.single_threaded():
            channel.send({"broken": "un module préchargé a lancé des fils d’exécution"})
            return
        readable = places.outermost([*places.base(packages), *setup["readable"]])
        if setup["tier"] == "landlock" and os.geteuid() == 0:
            _readable_by_all(os.path.realpath(sys.executable))
        if namespaces:
            jail.build_root(setup["root"], readable)
        elif sys.platform == "linux":
            syscalls.prctl("subreaper", syscalls.PR_SET_CHILD_SUBREAPER, 1)
        os.chdir("/")
        warmup.freeze()
    except (StepFailed, OSError) as error:
        channel.send({"failed": f"{type(error).__name__}: {error}"})
        return
    channel.send({"ready": True})
    _serve(channel, setup, runner, readable)


def _serve(channel: Channel, setup: dict[str, Any], runner: Any, readable: list[str]) -> None:
    from autograder.sandbox import forking
    from autograder.sandbox.orders import Parent

    forking.serve(channel, Parent(setup["tier"], readable, runner, setup["cgroups"], forking.serve))


def _readable_by_all(path: str) -> None:
    """Raise StepFailed when a run, which is not root, would not reach Python."""
    if any(not parent.stat().st_mode & 0o001 for parent in Path(path).parents):
        raise StepFailed(f"{path} n’est lisible que par root : lancez la commande sous un compte ordinaire")


def _enter(channel: Channel) -> None:
    """Enter new namespaces. Only a child returns from here: the first process of the new process namespace."""
    syscalls.unshare(jail.NAMESPACES)
    channel.send({"unshared": os.getpid()})
    channel.receive()  # the other side has filled the user namespace
    pid = os.fork()
    if pid:
        _wait(channel, pid)
    syscalls.prctl("parent", syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(channel: Channel, pid: int) -> NoReturn:
    channel.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.waitpid(pid, 0)
    os._exit(0)


if __name__ == "__main__":
    with contextlib.suppress(ChannelClosed):
        main(int(sys.argv[1]))
