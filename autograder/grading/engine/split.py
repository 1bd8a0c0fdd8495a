"""One copy run cell by cell in two processes: the learner's, and the checker's that only receives values."""

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
from autograder.grading.engine.flags import CALL, KINDS, SAME_KERNEL, Flags
from autograder.grading.engine.memo import Memo
from autograder.grading.engine.on_values import OnValues
from autograder.grading.errors import GradingError
from autograder.grading.outputs import defuse
from autograder.sandbox import CallFailed, CellResult, Limits, Session
from autograder.sharing import rewind, roles
from autograder.sharing.ahead import Ahead

GIVE = "autograder.grading.engine.learner:give"
ANSWER_CALL = "autograder.grading.engine.learner:call"
PUT_ANSWER = "autograder.grading.engine.checker:put_answer"

# Imported again each time, so that nothing else can bear the name of our functions.
CHECK = "from autograder.checks.check import check\n"
FORM = "from autograder.forms import exercise\n"

MAX_BYTES = (16 << 20) + (1 << 16)
"""Of one value, all included; the child that writes it holds to a little less."""
MAX_ARGUMENTS = 64 << 10
CALL_SECONDS = 10
"""For one value, or one call of a learner's function."""

CHECKER_TIMES = 2
"""The checker's process lives from the first check to the last: longer than the learner's may."""

TOO_LATE = "Le temps prévu pour le carnet est passé."
TOO_BIG = "La valeur est trop volumineuse."

Opener = Callable[[], Session]


class Split:
    """Runs the cells of a notebook in order, and writes their outputs in it.

    `learner` opens a session that has run the cells whose `results` are given, of which the copy has `own` ones in some
    places; `checker` opens one that is ready to check. `names_of` tells, by exercise, the variable of its answer.
    `known` are values, as bytes, that need not be asked of the learner's process: it is opened only when it has
    something to run or to say. `shows` are the texts of our cells that only show; `memo` holds what cells of ours
    showed for other copies. `seconds` are for the learner's code, and `CHECKER_TIMES` as many for all.
    """

    def __init__(
        self,
        learner: Opener,
        results: list[CellResult],
        own: Ahead | None,
        checker: Opener,
        names_of: dict[str, str],
        known: Mapping[str, bytes],
        limits: Limits,
        shows: frozenset[str],
        memo: Memo | None,
        seconds: float,
    ):
        self._results, self._own, self._limits = deque(enumerate(results)), own, limits
        self._open, self._names_of, self._known = checker, names_of, known
        self._stack = ExitStack()
        self._learner = cache(lambda: self._enter(learner(), self._deadline))
        self._current: Session | None = None
        started = time.monotonic()
        self._deadline, self._end = started + seconds, started + CHECKER_TIMES * seconds
        self._shows = shows
        self._on_values = OnValues(self._checker, self._relay, limits.cell_seconds, memo)
        self._rewound = False
        self._ran: list[tuple[NotebookNode, CellResult]] = []
        self.flags = Flags()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def late(self) -> bool:
        """Whether the time of the learner's code is over, so that some may not have run."""
        return time.monotonic() >= self._deadline

    def _enter(self, session: Session, end: float) -> Session:
        session.end_by(end)
        return self._stack.enter_context(session)

    def run(self, notebook: NotebookNode) -> None:
        """Fill the outputs of every code cell. Raises GradingError when the module itself is at fault."""
        plain = any(map(roles.is_plain_check, notebook.cells))
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if not roles.is_code(cell):
                continue
            where = cells.name(cell, place)
            if roles.is_form(cell):
                self._show_form(cell, where)
            elif not roles.is_check(cell):
                result = self._show(notebook, place, where) or self._run_learner(cell, where)
                self._ran.append((cell, result))
                if plain and is_locked(cell):
                    self._on_values.learn(cell.source)
            elif roles.stays_with_learner(cell):
                _fill(cell, self._run_learner(cell, where))
                self.flags.add(SAME_KERNEL, where)
                cells.refuse_impossible_points(cell)
            else:
                self._check(cell, where)
                cells.refuse_impossible_points(cell)
        for cell, result in self._ran:  # a later cell may have changed what an earlier one shows
            _fill(cell, result)

    def _run_learner(self, cell: NotebookNode, where: str) -> CellResult:
        if self._results:
            place, result = self._results.popleft()
            if self._own is None or place not in self._own.places:
                return result
            self._rewind(self._own, result)
        # Locked cells are ours: a busy machine must not cost points.
        seconds = self._limits.notebook_seconds if is_locked(cell) else None
        result = self._learner().execute(cell.source, seconds)
        self.flags.add_result(where, result)
        return result

    def _rewind(self, own: Ahead, released: CellResult) -> None:
        """Have the learner's process, which has run all our cells, be where a cell of the copy's own is to run."""
        forgotten = own.forgotten if not self._rewound else []
        self._rewound = True
        with suppress(CallFailed):  # a dead process will say so of the cell
            self._learner().call(rewind.CALL, forgotten, released.execution_count)

    def _show(self, notebook: NotebookNode, place: int, where: str) -> CellResult | None:
        """Run a cell of ours that only shows on values; None when it is for the learner's process, as most are."""
        source = notebook.cells[place].source
        if self._results or source not in self._shows or not self._learner().alive:
            return None
        later = [cell.source for cell in notebook.cells[place + 1 :] if roles.is_code(cell)]
        try:
            result = self._on_values.show(source, later)
        except CallFailed:
            return None
        if result is not None:
            self.flags.add_result(where, result)
        return result

    def _show_form(self, cell: NotebookNode, where: str) -> None:
        """Show a form and its saved answer from the checker's process: what is graded, whatever the learner's code did."""
        result = self._checker().execute(FORM + cell.source, self._limits.notebook_seconds)
        _fill(cell, result)
        self.flags.add_result(where, result)

    def _check(self, cell: NotebookNode, where: str) -> None:
        exercise = roles.checked_exercise(cell)
        try:
            if exercise is None:
                result = self._on_values.check(cell.source)
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
        """Return the checker's session; another one, without what earlier checks defined, if it died."""
        if self._current is None or not self._current.alive:
            self._current = self._enter(self._open(), self._end)
        return self._current

    def _put(self, checker: Session, name: str) -> None:
        checker.call(PUT_ANSWER, name, seconds=self._limits.cell_seconds, on_request=self._relay)

    def _relay(self, asked: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        """Answer the checker's question with what the learner's process says, unread."""
        if asked.get("name") in self._known:
            return {}, self._known[asked["name"]]
        learner = self._learner()
        if not learner.alive:
            return {"gone": True}, b""
        seconds = min(CALL_SECONDS, self._limits.cell_seconds, self._deadline - time.monotonic())
        if seconds <= 0:
            self.flags.add(KINDS["notebook_time"])
            return {"failed": TOO_LATE}, b""
        try:
            if "name" in asked:
                found = learner.call(GIVE, asked["name"], seconds=seconds, max_bytes=MAX_BYTES)
            elif len(blob) > MAX_ARGUMENTS:
                return {"failed": TOO_BIG}, b""
            else:
                arguments = base64.b64encode(blob).decode("ascii")
                found = learner.call(
                    ANSWER_CALL, asked["function"], arguments, seconds=seconds, max_bytes=MAX_BYTES
                )
        except CallFailed as error:
            self.flags.add(CALL)
            return {"failed": str(error)}, b""
        if not isinstance(found, bytes) or len(found) > MAX_BYTES:
            return {"failed": TOO_BIG}, b""
        return {}, found


def _fill(cell: NotebookNode, result: CellResult) -> None:
    cell.outputs = [nbformat.from_dict(output) for output in result.outputs]
    cell.execution_count = result.execution_count
    defuse(cell.outputs)


def _require_verdict(cell: NotebookNode) -> None:
    """nbgrader gives all the points to a cell that shows no number: ours gets none.

    Raises GradingError when our own tables are at fault: never the learner's zero.
    """
    for output in cell.outputs:
        if output.output_type == "error" and output.ename == ExercisesError.__name__:
            raise GradingError(output.evalue)
    if not cells.shows_points(cell):
        cells.refuse(cell, cells.NO_VERDICT)
