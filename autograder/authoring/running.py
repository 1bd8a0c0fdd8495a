"""Run a module's cells, and the other answers that its author foresees, in one process and an empty folder."""

import ast
import contextlib
import copy
import html
import io
import os
import re
import signal
import sys
import tempfile
import textwrap
import threading
import time
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks.errors import explain
from autograder.data.errors import DataError
from autograder.modules.model import ExerciseSpec, Module
from autograder.modules.notebook_text import TextCell

SOLUTION = re.compile(
    r"^[ \t]*### BEGIN SOLUTION[ \t]*$\n?(.*?)^[ \t]*### END SOLUTION[ \t]*$", re.DOTALL | re.MULTILINE
)


JUPYTER = re.compile(r"\s*[%!]|.*\bawait\b|'(await|async \w+)' outside")
"""A line that runs in Jupyter and not in Python alone."""

SLOW, TOO_SLOW = 3, 10
"""CPU seconds of a cell: told to the author, refused. Learners' machines are slower, and grading stops a cell after LIMIT."""

LIMIT = 30
"""Seconds on the clock after which a cell is stopped, as grading would."""
PATIENCE = 4
"""How many times as long a cell may take that hardly uses the processor: a busy machine is no fault of the module's."""


class CellStopped(Exception):
    """A cell did not reach its end, or reached it too late. The text is French; `line` is a line of notebook.md, 0 if unknown."""

    def __init__(self, cause: str, line: int = 0) -> None:
        super().__init__(cause)
        self.line = line


class _TooLong(BaseException):
    """Raised in a cell by the clock; not an Exception, which a cell may catch."""


@dataclass(frozen=True)
class Raised:
    """Stands for the value of an attempt whose code did not reach its end."""

    error: Exception


@dataclass(frozen=True)
class CellRun:
    """What executing a cell took, in CPU seconds, and the text that it would show, if that was asked for."""

    cell: TextCell
    seconds: float
    output: str = ""
    page: str = ""
    """The HTML that it would show."""


def with_code(source: str, code: str) -> str:
    """Return the source of an answer cell with `code` in place of its solution."""
    return SOLUTION.sub(lambda _: code.rstrip(), source)


def solution_of(source: str | None) -> str:
    """Return the solutions that the source of an answer cell holds, without their marks; "" when there is no cell."""
    return "\n".join(textwrap.dedent(part).rstrip() for part in SOLUTION.findall(source or ""))


def run_cell(
    module: Module, cell: TextCell, namespace: dict[str, Any], source: str | None = None, shown: bool = False
) -> CellRun:
    """Execute a cell, or another source in its place; with `shown`, note what it shows. Raises CellStopped."""
    path = str(module.folder / "notebook.md")
    start, output, page = time.process_time(), "", ""
    try:
        above = "\n" * (cell.line - 1)  # Python then counts lines as notebook.md does
        tree = ast.parse(above + (source or cell.source), path)
        with _stopped_in_time(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()) as said:
            warnings.simplefilter("ignore")
            last = _execute(tree, path, namespace)
            if shown:
                page = _page(last)
                output = f"{said.getvalue()}\n{_displayed(last, page)}"
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise CellStopped(cause(error), _line(error, path)) from error
    finally:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
    seconds = time.process_time() - start
    if seconds > TOO_SLOW:
        raise CellStopped(
            f"prend {seconds:.0f} s de calcul, pour {TOO_SLOW} s permises : la correction l’arrêterait"
        )
    return CellRun(cell, seconds, output, page)


def _execute(tree: ast.Module, path: str, namespace: dict[str, Any]) -> Any:
    """Execute a tree and return the value of its last line when that is an expression, as a notebook shows it."""
    *before, last = tree.body or [ast.Pass()]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, path, "exec"), namespace)
        return None
    exec(compile(ast.Module(before, []), path, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), path, "eval"), namespace)


def _page(value: Any) -> str:
    """Return the HTML that a notebook shows of a value; "" when it shows a text."""
    page = value._repr_html_() if hasattr(value, "_repr_html_") else None
    return page if isinstance(page, str) else ""


def _displayed(value: Any, page: str) -> str:
    """Return the text of what a notebook shows of a value."""
    if value is None:
        return ""
    return html.unescape(re.sub(r"<[^>]*>", " ", page)) if page else repr(value)


@contextlib.contextmanager
def _stopped_in_time() -> Iterator[None]:
    """Raise _TooLong in what runs past LIMIT. Python lets its main thread alone set a clock: elsewhere, nothing is stopped."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    began, used = time.monotonic(), time.process_time()

    def ring(_signal: int, _frame: Any) -> None:
        waits = (
            time.process_time() - used < LIMIT / 3
        )  # for a machine that others use, or for something that never comes
        if waits and time.monotonic() - began < PATIENCE * LIMIT:
            signal.setitimer(signal.ITIMER_REAL, LIMIT)
            return
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cause(error: BaseException) -> str:
    """Return, in French, what stopped a code: after « cette cellule » or « ce code »."""
    if isinstance(error, CellStopped):
        return str(error)
    if isinstance(error, _TooLong):
        return f"tourne encore au bout de {LIMIT} s : la correction l’arrêterait"
    if isinstance(error, SystemExit):
        return "quitte Python, par exit() ou quit() : ôtez cet appel"
    if isinstance(error, DataError):
        return f"s’arrête : {str(error).rstrip('.')}"
    if isinstance(error, EOFError) and "reading a line" in str(error):
        return "attend une saisie au clavier, par input() : personne ne la donnerait à la correction"
    if isinstance(error, SyntaxError) and JUPYTER.match(error.text or error.msg):
        return "contient une commande de Jupyter (%, !, await) : la construction n’en exécute pas ; écrivez du Python"
    said = error.msg if isinstance(error, SyntaxError) else _said(error)
    meaning = (explain(error) or "").replace("**", "").partition(" : ")[2].rstrip(".")
    name = type(error).__name__
    return (
        f"s’arrête sur {name} : {meaning} (Python dit : {said})"
        if meaning
        else f"s’arrête sur {name} : {said}"
    )


def _said(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an author's own error may fail to say what it is
        return ""


def _line(error: BaseException, path: str) -> int:
    """Return the line of notebook.md where an error was raised; 0 when it is in no line of it."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno or 0
    frames = [
        frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path
    ]
    return frames[-1] if frames else 0


def attempt(
    module: Module, exercise: ExerciseSpec, cell: TextCell, code: str | None, namespace: dict[str, Any]
) -> Any:
    """Return the value that an answer cell gives with `code` in place of its solution (None: the solution), or Raised."""
    after = variables_after(module, cell, code, namespace)
    return after if isinstance(after, Raised) else after.get(exercise.answer.get("name", ""))


def variables_after(
    module: Module, cell: TextCell, code: str | None, namespace: dict[str, Any]
) -> dict[str, Any] | Raised:
    """Return the variables once an answer cell has run on a copy of those that it names, or Raised."""
    source = cell.source if code is None else with_code(cell.source, code)
    named = set(re.findall(r"\w+", source))
    try:
        copied = {name: _copy(value) if name in named else value for name, value in namespace.items()}
        run_cell(module, cell, copied, source)
    except Exception as error:
        return Raised(error)
    return copied


@contextlib.contextmanager
def quiet_folder() -> Iterator[None]:
    """Work in an empty folder, without a screen nor a keyboard, prints dropped."""
    import matplotlib

    matplotlib.use("Agg")
    before, keyboard = Path.cwd(), sys.stdin
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.chdir(folder)
        sys.stdin = io.StringIO()
        try:
            yield
        finally:
            sys.stdin = keyboard
            os.chdir(before)


def _copy(value: Any) -> Any:
    """Copy what an attempt could change in place; modules, functions and the like are shared."""
    mutable = {"DataFrame", "Series", "ndarray", "list", "dict", "set"}
    return copy.deepcopy(value) if type(value).__name__ in mutable else value
