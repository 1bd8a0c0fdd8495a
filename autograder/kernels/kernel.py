"""A forked child becomes an ordinary ipykernel, with the shell that the warm process has already built."""

import asyncio
import atexit
import json
import os
import sys
import tempfile
from typing import Any

import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.kernelapp import IPKernelApp

from autograder.sandbox.channel import Channel
from autograder.sandbox.shell import Runner

HAS_A_PARENT = 1
"""Not a process number: only says that nobody reads a terminal. The warm process watches over the client."""


class App(IPKernelApp):
    """ipykernel's own application, around a shell that exists."""

    def init_kernel(self) -> None:
        super().init_kernel()
        shell, kernel = self.kernel.shell, self.kernel
        shell.parent, shell.kernel, shell.profile_dir = kernel, kernel, self.profile_dir
        shell.update_config(self.config)


class ConfinedApp(App):
    """The same, on listening sockets made outside of the confinement: there is no path to them from here."""

    listening: dict[int, int]
    """File descriptors by the number of the socket."""

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listening[port])
        return int(super()._try_bind_socket(s, port))

    def init_heartbeat(self) -> None:
        context = zmq.Context()
        context.setsockopt(zmq.USE_FD, self.listening[self.hb_port])
        self.heartbeat = Heartbeat(context, (self.transport, self.ip, self.hb_port))
        self.heartbeat.start()

    def init_kernel(self) -> None:
        super().init_kernel()
        self.debug_shell_socket.close(0)  # the debugger's: it would look for the path for ever


def serve(
    runner: Runner,
    channel: Channel,
    fds: list[int],
    arguments: list[str],
    connection: dict[str, Any] | None,
    ports: list[int],
) -> None:
    """Be a kernel until it is shut down, then do what was registered for the exit.

    `arguments` are those of `ipykernel_launcher`. A confined kernel is given the content of its connection file,
    which is out of its reach, and its listening sockets `fds`, one for each of `ports`.
    """
    asyncio.set_event_loop(asyncio.new_event_loop())  # the warm process's own is closed
    if connection is None:
        app = App.instance()
    else:
        app = ConfinedApp.instance()
        app.listening = dict(zip(ports, fds, strict=True))
        arguments = ["-f", _write(connection), *arguments]
    sys.argv = ["ipykernel_launcher.py", *arguments]
    app.parent_handle = HAS_A_PARENT
    app.initialize(arguments)
    channel.send({"pid": os.getpid()})
    channel.close()
    app.start()
    if app.control_thread.is_alive():
        app.control_thread.stop()
        app.control_thread.join()  # at exit, ipykernel closes first what this thread still waits for
    atexit._run_exitfuncs()


def _write(connection: dict[str, Any]) -> str:
    fd, path = tempfile.mkstemp(suffix=".json")
    with open(fd, "w", encoding="utf-8") as file:
        json.dump(connection, file)
    return path
