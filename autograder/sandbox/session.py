"""One child, driven step by step from the trusted side, which watches the clock and can kill the child."""

import contextlib
import time
from collections.abc import Callable
from typing import Any, Self

from autograder.sandbox import results
from autograder.sandbox.channel import Channel, ChannelBroken, ChannelClosed, ChannelTimeout, Frame
from autograder.sandbox.errors import FAILED, CallFailed, SandboxFailed
from autograder.sandbox.process import Process
from autograder.sandbox.results import CellResult
from autograder.sandbox.spec import Limits
from autograder.sandbox.syscalls import StepFailed

GRACE_SECONDS = 2
"""Time that an interrupted cell has to stop, before its process is killed."""
JSON_GROWTH = 6
"""One byte of output may take six bytes in JSON (\\u0000)."""
OVERHEAD_BYTES = 1 << 16

OnRequest = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]
"""Answers the questions that trusted code in the child puts with `requests.ask`."""

CALL_FAILED = "La lecture d’une réponse a échoué : {detail}"


class Session:
    """A living child. `close` ends the child and the programs that it started."""

    def __init__(self, channel: Channel, lease: Channel, limits: Limits):
        self._channel, self._lease, self._limits = channel, lease, limits
        self._notebook_deadline = time.monotonic() + limits.notebook_seconds
        self._output_left = limits.notebook_output_bytes
        self._displays: dict[str, list[results.Output]] = {}
        self.alive = False
        self.folder = ""
        """The working folder, as the child sees it."""

    def wait_ready(self, seconds: float) -> None:
        """Wait until the child is confined. Raises StepFailed."""
        try:
            body = self._channel.receive(time.monotonic() + seconds).body
        except (ChannelClosed, ChannelBroken, ChannelTimeout) as error:
            raise StepFailed("le processus n’a pas démarré") from error
        if "ready" not in body:
            raise StepFailed(str(body.get("failed")))
        self.folder = body["ready"]
        self.alive = True

    def end_by(self, moment: float) -> None:
        """Run nothing past a moment of `time.monotonic()`. The spec's time for a notebook still holds when it ends sooner."""
        self._notebook_deadline = min(self._notebook_deadline, moment)

    def execute(
        self, source: str, seconds: float | None = None, on_request: OnRequest | None = None
    ) -> CellResult:
        """Run one cell, for at most `seconds` (default: the spec's). Whatever the cell does, it returns a result."""
        now = time.monotonic()
        if not self.alive:
            return results.stopped("not_run", "not_run")
        if now >= self._notebook_deadline:
            return results.stopped("not_run", "notebook_time")
        output_bytes = max(0, min(self._limits.output_bytes, self._output_left))
        request = {"op": "execute", "source": source, "output_bytes": output_bytes}
        deadline = min(now + (seconds or self._limits.cell_seconds), self._notebook_deadline)
        try:
            frame, interrupted = self._exchange(request, deadline, output_bytes, on_request)
        except ChannelTimeout:
            self._die()
            return results.stopped("dead", "time")
        except ChannelBroken:
            self._die()
            return results.stopped("dead", "protocol")
        except ChannelClosed:
            self._die()
            return results.stopped("dead", "died")
        result = results.read_result(frame.body)
        if result is None:
            return results.stopped("error", "protocol")
        self._output_left -= _text_size(result.outputs)
        if interrupted:
            flags = result.flags
            result = results.stopped("timeout", "time", result.outputs)
            result.flags += flags
        self._update(result, results.read_updates(frame.body))
        return result

    def call(
        self,
        function: str,
        *arguments: Any,
        seconds: float = 10,
        max_bytes: int = 16 << 20,
        on_request: OnRequest | None = None,
    ) -> Any:
        """Call `function` ("package.module:name") in the child, as `function(namespace, *arguments)`.

        The arguments are JSON; the answer is JSON, or bytes, within `max_bytes`. The function runs among the learner's
        objects, which may deceive it: its answer is data, not proof. Raises CallFailed. A child that went past `seconds` and
        could not be interrupted is dead.
        """
        request = {"op": "call", "function": function, "arguments": list(arguments)}
        frame = self._ask(request, seconds, max_bytes, on_request)
        if frame.body.get("bytes") is True:
            return frame.blob
        if "value" not in frame.body:
            detail = f"{frame.body.get('error')} : {frame.body.get('message')}"
            raise CallFailed(CALL_FAILED.format(detail=detail[:500]))
        return frame.body["value"]

    def become_server(self) -> Channel:
        """Make this child, a template, a process that forks children; return the channel for the orders."""
        self._channel.max_bytes = OVERHEAD_BYTES
        try:
            self._channel.send({"op": "serve"})
            body = self._channel.receive(time.monotonic() + 30).body
        except (ChannelClosed, ChannelBroken, ChannelTimeout) as error:
            raise StepFailed("serve") from error
        if "serving" not in body:
            raise StepFailed(str(body.get("failed")))
        return self._channel

    def become(
        self, function: str, *arguments: Any, fds: tuple[int, ...] = (), seconds: float = 60
    ) -> Process:
        """Make the child another program for the rest of its life, such as a Jupyter kernel; return its `Process`.

        The child calls `function` ("package.module:name") as `function(runner, channel, fds, *arguments)`. This function
        sends its process number over the channel when it is ready, and returns at the end of its life. The child dies with
        the returned `Process`, or with this program. Raises SandboxFailed: then the child is dead.
        """
        try:
            request = {"op": "become", "function": function, "arguments": list(arguments)}
            self._channel.send(request, fds=fds)
            body = self._channel.receive(time.monotonic() + seconds).body
        except (ChannelClosed, ChannelBroken, ChannelTimeout) as error:
            self.close()
            late = isinstance(error, ChannelTimeout)
            detail = "le processus n’a pas répondu à temps" if late else "le processus s’est arrêté"
            raise SandboxFailed(FAILED.format(detail=detail)) from error
        if "pid" not in body:
            self.close()
            raise SandboxFailed(FAILED.format(detail=body.get("failed")))
        self._channel.close()
        return Process(self._lease, int(body["pid"]))

    def close(self) -> None:
        """Kill the child and the programs that it started; harmless when already closed."""
        self.alive = False
        self._channel.close()
        self._lease.close()

    def retire(self) -> None:
        """End a child that forks runs: let it end by itself, so that the system counts what its runs cost."""
        self._channel.close()
        with contextlib.suppress(ChannelClosed, ChannelTimeout, ChannelBroken):
            self._lease.receive(time.monotonic() + GRACE_SECONDS)
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(
        self, request: dict[str, Any], seconds: float, max_bytes: int, on_request: OnRequest | None = None
    ) -> Frame:
        if not self.alive:
            raise CallFailed(CALL_FAILED.format(detail="le programme s’est arrêté"))
        try:
            frame, interrupted = self._exchange(request, time.monotonic() + seconds, max_bytes, on_request)
        except (ChannelTimeout, ChannelBroken, ChannelClosed) as error:
            self._die()
            detail = {ChannelTimeout: "trop long", ChannelBroken: "trop gros ou illisible"}
            raise CallFailed(CALL_FAILED.format(detail=detail.get(type(error), "arrêt brutal"))) from error
        if interrupted:
            raise CallFailed(CALL_FAILED.format(detail="trop long"))
        return frame

    def _exchange(
        self, request: dict[str, Any], deadline: float, max_bytes: int, on_request: OnRequest | None
    ) -> tuple[Frame, bool]:
        """Send a request, answer the questions of the child, return its answer and whether it had to be interrupted."""
        self._channel.max_bytes = max_bytes * JSON_GROWTH + OVERHEAD_BYTES
        self._channel.send(request)
        interrupted = False
        while True:
            try:
                frame = self._channel.receive(deadline)
            except ChannelTimeout:
                if interrupted:
                    raise
                interrupted = True
                deadline = time.monotonic() + GRACE_SECONDS
                with contextlib.suppress(ChannelClosed):
                    self._lease.send({"op": "interrupt"})
                continue
            except ChannelClosed as error:
                if interrupted:  # the interruption killed the child: time is the reason
                    raise ChannelTimeout from error
                raise
            asked = frame.body.get("ask")
            if asked is None:
                return frame, interrupted
            if on_request is None or not isinstance(asked, dict):
                raise ChannelBroken("unexpected question")
            self._channel.send(*on_request(asked, frame.blob))

    def _die(self) -> None:
        """Kill the child if it is alive, and wait for its end."""
        self.alive = False
        with contextlib.suppress(ChannelClosed):  # dead already: its end was told, and is read below
            self._lease.send({"op": "kill"})
        with contextlib.suppress(ChannelClosed, ChannelTimeout, ChannelBroken):
            self._lease.receive(time.monotonic() + GRACE_SECONDS)
        self.close()

    def _update(self, result: CellResult, updates: list[dict[str, Any]]) -> None:
        for update in updates:
            for output in self._displays.get(update["display_id"], []):
                output.update(data=update["data"], metadata=update["metadata"])
        for display_id, outputs in result.displays.items():
            self._displays.setdefault(display_id, []).extend(outputs)


def _text_size(outputs: list[results.Output]) -> int:
    """Return about how many bytes the outputs hold."""
    total = 0
    for output in outputs:
        bundle = output.get("data", {})
        texts = [output.get("text", ""), *bundle.values(), *output.get("traceback", [])]
        total += sum(len(text) for text in texts if isinstance(text, str))
    return total
