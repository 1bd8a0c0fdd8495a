"""One submission executed by papermill in a folder of its own, and what its check cells said."""

import json
import os
import tempfile
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from autograder import paths
from autograder.contract.names import ANSWERS, EXERCISES, PRIVATE_VARIABLE, exercise_of, name_of, role_of
from autograder.data import texts
from autograder.kernels import CONFINED, HOME
from autograder.kernels.warm import can_confine


@dataclass(frozen=True)
class Task:
    """A notebook to execute. `private` is the clear table: given, it is graded; None, it is a learner's."""

    module: str
    variant: str
    notebook: str
    exercises: str
    answers: Mapping[str, Any]
    private: Path | None
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """What a check cell printed: its points, and its HTML."""

    points: float
    html: str


@dataclass(frozen=True)
class Ran:
    """A notebook executed. `error` is the first exception that a learner would have met, or None."""

    module: str
    variant: str
    checks: Mapping[str, Said]
    error: str | None
    seconds: float
    confined: bool
    """True when the notebook could reach no network, and no file except its own."""


def execute(task: Task) -> Ran:
    """Execute a notebook with papermill. Several threads may, where kernels are confined; else it changes this process's variables."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    confined = can_confine()
    if not confined:
        _set_environment(task)
    start, error = time.monotonic(), None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"{task.module}.ipynb"
        path.write_text(task.notebook, encoding="utf-8")
        (folder / EXERCISES).write_text(task.exercises, encoding="utf-8")
        if task.answers["answers"]:
            (folder / ANSWERS).write_text(json.dumps(task.answers), encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                papermill.execute_notebook(
                    path,
                    path,
                    parameters=dict(task.parameters),
                    resources={
                        "metadata": {"path": str(folder)}
                    },  # `cwd` would change that of this whole process
                    kernel_name=CONFINED if confined else HOME,
                    progress_bar=False,
                    log_output=False,
                    request_save_on_cell_execute=False,  # written once: before and after each cell costs more than most
                    execution_timeout=120,
                    start_timeout=120,
                    iopub_timeout=60,  # four seconds are not enough on a busy machine: papermill would then raise
                    # It warns of its ports, in English, each time.
                    extra_arguments=["--IPKernelApp.log_level=ERROR"],
                    shutdown_kernel="immediate",
                    config=_config(task),
                )
            except PapermillExecutionError as raised:
                error = f"{raised.ename} : {raised.evalue} (cellule {raised.cell_index})"
            except Exception as raised:
                error = f"{type(raised).__name__} : {raised}"
            notebook = nbformat.read(path, as_version=4)
    return Ran(task.module, task.variant, _said(notebook), error, time.monotonic() - start, confined)


def _config(task: Task) -> Config:
    """What a confined kernel may read, as Jupyter's configuration; and a client that does not dawdle."""
    readable = [paths.datasets(), *texts.archives()]
    environment = {"CAMPUS_DATASETS": str(paths.datasets()), "CAMPUS_CACHE": str(paths.cache())}
    if task.private is not None:
        readable.append(task.private)
        environment[PRIVATE_VARIABLE] = str(task.private.parent)
    provisioner = {"readable": list(map(str, readable)), "environment": environment}
    client = "autograder.kernels.client.ReadyClient"
    return Config({"WarmProvisioner": provisioner, "AsyncKernelManager": {"client_class": client}})


def _set_environment(task: Task) -> None:
    """Give a kernel that inherits our variables what a confined one is given."""
    os.environ.pop(PRIVATE_VARIABLE, None)
    if task.private is not None:
        os.environ[PRIVATE_VARIABLE] = str(task.private.parent)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's notice would reach standard error


def _said(notebook: nbformat.NotebookNode) -> dict[str, Said]:
    found = {}
    for cell in notebook.cells:
        name = name_of(cell)
        for output in cell.get("outputs", []):
            if role_of(name) == "check" and output.output_type == "execute_result":
                data = output.data
                found[exercise_of(name)] = Said(float(data["text/plain"]), data.get("text/html", ""))
    return found
