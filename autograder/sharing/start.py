"""Where sessions start from: the states left by cells that are the same in many copies. Each cell runs once.

The cells are the cells of the released notebook, in order. For example, a learner changed nothing before the second answer.
Their copy starts after all the cells before the second answer: our locked cells, and the first answer as released.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace

from autograder.sandbox import CellResult, CellStopped, SandboxFailed, Session, Spec, Template, Zygote


class Start:
    """Gives sessions that have already run the first `cells`. May be used by several threads.

    `branches` are numbers of cells, in increasing order. A state is kept after each of these numbers of cells. A state is
    made when a copy first needs it. `spec` is for the shared cells; each session is given a spec of its own.
    """

    def __init__(self, zygote: Zygote, cells: list[str], branches: Sequence[int], spec: Spec):
        self._zygote, self.cells, self._branches = zygote, cells, list(branches)
        # The cells are ours: on a busy machine, each may take all the time of a notebook.
        self._spec = replace(spec, limits=replace(spec.limits, cell_seconds=spec.limits.notebook_seconds))
        self._lock = threading.Lock()
        self._templates: dict[int, Template] = {}
        self._results: list[CellResult] = []
        self.problem = ""
        """Why some cells could not be shared, in French; "" when all are."""

    def depth(self, most: int) -> int:
        """Return after how many of the first `most` cells a session can start; the state is made when it is missing."""
        with self._lock:
            reached = 0
            for branch in list(self._branches):
                if branch > most or not self._make(branch, reached):
                    break
                reached = branch
            return reached

    def results(self, depth: int) -> list[CellResult]:
        """Return what the first `depth` cells showed."""
        return self._results[:depth]

    def session(self, spec: Spec, depth: int) -> Session:
        """Return a session that has run the first `depth` cells, a number that `depth()` returned. Raises SandboxFailed."""
        return (self._templates[depth] if depth else self._zygote).session(spec)

    def revive(self) -> None:
        """Forget all the states when the process of one state is gone. The next sessions make them anew."""
        with self._lock:
            if not all(map(answers, self._templates.values())):
                self._forget()

    def close(self) -> None:
        """End the processes that hold the states."""
        with self._lock:
            self._forget()

    def _make(self, branch: int, reached: int) -> bool:
        """Make the state after `branch` cells from the state after `reached` cells, unless it exists already.

        Return whether the state exists. A cell that fails ends the branches: no state is kept after it.
        """
        if branch in self._templates:
            return True
        before = self._templates[reached] if reached else self._zygote
        spec = replace(self._spec, files=None) if reached else self._spec
        try:
            template = Template(before, self.cells[reached:branch], spec)
        except SandboxFailed as error:
            self._branches = [earlier for earlier in self._branches if earlier < branch]
            if not (
                reached and isinstance(error, CellStopped)
            ):  # a released answer, not written yet, may well raise
                self.problem = str(error)
            return False
        self._templates[branch] = template
        self._results[reached:] = template.results
        return True

    def _forget(self) -> None:
        for template in reversed(
            self._templates.values()
        ):  # each template was forked from the template before it
            template.close()
        self._templates, self._results = {}, []


def answers(point: Zygote | Template) -> bool:
    """Tell whether a process still gives sessions."""
    try:
        point.session().close()
    except SandboxFailed:
        return False
    return True
