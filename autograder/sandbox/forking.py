"""The loop of a process that forks others: the warm process, or a child that has run the shared cells."""

import contextlib
import os
import random
import selectors
import shutil
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sandbox import cgroup, child, jail
from autograder.sandbox.channel import Channel, ChannelBroken, ChannelClosed, Frame
from autograder.sandbox.orders import Order, Parent
from autograder.sandbox.spec import Spec
from autograder.sandbox.syscalls import StepFailed


def serve(control: Channel, parent: Parent) -> None:
    """Fork the children that the trusted side orders over `control`, until it closes this channel."""
    ForkServer(control, parent).serve()


@dataclass
class Run:
    """A living child: its process number, its lease, and the order that says what to tidy up after it."""

    pid: int
    lease: Channel
    order: Order


class ForkServer:
    """Forks a child per order, passes on interruptions, kills on request, reaps, tidies up.

    Each child comes with a *lease*, a socket to the trusted side: closing it kills the child.
    """

    def __init__(self, control: Channel, parent: Parent):
        self._control, self._parent = control, parent
        self._runs: dict[int, Run] = {}
        self._selector = selectors.DefaultSelector()
        self._wake, wake = socket.socketpair()
        for end in (self._wake, wake):
            end.setblocking(False)
        self._waker = wake
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        # Ctrl+C in the terminal reaches this process too: only the trusted side decides.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        """Serve until the trusted side is gone; then no child is left."""
        self._selector.register(self._control, selectors.EVENT_READ, self._order)
        self._selector.register(self._wake, selectors.EVENT_READ, self._reap)
        try:
            while True:
                for key, _ in self._selector.select():
                    key.data()
        except (ChannelClosed, ChannelBroken):
            for run in list(self._runs.values()):
                self._kill(run)
                os.waitpid(run.pid, 0)
                self._end(run, -signal.SIGKILL)

    def _order(self) -> None:
        frame = self._control.receive()
        try:
            order = self._read(frame)
            pid = self._fork(order, frame.fds[0])
        except (OSError, StepFailed) as error:
            channel = Channel(socket.socket(fileno=os.dup(frame.fds[0])))
            with contextlib.suppress(ChannelClosed):
                channel.send({"failed": str(error)})
            channel.close()
            os.close(frame.fds[1])
        else:
            run = Run(pid, Channel(socket.socket(fileno=frame.fds[1])), order)
            self._runs[pid] = run
            self._selector.register(run.lease, selectors.EVENT_READ, lambda: self._obey(run))
        finally:
            os.close(frame.fds[0])

    def _read(self, frame: Frame) -> Order:
        body: dict[str, Any] = frame.body
        spec = Spec.from_json(body["spec"])
        order = Order(body["number"], body["folder"], spec, body["template"])
        if self._parent.cgroups is not None and not order.is_template:
            name = f"campus-{body['client']}-{order.number}"
            cgroup.create(self._parent.cgroups, name, spec.limits)
            order = Order(order.number, order.folder, spec, False, name)
        if spec.at_home and self._parent.tier != "none":
            raise StepFailed("at home: tier")
        if not self._is_apart(order):
            os.makedirs(order.folder, mode=0o700, exist_ok=True)
        return order

    def _is_apart(self, order: Order) -> bool:
        """Tell whether a run leaves nothing to tidy up: neither a folder, nor programs."""
        return self._parent.tier == "namespaces" or order.spec.at_home is not None

    def _fork(self, order: Order, channel: int) -> int:
        state = random.getstate()
        pid = jail.fork_inside(os.fork) if self._parent.tier == "namespaces" else os.fork()
        if pid == 0:
            try:
                if self._parent.is_template:
                    random.setstate(state)  # Python reseeds it in a forked child
                child.live(order, self._parent, channel)
            finally:
                os._exit(0)
        return pid

    def _obey(self, run: Run) -> None:
        if self._runs.get(run.pid) is not run:
            return  # it ended in the same turn of the loop
        try:
            body = run.lease.receive().body
        except (ChannelClosed, ChannelBroken):
            self._selector.unregister(run.lease)
            self._kill(run)
            return
        with contextlib.suppress(ProcessLookupError):
            if body["op"] == "signal":
                os.killpg(run.pid, body["number"])
            else:
                os.kill(run.pid, signal.SIGINT if body["op"] == "interrupt" else signal.SIGKILL)
        if run.lease.holds_more():
            self._obey(run)

    def _kill(self, run: Run) -> None:
        for kill in (os.kill, os.killpg):  # a run leads its own session
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(run.pid, signal.SIGKILL)

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake.recv(4096)
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            run = self._runs.get(pid)
            if run:
                self._end(run, os.waitstatus_to_exitcode(status))

    def _end(self, run: Run, code: int) -> None:
        del self._runs[run.pid]
        if not self._is_apart(
            run.order
        ):  # with namespaces, the system has killed all the programs of the run
            self._kill(run)
            self._kill_orphans()
            shutil.rmtree(run.order.folder, ignore_errors=True)
        if run.order.cgroup and self._parent.cgroups is not None:
            cgroup.remove(self._parent.cgroups, run.order.cgroup)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(run.lease)
        with contextlib.suppress(ChannelClosed):
            run.lease.send({"exit": code})
        run.lease.close()

    def _kill_orphans(self) -> None:
        """Kill the programs that a dead run left behind: this process, a "subreaper", is now their parent."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while children.exists():
            strays = [pid for pid in map(int, children.read_text().split()) if pid not in self._runs]
            if not strays:
                return
            for pid in strays:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
