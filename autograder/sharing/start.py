"""Where the sessions of one role start from: states left by cells that are the same in many copies, each run once.

The cells are those of the released notebook, ours, in order. A copy starts after as many of them as it has left
as they were: all the locked ones that come first, then the cells to try or to answer that were not touched.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace

from autograder.sandbox import CellResult, CellStopped, SandboxFailed, Session, Spec, Template, Zygote


class Start:
    """Gives sessions that have already run the first `cells`. May be used by several threads.

    `branches` are the numbers of cells, in increasing order, after which a state is kept; it is made when it first
    serves. `spec` is for these cells: a session is given its own.
    """

    def __init__(self, zygote: Zygote, cells: list[str], branches: Sequence[int], spec: Spec):
        self._zygote, self.cells, self._branches = zygote, cells, list(branches)
        # The cells are ours: on a busy machine, each may take all the time of a notebook.
        self._spec = replace(spec, limits=replace(spec.limits, cell_seconds=spec.limits.notebook_seconds))
        self._lock = threading.Lock()
        self._templates: dict[int, Template] = {}
        self._results: list[CellResult] = []
        self.problem = ""
        """Why cells that could be shared are not, in French; "" when they are."""

    def depth(self, most: int) -> int:
        """Return after how many of the first `most` cells a session can start, having made that state."""
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
        """Return a session that has run the first `depth` cells, as `depth` gave it. Raises SandboxFailed."""
        return (self._templates[depth] if depth else self._zygote).session(spec)

    def revive(self) -> None:
        """Forget the states when a process that holds one is gone: the next sessions will make them anew."""
        with self._lock:
            if not all(map(answers, self._templates.values())):
                self._forget()

    def close(self) -> None:
        """End the processes that hold the states."""
        with self._lock:
            self._forget()

    def _make(self, branch: int, reached: int) -> bool:
        """Make the state at `branch` from the one before, unless it exists; a failure ends the branches there."""
        if branch in self._templates:
            return True
        before = self._templates[reached] if reached else self._zygote
        spec = replace(self._spec, files=None) if reached else self._spec
        try:
            template = Template(before, self.cells[reached:branch], spec)
        except SandboxFailed as error:
            self._branches = [one for one in self._branches if one < branch]
            if not (reached and isinstance(error, CellStopped)):  # an answer not written yet may well stop
                self.problem = str(error)
            return False
        self._templates[branch] = template
        self._results[reached:] = template.results
        return True

    def _forget(self) -> None:
        for template in reversed(self._templates.values()):  # each was forked from the one before
            template.close()
        self._templates, self._results = {}, []


def answers(point: Zygote | Template) -> bool:
    """Whether a process still gives sessions."""
    try:
        point.session().close()
    except SandboxFailed:
        return False
    return True
