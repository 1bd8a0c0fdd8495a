"""Run a rebuilt submission in one Jupyter kernel, as nbgrader does. Unsafe: nothing protects the truth, nor the points.

For comparing with the engine, and for whoever explicitly asks for it (`c.GradingExecute.engine = "kernel"`).
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_locked
from traitlets import Dict, Integer, Unicode

from autograder.checks.exercises import ExercisesError
from autograder.contract.names import PRIVATE_VARIABLE
from autograder.grading.engine import cells
from autograder.grading.errors import GradingError
from autograder.grading.outputs import defuse
from autograder.sharing import roles

TOO_LONG = "Cette cellule n’a pas fini dans le temps prévu : elle contient peut-être une boucle sans fin."
NO_TIME = "Cellule non exécutée : le carnet a dépassé le temps prévu."
DEAD = "Cellule non exécutée : le programme s’est arrêté brutalement dans une cellule précédente."


class KernelExecute(Execute):  # type: ignore[misc]
    """nbgrader's executor, with `CAMPUS_PRIVATE` in its kernel's environment and nowhere else.

    `timeout` is for the learner's cells: locked ones, which are ours, may take all the time of the
    notebook, since a busy machine must not cost points. Earlier points survive: after a dead kernel,
    or past `notebook_timeout`, the remaining cells get an error (no points) and the copy is graded.
    """

    course = Unicode(help="Course directory: the private truths are in `private/<module>.json`.").tag(
        config=True
    )
    notebook_timeout = Integer(300, help="Seconds for a whole notebook.").tag(config=True)
    error_on_timeout = Dict({"ename": "TempsDépassé", "evalue": TOO_LONG, "traceback": [TOO_LONG]}).tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        cells.require_truth(nb, self._private / f"{resources['nbgrader']['assignment']}.json")
        self._lost = ""
        self._started = time.monotonic()
        self.timeout_func = self._seconds
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources, km)
        return result

    @property
    def _private(self) -> Path:
        return Path(self.course, "private")

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        env = {**os.environ, PRIVATE_VARIABLE: str(self._private)}
        with super().setup_kernel(env=env, **kwargs):
            yield

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if cell.cell_type != "code":
            return cell, resources
        if time.monotonic() - self._started > self.notebook_timeout:
            self._lost = self._lost or NO_TIME
        if self._lost:
            cell.outputs = [cells.error(self._lost)]
        elif roles.checked_exercise(cell):
            self._run_check(cell, resources, index)
        else:
            self._run(cell, resources, index)
        defuse(cell.outputs)
        return cell, resources

    def _seconds(self, cell: NotebookNode) -> int:
        return self.notebook_timeout if is_locked(cell) and not roles.checked_exercise(cell) else self.timeout

    def _run(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        try:
            super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._lost = DEAD
            cell.outputs.append(cells.error(DEAD))
        except CellTimeoutError:  # its outputs were still coming when the time was up
            cell.outputs.append(cells.error(TOO_LONG))

    def _run_check(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        """A learner's variable named `check` must not stand in for ours.

        nbgrader gives all the points to a cell that shows no number: here it gets none.
        """
        source = cell.source
        cell.source = f"from autograder.notebook import check\n{source}"
        try:
            self._run(cell, resources, index)
        finally:
            cell.source = source
        for output in cell.outputs:
            if output.output_type == "error" and output.ename == ExercisesError.__name__:
                raise GradingError(output.evalue)  # ours to repair: not the learner's zero
        if not cells.shows_points(cell):
            cells.refuse(cell, cells.NO_VERDICT)
