"""Run a rebuilt submission: the truth for its kernel alone, and limits on what learners' code costs."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets import Dict, Integer, Unicode

from autograder.checks.exercises import ExercisesError
from autograder.grading.errors import GradingError

CHECK = re.compile(r"""^check\(["'][^"']+["']\)$""")
WIDGET = "application/vnd.jupyter.widget-view+json"
TOO_LONG = "Cette cellule n’a pas fini dans le temps prévu : elle contient peut-être une boucle sans fin."
NO_TIME = "Cellule non exécutée : le carnet a dépassé le temps prévu."
DEAD = "Cellule non exécutée : le programme s’est arrêté brutalement dans une cellule précédente."
NO_VERDICT = "Ce contrôle n’a pas rendu de résultat : il ne rapporte aucun point."


class GradingExecute(Execute):  # type: ignore[misc]
    """nbgrader's executor, with `CAMPUS_PRIVATE` in its kernel's environment and nowhere else.

    `timeout` is for the learner's cells: locked ones, which are ours, may take all the time of the
    notebook, since a busy machine must not cost points. Earlier points survive: after a dead kernel,
    or past `notebook_timeout`, the remaining cells get an error (no points) and the copy is graded.
    """

    private = Unicode(help="Folder of the private truths, `<module>.json`.").tag(config=True)
    notebook_timeout = Integer(300, help="Seconds for a whole notebook.").tag(config=True)
    error_on_timeout = Dict({"ename": "TempsDépassé", "evalue": TOO_LONG, "traceback": [TOO_LONG]}).tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        truth = Path(self.private, f"{resources['nbgrader']['assignment']}.json")
        if any(_is_our_check(cell) for cell in nb.cells) and not truth.is_file():
            raise GradingError(
                f"Le barème du module manque ({truth}) : aucune copie ne peut être corrigée. "
                "Lancez « campus build », puis corrigez de nouveau."
            )
        self._lost = ""
        self._started = time.monotonic()
        self.timeout_func = self._seconds
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources, km)
        return result

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        env = {**os.environ, "CAMPUS_PRIVATE": self.private}
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
            cell.outputs = [_error(self._lost)]
        elif _is_our_check(cell):
            self._run_check(cell, resources, index)
        else:
            self._run(cell, resources, index)
        _defuse(cell.outputs)
        return cell, resources

    def _seconds(self, cell: NotebookNode) -> int:
        return self.notebook_timeout if is_locked(cell) and not _is_our_check(cell) else self.timeout

    def _run(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        try:
            super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._lost = DEAD
            cell.outputs.append(_error(DEAD))
        except CellTimeoutError:  # its outputs were still coming when the time was up
            cell.outputs.append(_error(TOO_LONG))

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
        if not any(_is_number(output) for output in cell.outputs):
            cell.outputs.append(_error(NO_VERDICT))


def _is_our_check(cell: NotebookNode) -> bool:
    return bool(is_grade(cell) and not is_solution(cell) and CHECK.match(cell.source.strip()))


def _is_number(output: NotebookNode) -> bool:
    if output.output_type != "execute_result":
        return False
    try:
        float(output.data.get("text/plain", ""))
    except ValueError:
        return False
    return True


def _defuse(outputs: list[NotebookNode]) -> None:
    """Drop widgets, which pages without a kernel cannot show, and what outputs say of themselves but for text alternatives.

    nbconvert writes a picture's width without quotes, and reads its file from there: a learner could run a
    script, or load a remote picture, in a grader's page.
    """
    for output in outputs:
        output.get("data", {}).pop(WIDGET, None)
        if "metadata" in output:
            output.metadata = NotebookNode(
                {
                    mime: {"alt": own["alt"]}
                    for mime, own in output.metadata.items()
                    if isinstance(own, dict) and isinstance(own.get("alt"), str)
                }
            )


def _error(message: str) -> NotebookNode:
    output: NotebookNode = new_output("error", ename="Correction", evalue=message, traceback=[message])
    return output
