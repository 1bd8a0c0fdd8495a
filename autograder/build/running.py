"""Run a module's cells, and the other answers that its author foresees, in one process and an empty folder."""

import ast
import contextlib
import copy
import io
import os
import re
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.modules.model import ExerciseSpec, Module
from autograder.modules.notebook_text import TextCell

SOLUTION = re.compile(
    r"^[ \t]*### BEGIN SOLUTION\n?(.*?)^[ \t]*### END SOLUTION[ \t]*$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Raised:
    """Stands for the value of an attempt whose code raised."""

    error: Exception


def with_code(source: str, code: str) -> str:
    """Return the source of an answer cell with `code` in place of its solution."""
    return SOLUTION.sub(lambda _: code.rstrip(), source)


def solution_of(source: str | None) -> str:
    """Return the solutions that the source of an answer cell holds, without their marks; "" when there is no cell."""
    return "\n".join(textwrap.dedent(part).rstrip() for part in SOLUTION.findall(source or ""))


def run_cell(module: Module, cell: TextCell, namespace: dict[str, Any], source: str | None = None) -> None:
    """Execute a cell, or another source in its place; tracebacks name the line of notebook.md. Raises what it raises."""
    path = str(module.folder / "notebook.md")
    tree = ast.increment_lineno(ast.parse(source or cell.source, path), cell.line - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(tree, path, "exec"), namespace)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def attempt(
    module: Module, exercise: ExerciseSpec, cell: TextCell, code: str | None, namespace: dict[str, Any]
) -> Any:
    """Return the value that an answer cell gives with `code` in place of its solution (None: the solution), or Raised."""
    copied = {name: _copy(value) for name, value in namespace.items()}
    try:
        run_cell(module, cell, copied, None if code is None else with_code(cell.source, code))
    except Exception as error:
        return Raised(error)
    return copied.get(exercise.answer.get("name", ""))


@contextlib.contextmanager
def quiet_folder() -> Iterator[None]:
    """Work in an empty folder, without a screen, prints dropped."""
    import matplotlib

    matplotlib.use("Agg")
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _copy(value: Any) -> Any:
    """Copy what an attempt could change in place; modules, functions and the like are shared."""
    mutable = {"DataFrame", "Series", "ndarray", "list", "dict", "set"}
    return copy.deepcopy(value) if type(value).__name__ in mutable else value
