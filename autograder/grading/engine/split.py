"""One copy run cell by cell in two processes: the learner's process, and the checker's, which only receives values."""

import base64
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import cache
from typing import Any, Self

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_locked

from autograder.checks.exercises import ExercisesError
from autograder.grading.engine import cells
from autograder.grading.engine.cells_on_values import CellsOnValues
from autograder.grading.engine.flags import CALL, KINDS, SAME_KERNEL, Flags
from autograder.grading.engine.memo import Memo
from autograder.grading.errors import GradingError
from autograder.grading.outputs import defuse
from autograder.sandbox import CallFailed, CellResult, Limits, Session
from autograder.sharing import rewind, roles
from autograder.sharing.own_cells_last import OwnCellsLast

GIVE = "autograder.grading.engine.learner:give"
ANSWER_CALL = "autograder.grading.engine.learner:call"
PUT_ANSWER = "autograder.grading.engine.checker:put_answer"

# Imported again each time, so that no variable can take the name of our functions.
CHECK = "from autograder.checks.check import check\n"
FORM = "from autograder.forms import exercise\n"

MAX_BYTES = (16 << 20) + (1 << 16)
"""Most bytes of one envelope. `values.MAX_BYTES`, the bound of the process that writes it, is a little less."""
MAX_ARGUMENTS = 64 << 10
CALL_SECONDS = 10
"""Time for one value, or for one call of a learner's function."""

CHECKER_TIMES = 2
"""How many times longer than the learner's process the checker's process may live: from the first check to the last."""

TOO_LATE = "Le temps prévu pour le carnet est passé."
TOO_BIG = "La valeur est trop volumineuse."

Opener = Callable[[], Session]


class Split:
    """Runs the cells of a notebook in order, and writes their outputs in it.

    - `learner` opens the learner's session, which has already run the shared cells; `results` are their results. The session
      is opened only when the learner's process has a cell to run, or a value to give.
    - `own_last` names the shared cells that the learner changed: the learner's version runs in their place.
    - `checker` opens a session that is ready to check.
    - `names_of` gives the variable of the answer of each exercise.
    - `known_values` are values, as bytes, that need not be asked of the learner's process.
    - `memo` holds what plain checks showed for other copies.
    - `seconds` is the time of the learner's code; the whole copy has `CHECKER_TIMES` as much.
    """

    def __init__(
        self,
        learner: Opener,
        results: list[CellResult],
        own_last: OwnCellsLast | None,
        checker: Opener,
        names_of: dict[str, str],
        known_values: Mapping[str, bytes],
        limits: Limits,
        memo: Memo | None,
        seconds: float,
    ):
        self._results, self._own_last, self._limits = deque(enumerate(results)), own_last, limits
        self._open_checker, self._names_of, self._known_values = checker, names_of, known_values
        self._stack = ExitStack()
        self._learner = cache(lambda: self._enter(learner(), self._deadline))
        self._current_checker: Session | None = None
        started = time.monotonic()
        self._deadline, self._end = started + seconds, started + CHECKER_TIMES * seconds
        self._cells_on_values = CellsOnValues(self._checker, self._relay, limits.cell_seconds, memo)
        self._rewound = False
        self._ran: list[tuple[NotebookNode, CellResult]] = []
        self.flags = Flags()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def late(self) -> bool:
        """Whether the time of the learner's code is over: some of it may not have run."""
        return time.monotonic() >= self._deadline

    def _enter(self, session: Session, end: float) -> Session:
        session.end_by(end)
        return self._stack.enter_context(session)

    def run(self, notebook: NotebookNode) -> None:
        """Fill the outputs of every code cell. Raises GradingError when the module itself is at fault."""
        plain = any(map(roles.is_plain_check, notebook.cells))
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if not roles.is_code(cell):
                continue
            where = cells.name(cell, index)
            if roles.is_form(cell):
                self._show_form(cell, where)
            elif not roles.is_check(cell):
                self._ran.append((cell, self._run_learner(cell, where)))
                if plain and is_locked(cell):
                    self._cells_on_values.learn(cell.source)
            elif roles.stays_with_learner(cell):
                _fill(cell, self._run_learner(cell, where))
                self.flags.add(SAME_KERNEL, where)
                cells.refuse_impossible_points(cell)
            else:
                self._check(cell, where)
                cells.refuse_impossible_points(cell)
        for cell, result in self._ran:  # last: a later cell may change what an earlier cell displayed
            _fill(cell, result)

    def _run_learner(self, cell: NotebookNode, where: str) -> CellResult:
        if self._results:
            index, result = self._results.popleft()
            if self._own_last is None or index not in self._own_last.indexes:
                return result
            self._rewind(self._own_last, result)
        # Locked cells are ours: a busy machine must not cost points.
        seconds = self._limits.notebook_seconds if is_locked(cell) else None
        result = self._learner().execute(cell.source, seconds)
        self.flags.add_result(where, result)
        return result

    def _rewind(self, own_last: OwnCellsLast, released: CellResult) -> None:
        """Prepare the learner's process, which has run all our cells, for a cell of the copy that comes before some of them.

        The names of the released cells are forgotten before the first such cell. Each cell takes the number of the released
        cell.
        """
        forgotten = own_last.forgotten if not self._rewound else []
        self._rewound = True
        with suppress(CallFailed):  # the result of the cell will say that the process is dead
            self._learner().call(rewind.CALL, forgotten, released.execution_count)

    def _show_form(self, cell: NotebookNode, where: str) -> None:
        """Show a form and its saved answer, in the checker's process: the learner's code cannot change what is shown."""
        result = self._checker().execute(FORM + cell.source, self._limits.notebook_seconds)
        _fill(cell, result)
        self.flags.add_result(where, result)

    def _check(self, cell: NotebookNode, where: str) -> None:
        exercise = roles.checked_exercise(cell)
        try:
            if exercise is None:
                result = self._cells_on_values.check(cell.source)
            else:
                checker = self._checker()
                if exercise in self._names_of:
                    self._put(checker, self._names_of[exercise])
                result = checker.execute(CHECK + cell.source, on_request=self._relay)
        except CallFailed as error:
            self.flags.add(str(error), where)
            cells.refuse(cell, str(error))
            return
        _fill(cell, result)
        self.flags.add_result(where, result)
        if exercise is not None:
            _require_verdict(cell)

    def _checker(self) -> Session:
        """Return the checker's session. A new session, where earlier checks defined nothing, replaces a dead session."""
        if self._current_checker is None or not self._current_checker.alive:
            self._current_checker = self._enter(self._open_checker(), self._end)
        return self._current_checker

    def _put(self, checker: Session, name: str) -> None:
        checker.call(PUT_ANSWER, name, seconds=self._limits.cell_seconds, on_request=self._relay)

    def _relay(self, asked: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        """Answer the checker's question with the bytes that the learner's process returns, without reading them."""
        if asked.get("name") in self._known_values:
            return {}, self._known_values[asked["name"]]
        learner = self._learner()
        if not learner.alive:
            return {"gone": True}, b""
        seconds = min(CALL_SECONDS, self._limits.cell_seconds, self._deadline - time.monotonic())
        if seconds <= 0:
            self.flags.add(KINDS["notebook_time"])
            return {"failed": TOO_LATE}, b""
        try:
            if "name" in asked:
                envelope = learner.call(GIVE, asked["name"], seconds=seconds, max_bytes=MAX_BYTES)
            elif len(blob) > MAX_ARGUMENTS:
                return {"failed": TOO_BIG}, b""
            else:
                arguments = base64.b64encode(blob).decode("ascii")
                envelope = learner.call(
                    ANSWER_CALL, asked["function"], arguments, seconds=seconds, max_bytes=MAX_BYTES
                )
        except CallFailed as error:
            self.flags.add(CALL)
            return {"failed": str(error)}, b""
        if not isinstance(envelope, bytes) or len(envelope) > MAX_BYTES:
            return {"failed": TOO_BIG}, b""
        return {}, envelope


def _fill(cell: NotebookNode, result: CellResult) -> None:
    cell.outputs = [nbformat.from_dict(output) for output in result.outputs]
    cell.execution_count = result.execution_count
    defuse(cell.outputs)


def _require_verdict(cell: NotebookNode) -> None:
    """Make a `check("…")` cell that shows no number worth nothing: nbgrader would give it all the points.

    Raises GradingError when our own tables are at fault: the learner must not get zero for our fault.
    """
    for output in cell.outputs:
        if output.output_type == "error" and output.ename == ExercisesError.__name__:
            raise GradingError(output.evalue)
    if not cells.shows_points(cell):
        cells.refuse(cell, cells.NO_VERDICT)
