"""The shell of ipykernel without its sockets: a function receives its messages.

ipykernel's own code makes the outputs (traceback, display, figures, `!command`), so they are the outputs of a notebook.
"""

import asyncio
import builtins
import contextlib
import getpass
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

Sink = Callable[[str, dict[str, Any]], None]
"""Receives a message's type and content."""

BACKEND = "module://matplotlib_inline.backend_inline"
NO_INPUT = "raw_input was called, but this frontend does not support input requests."


class _Capture(Session):
    """Takes the place of the session to which ipykernel sends its messages."""

    def __init__(self, sink: Sink):
        super().__init__(key=b"")
        self._sink = sink

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> None:
        if isinstance(msg_or_type, str):
            self._sink(msg_or_type, content)
        else:
            self._sink(msg_or_type["header"]["msg_type"], msg_or_type["content"])


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`: the text is kept until something else is shown, then sent as one message."""

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, fd: int, sink: Sink):
        self._name, self._fd, self._sink = name, fd, sink
        self._texts: list[str] = []
        self._length = 0
        self._most = sys.maxsize

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def bound(self, most: int) -> None:
        """Send the text whenever it exceeds `most` characters, so that it cannot fill the memory."""
        self._most = most

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._texts.append(text)
        self._length += len(text)
        if self._length > self._most:
            self.flush()
        return len(text)

    def forget(self) -> None:
        """Drop the text that is not sent yet."""
        self._texts, self._length = [], 0

    def flush(self) -> None:
        text, self._texts, self._length = "".join(self._texts), [], 0
        if text:
            self._sink("stream", {"name": self._name, "text": text})

    def fileno(self) -> int:
        return self._fd

    def writable(self) -> bool:
        return True


class Shell(ZMQInteractiveShell):
    """A shell whose exit commands do nothing: the cells that follow still run."""

    def ask_exit(self) -> None:
        pass

    def _update_exit_now(self, change: Any) -> None:
        pass

    def enable_gui(self, gui: Any = None) -> None:
        pass

    def _format_exception_for_storage(
        self, exception: BaseException, *_: object, **__: object
    ) -> dict[str, Any]:
        """Keep no second copy of an error: IPython would make the traceback twice, most of the cost of an error."""
        return {}

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """Keep no second copy of the printed text: IPython's copy has no bound, and an endless print would fill the memory."""
        yield


class Runner:
    """Runs cells one at a time. Built once in the warm process; used in its children."""

    def __init__(self, shell_class: type[ZMQInteractiveShell] = Shell) -> None:
        os.environ["MPLBACKEND"] = BACKEND
        self._loop: asyncio.AbstractEventLoop | None = None
        self.sink: Sink = _ignore
        self.stdout = Stream("stdout", 1, self._send)
        self.stderr = Stream("stderr", 2, self._send)
        # The history would start a thread, and its database must not cross a fork.
        config = Config({"HistoryManager": {"enabled": False}})
        self.shell = shell_class.instance(config=config, compiler_class=XCachingCompiler)
        session = _Capture(self._send)
        for publisher in (self.shell.displayhook, self.shell.display_pub):
            publisher.set_trait("session", session)

    def use_streams(self) -> None:
        """Give this process the streams of a notebook, and refuse `input()` as a notebook without a reader does."""
        sys.stdout, sys.stderr = self.stdout, self.stderr
        sys.displayhook = self.shell.displayhook
        builtins.input = getpass.getpass = _no_input
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    @property
    def namespace(self) -> Mapping[str, Any]:
        namespace: Mapping[str, Any] = self.shell.user_ns
        return namespace

    def run(self, source: str) -> BaseException | None:
        """Run a cell; return its exception, which has been shown. The caller flushes the streams."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        task = self._loop.create_task(self._run(source))
        try:
            with self.interruptible():
                return self._loop.run_until_complete(task)
        except KeyboardInterrupt as error:  # while waiting: there was no cell code to raise it in
            task.cancel()
            self._loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
            self.shell.showtraceback((KeyboardInterrupt, error, None))
            return error

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let an interruption from the trusted side raise KeyboardInterrupt, inside this block only."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def close_loop(self) -> None:
        """End the loop of the cells run so far."""
        if self._loop is not None:
            self._loop.close()
        self._loop = None

    def forget_loop(self) -> None:
        """Start the next cell with a new loop: two processes cannot share a loop."""
        self._loop = None

    async def _run(self, source: str) -> BaseException | None:
        """Run a cell as ipykernel does: inside a running loop, with `await` allowed at top level."""
        shell = self.shell
        broken = None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, broken = source, sys.exc_info()
        if shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=broken):
            result = None
            try:
                result = await shell.run_cell_async(
                    source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=broken
                )
            finally:
                shell.events.trigger("post_execute")
                shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(source, store_history=True)
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        if error is None and getattr(shell, "_last_traceback_during_displayhook", False):
            error = sys.last_value  # shown instead of the cell's value
        return error

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        self.sink(kind, content)


def _ignore(kind: str, content: dict[str, Any]) -> None:
    pass


def _no_input(prompt: object = "", stream: object = None) -> NoReturn:
    raise StdinNotImplementedError(NO_INPUT)
