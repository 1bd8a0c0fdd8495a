"""The life of a forked child: it is cut from its parent, confined, then answers the requests of its channel."""

import fcntl
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from typing import Any

from autograder.sandbox import cgroup, isolation, limits, warmup
from autograder.sandbox.channel import Channel, ChannelBroken, ChannelClosed
from autograder.sandbox.copying import TooMuch
from autograder.sandbox.isolation import StepFailed
from autograder.sandbox.orders import Order, Parent
from autograder.sandbox.places import TEMPORARY, WORK
from autograder.sandbox.requests import Desk
from autograder.sandbox.shell import Runner
from autograder.sandbox.spec import Spec

CHANNEL = 3


def live(order: Order, parent: Parent, channel_fd: int) -> None:
    """Be the child until its channel closes. The caller then ends the process."""
    _cut_signals()
    groups = parent.cgroups
    if order.cgroup and groups is not None:
        cgroup.join(groups, order.cgroup)
    channel = _keep_only(channel_fd, groups if order.is_template else None)
    try:
        if order.is_template:
            isolation.enter(parent.tier, order.spec, order.folder, order.number, parent.readable)
        else:
            isolation.confine(
                parent.tier,
                order.spec,
                order.folder,
                order.number,
                parent.readable,
                memory_is_bounded=order.cgroup is not None,
            )
        raw = {} if order.spec.at_home else _own_outputs()
    except (StepFailed, OSError, ValueError, TooMuch) as error:
        channel.send({"failed": f"{type(error).__name__}: {error}"})
        return
    _refresh(order.spec, parent)
    desk: Desk | None = None
    channel.send({"ready": os.getcwd()})
    try:
        while True:
            frame = channel.receive()
            body = frame.body
            if body["op"] == "become":
                _become(body, parent.runner, channel, frame.fds)
                return
            if body["op"] == "serve" and order.is_template:
                if not limits.single_threaded():
                    channel.send({"failed": "threads"})
                    return
                warmup.freeze()
                channel.send({"serving": True})
                cgroups = CHANNEL + 1 if groups is not None else None
                parent.serve(channel, replace(parent, cgroups=cgroups, is_template=True))
                return
            if desk is None:
                desk = Desk(channel, parent.runner, raw)
                parent.runner.use_streams()
            desk.answer(body)
    except (ChannelClosed, ChannelBroken):
        return


def _become(body: dict[str, Any], runner: Runner, channel: Channel, fds: list[int]) -> None:
    try:
        warmup.find(body["function"])(runner, channel, fds, *body["arguments"])
    except Exception as error:
        traceback.print_exc()
        channel.send({"failed": f"{type(error).__name__}: {error}"})


def _cut_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _keep_only(channel_fd: int, groups: int | None) -> Channel:
    """Close every inherited file, except the standard files and the channel (and the groups, for a template)."""
    import socket

    first_unused = CHANNEL + 1
    copy = os.dup(groups) if groups is not None else None
    if channel_fd != CHANNEL:
        if copy is not None and copy <= CHANNEL + 1:
            copy = fcntl.fcntl(copy, fcntl.F_DUPFD_CLOEXEC, CHANNEL + 2)
        os.dup2(channel_fd, CHANNEL, inheritable=False)
    if copy is not None:
        if copy != CHANNEL + 1:
            os.dup2(copy, CHANNEL + 1, inheritable=False)
        first_unused = CHANNEL + 2
    os.closerange(first_unused, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    return Channel(socket.socket(fileno=CHANNEL))


def _own_outputs() -> dict[str, int]:
    """Send the standard output and error of this process, to which programs write, to two files of this process."""
    raw = {}
    for name, fd in (("stdout", 1), ("stderr", 2)):
        file = _anonymous_file(name)
        fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(file, fd)
        raw[name] = file
    return raw


def _anonymous_file(name: str) -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create(name)
    fd, path = tempfile.mkstemp()
    os.unlink(path)
    return fd


def _refresh(spec: Spec, parent: Parent) -> None:
    """Forget the folders and the loop of the parent, and seed the generators of random numbers again.

    After shared cells, the generators are left as these cells left them: a seed that these cells set stays set.
    """
    if spec.at_home:
        os.environ.clear()
        os.environ.update(spec.env)
        sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    else:
        folder = TEMPORARY if os.getcwd() == WORK else os.getcwd()
        os.environ.update({"HOME": folder, "TMPDIR": folder, "MPLCONFIGDIR": folder, **spec.env})
    tempfile.tempdir = None
    time.tzset()
    sys.argv = [""]
    if "" not in sys.path:
        sys.path.insert(0, "")
    parent.runner.forget_loop()
    if not parent.is_template:
        random.seed()
        numpy: Any = sys.modules.get("numpy")
        if numpy is not None:
            numpy.random.seed()
