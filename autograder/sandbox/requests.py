"""The requests of the trusted side that a child answers: run a cell, name its variables, call a function."""

import errno
import os
from typing import Any, Literal

from autograder.sandbox.channel import Channel, ChannelClosed
from autograder.sandbox.outputs import Outputs
from autograder.sandbox.shell import Runner
from autograder.sandbox.warmup import find

FlagKind = Literal["memory", "disk", "processes"]

_channel: Channel | None = None
"""The channel of this child, for `ask`."""


class Desk:
    """Answers the requests of the trusted side, one at a time, over the child's channel."""

    def __init__(self, channel: Channel, runner: Runner, raw: dict[str, int]):
        global _channel
        _channel = channel
        self._channel, self._runner, self._raw = channel, runner, raw
        os.register_at_fork(after_in_child=self._in_grandchild)

    def answer(self, body: dict[str, Any]) -> None:
        """Do what one request says, and send the answer."""
        if body["op"] == "execute":
            self._channel.send(self._execute(body["source"], body["output_bytes"]))
        else:
            self._call(body["function"], body["arguments"])

    def _execute(self, source: str, output_bytes: int) -> dict[str, Any]:
        runner, outputs = self._runner, Outputs(output_bytes)
        runner.sink = outputs.add
        for stream in (runner.stdout, runner.stderr):
            stream.bound(output_bytes)
        before = runner.shell.execution_count
        error = runner.run(source)
        runner.stdout.flush()
        runner.stderr.flush()
        runner.sink = _drop
        for name, fd in self._raw.items():
            outputs.raw(name, _take(fd, output_bytes + 1))
        flag = _breach(error)
        return {
            "outputs": outputs.items,
            "updates": outputs.updates,
            "execution_count": before if runner.shell.execution_count > before else None,
            "status": "ok" if error is None else "error",
            "flags": [*([flag] if flag else []), *(["output"] if outputs.cut else [])],
        }

    def _call(self, name: str, arguments: list[Any]) -> None:
        self._runner.sink = _drop
        try:
            with self._runner.interruptible():
                value = find(name)(self._runner.namespace, *arguments)
            self._forget_prints()
        except BaseException as error:
            self._forget_prints()
            self._channel.send({"error": type(error).__name__, "message": _text(error)})
        else:
            if isinstance(value, bytes):
                self._channel.send({"bytes": True}, value)
            else:
                self._send_value(value)

    def _forget_prints(self) -> None:
        self._runner.stdout.forget()
        self._runner.stderr.forget()

    def _send_value(self, value: Any) -> None:
        try:
            self._channel.send({"value": value})
        except (TypeError, ValueError, RecursionError) as error:
            self._channel.send({"error": type(error).__name__, "message": _text(error)})

    def _in_grandchild(self) -> None:
        """Cut a process that the cells fork from the trusted side: what it prints goes to the output files of the child."""
        global _channel
        _channel = None
        self._channel.close()
        self._forget_prints()
        self._runner.sink = _print_raw


def ask(body: dict[str, Any], blob: bytes = b"") -> tuple[dict[str, Any], bytes]:
    """Put a question to the trusted side, from trusted code that runs in a child, and return the answer.

    The `on_request` of `Session.call` or `Session.execute` answers. Raises ChannelClosed in any other process.
    """
    if _channel is None:
        raise ChannelClosed
    _channel.send({"ask": body}, blob)
    frame = _channel.receive()
    return frame.body, frame.blob


def _breach(error: BaseException | None) -> FlagKind | None:
    """Return the limit that an error comes from, if it comes from a limit."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError) and error.errno in (errno.EFBIG, errno.ENOSPC, errno.EDQUOT):
        return "disk"
    if isinstance(error, OSError) and error.errno == errno.EAGAIN:
        return "processes"
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return "memory"
    if isinstance(error, RuntimeError) and "start new thread" in _text(error):
        return "processes"
    return None


def _text(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except Exception:  # a learner's exception may not even print
        return ""


def _take(fd: int, most: int) -> bytes:
    """Return what was written to an output file since the last call, at most `most` bytes."""
    if not os.fstat(fd).st_size:
        return b""
    data = os.pread(fd, most, 0)
    os.ftruncate(fd, 0)
    return data


def _drop(kind: str, content: dict[str, Any]) -> None:
    pass


def _print_raw(kind: str, content: dict[str, Any]) -> None:
    if kind == "stream":
        os.write(1 if content["name"] == "stdout" else 2, content["text"].encode("utf-8", "replace"))
