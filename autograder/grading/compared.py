"""A copy as it came, beside what was released: what `facts_of_copy` looks at."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_locked

from autograder.checks.answers import MAX_BYTES
from autograder.contract.names import EXERCISES
from autograder.grading.handed_in import read_start
from autograder.grading.matching import match

STEPS = ("source", "release")
SHORT = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True)
class Compared:
    """A notebook and the files beside it, None when there is no regular file of that name."""

    released: NotebookNode
    notebook: NotebookNode
    table: bytes | None = None
    answers: bytes | None = None
    tables: tuple[bytes, ...] = ()
    """The exercises files that the course holds: as built, and as released."""

    @cached_property
    def rows(self) -> list[tuple[NotebookNode, NotebookNode | None]]:
        """Each cell of the copy, and the released one that it is."""
        places = match(self.released.cells, self.notebook.cells)
        ours = (None if place is None else self.released.cells[place] for place in places)
        return list(zip(self.notebook.cells, ours, strict=True))

    @cached_property
    def changed(self) -> list[tuple[NotebookNode, NotebookNode]]:
        """The cells that are surely not as they were released, whatever changed, and the released ones."""
        if self.is_of_another:
            return []
        return [(cell, ours) for cell, ours in self.rows if ours and not self._may_be_whole(cell, ours)]

    @cached_property
    def own_code(self) -> list[str]:
        """The texts of the learner's code: in cells that they added, or changed where they may."""
        released = {cell.source for cell in self.released.cells}
        open_ = (cell for cell, ours in self.rows if ours is None or not is_locked(ours))
        return [cell.source for cell in open_ if cell.cell_type == "code" and cell.source not in released]

    @property
    def module(self) -> str:
        return str(origin(self.released).get("module", ""))

    @property
    def version(self) -> Any:
        return origin(self.released).get("version")

    @property
    def is_of_another(self) -> bool:
        """Whether the notebook says that it is of another module, or of another version of this one."""
        theirs, ours = origin(self.notebook), origin(self.released)
        return any(theirs.get(key) not in (None, ours.get(key)) for key in ("module", "version"))

    def _may_be_whole(self, cell: NotebookNode, ours: NotebookNode) -> bool:
        """Whether a cell may be as an earlier release of this version had it: by its own checksum, else by the version."""
        given = of_nbgrader(cell).get("checksum")
        if isinstance(given, str):
            return given != of_nbgrader(ours).get("checksum") and given == _checksum(cell)
        return self.version is None or origin(self.notebook).get("version") != self.version


def compare(
    released: NotebookNode, notebook: NotebookNode, table: Path | None, answers: Path | None, course: Path
) -> Compared:
    """Return a copy beside what was released; `table` and `answers` are the files that came with it."""
    module = str(origin(released).get("module", ""))
    tables = (read_start(course / step / module / EXERCISES, MAX_BYTES) for step in STEPS)
    return Compared(
        released,
        notebook,
        table=read_start(table, MAX_BYTES) if table else None,
        answers=read_start(answers, MAX_BYTES) if answers else None,
        tables=tuple(one for one in tables if one is not None),
    )


def origin(notebook: NotebookNode) -> Mapping[str, Any]:
    """Return the module and the version that a notebook says it is of."""
    return mapping(notebook.metadata.get("campus"))


def of_nbgrader(cell: NotebookNode) -> Mapping[str, Any]:
    """Return what nbgrader knows of a cell."""
    return mapping(cell.metadata.get("nbgrader"))


def json_object(raw: bytes | None) -> dict[str, Any]:
    """Return the object of a JSON file; empty for anything else."""
    try:
        found = json.loads((raw or b"").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def short(value: Any) -> str:
    """Return what a copy says as one word that can be printed, whatever it is."""
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if SHORT.fullmatch(text) else "illisible"


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a JSON object, empty when the value is not one."""
    return value if isinstance(value, dict) else {}


def _checksum(cell: NotebookNode) -> str | None:
    try:
        return str(compute_checksum(cell))
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None
