"""The step of `Autograde.autograde_preprocessors` that runs a rebuilt submission: by the engine, isolated."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets import Bool, Enum

from autograder.grading.engine import open_engines
from autograder.grading.engine.engine import Copy
from autograder.grading.kernel import KernelExecute
from autograder.sandbox import Limits


class GradingExecute(KernelExecute):
    """Runs the learner's code and the checks in two confined processes. Fails closed: unprotected, nothing is graded.

    `timeout` is for each of the learner's cells, `notebook_timeout` for all of them.
    """

    engine = Enum(
        ["sandbox", "kernel"],
        "sandbox",
        help="`kernel` runs learners' code as nbgrader does, within reach of the truth and of the gradebook: UNSAFE.",
    ).tag(config=True)
    unsafe_no_sandbox = Bool(
        False, help="Use the engine where the system cannot confine learners' code: UNSAFE."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if self.engine == "kernel":
            result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources, km)
            return result
        names = resources["nbgrader"]
        engine = open_engines.engine(
            Path(self.course),
            names["assignment"],
            names["notebook"],
            unsafe=self.unsafe_no_sandbox,
            limits=Limits(
                cell_seconds=self.timeout or self.notebook_timeout, notebook_seconds=self.notebook_timeout
            ),
        )
        graded = engine.grade(Copy(nb, Path(resources["metadata"]["path"])))
        for flag in graded.flags:
            self.log.warning("%s : %s", names["student"], flag)
        return graded.notebook, resources
