"""A forked child that has become another program, with the interface of `subprocess.Popen`."""

import contextlib
import select
import signal
import time

from autograder.sandbox.channel import Channel, ChannelBroken, ChannelClosed, ChannelTimeout


class Process:
    """The child: `pid` is its process number as the child sees it, `returncode` says how it ended.

    This class has the part of `Popen`'s interface that needs no pipe. The child dies with the lease of this object, so with
    this program, whatever ends it.
    """

    stdin = stdout = stderr = None

    def __init__(self, lease: Channel, pid: int):
        self._lease, self.pid = lease, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how the child ended (negative: by a signal); None while it lives."""
        if self.returncode is None and self._has_news(0):
            try:
                self.returncode = int(self._lease.receive(time.monotonic() + 1).body["exit"])
            except (ChannelClosed, ChannelBroken, ChannelTimeout):
                self.returncode = -signal.SIGKILL  # the warm process is gone, and all its children
            self._lease.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the child and return how it ended. Raises TimeoutError after `timeout` seconds."""
        if self.returncode is None and not self._has_news(timeout):
            raise TimeoutError
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, once, to the child and to the programs that it started in the foreground."""
        if self.poll() is None:
            # The first process of a namespace ignores SIGTERM; SIGKILL ends it, as SIGTERM would.
            number = signal.SIGKILL if number == signal.SIGTERM else number
            with contextlib.suppress(ChannelClosed):
                self._lease.send({"op": "signal", "number": int(number)})

    def kill(self) -> None:
        """End the child at once."""
        self.send_signal(signal.SIGKILL)

    terminate = kill

    def _has_news(self, seconds: float | None) -> bool:
        waiting = select.poll()  # `select` cannot watch a file whose number is 1024 or more, in a busy server
        waiting.register(self._lease, select.POLLIN)
        return bool(waiting.poll(None if seconds is None else seconds * 1000))
