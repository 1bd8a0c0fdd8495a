"""Where the sessions of one role start from: the state left by the cells common to all copies, run once."""

import threading
from dataclasses import replace

from autograder.sandbox import CellResult, SandboxFailed, Session, Spec, Template, Zygote


class Start:
    """Gives sessions that have, when that can be done, already run the shared `cells`. May be used by several threads."""

    def __init__(self, zygote: Zygote, cells: list[str], spec: Spec):
        self._zygote, self.cells = zygote, cells
        # The cells are ours: on a busy machine, each may take all the time of a notebook.
        self._spec = replace(spec, limits=replace(spec.limits, cell_seconds=spec.limits.notebook_seconds))
        self._lock = threading.Lock()
        self._template: Template | None = None
        self.problem = ""
        """Why the cells cannot be shared, in French; "" when they can."""

    def is_ready(self) -> bool:
        """Run the shared cells, the first time; tell whether sessions can start after them."""
        with self._lock:
            if self._template is None and self.cells and not self.problem:
                try:
                    self._template = self._zygote.template(self.cells, self._spec)
                except SandboxFailed as error:
                    self.problem = str(error)
            return self._template is not None

    def results(self) -> list[CellResult]:
        """Return what the shared cells showed."""
        return self._template.results if self._template else []

    def session(self, spec: Spec, shared: bool) -> Session:
        """Return a session that has run the shared cells, or none. Raises SandboxFailed."""
        if shared and self._template is not None:
            return self._template.session(spec)
        return self._zygote.session(spec)

    def revive(self) -> None:
        """Forget the shared state when its process is gone: the next session will make it anew."""
        with self._lock:
            if self._template is not None and not answers(self._template):
                self._template.close()
                self._template = None

    def close(self) -> None:
        """End the process that has run the shared cells."""
        if self._template is not None:
            self._template.close()
            self._template = None


def answers(point: Zygote | Template) -> bool:
    """Whether a process still gives sessions."""
    try:
        point.session().close()
    except SandboxFailed:
        return False
    return True
