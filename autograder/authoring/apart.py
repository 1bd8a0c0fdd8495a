"""The build in a process of its own: a cell may end its process (`os._exit`, a crash of a library), and the author is told which.

A fork costs a few milliseconds, and has what its parent has imported. Where there is none (Windows), the build is done here.
"""

import os
import signal
import traceback
import warnings
from collections.abc import Callable, Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder.authoring import progress
from autograder.authoring.pipeline import BuiltModule, build
from autograder.data.errors import DataError
from autograder.modules.errors import Finding, ModuleError

Tell = Callable[[str], None]


def build_apart(
    names: list[str],
    course: Path | None = None,
    on_module: Tell = lambda name: None,
    root: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> list[BuiltModule]:
    """Build modules as `build` does; raise ModuleError for a cell that ends its process, too.

    Whoever starts threads does it afterwards: a fork beside a thread that runs an event loop closes this loop.
    """
    if not hasattr(os, "fork"):
        return build(names, course, parameters, on_module, root)
    ours, theirs = Pipe()
    with progress.shared():
        child = _fork()
        if child == 0:
            ours.close()
            _work(theirs, lambda tell: build(names, course, parameters, tell, root))
        theirs.close()
        try:
            return _followed(child, ours, on_module)
        finally:
            ours.close()
            _end(child)


def import_first() -> None:
    """Import what nearly all notebooks do, for a process that builds often: its children find it done."""
    import pandas  # noqa: F401

    import autograder.forms  # noqa: F401


def _fork() -> int:
    with (
        warnings.catch_warnings()
    ):  # Python 3.12 warns of threads: those of numerical libraries are made to be forked
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _work(parent: Connection, work: Callable[[Tell], Any]) -> None:
    """In the child: send what is told, then what `work` gives or raises; end at once, without the parent's clean-up."""
    try:
        parent.send(("done", work(lambda name: parent.send(("module", name)))))
    except KeyboardInterrupt:
        os._exit(130)
    except (ModuleError, DataError, OSError) as error:
        parent.send(("raised", error))
    except Exception:  # a fault of this program: its parent shows where it comes from
        parent.send(("raised", RuntimeError(traceback.format_exc())))
    finally:
        os._exit(0)


def _followed(child: int, pipe: Connection, on_module: Tell) -> list[BuiltModule]:
    """Return what the child sends; raise what it raises, or ModuleError when it ends before."""
    try:
        while True:
            sort, sent = pipe.recv()
            if sort == "done":
                return list(sent)
            if sort == "raised":
                raise sent
            on_module(sent)
    except EOFError:
        place = progress.last()
        message = f"{place.what} arrête Python tout entier, {_ended(child)}"
        raise ModuleError([Finding(place.path, place.line, message)]) from None


def _ended(child: int) -> str:
    """Return how a process ended, in French."""
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return (
            f"par le signal {name} : une bibliothèque a planté, ou la mémoire a manqué. Simplifiez ce code."
        )
    return "par os._exit() : ôtez cet appel."


def _end(child: int) -> None:
    """Leave no child behind, whatever happens here."""
    try:
        if os.waitpid(child, os.WNOHANG)[0] == 0:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    except (ChildProcessError, ProcessLookupError):  # it has ended already
        return
