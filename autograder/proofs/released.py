"""What a learner gets of a source notebook, by nbgrader's own steps and our configuration, without its database."""

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

STEPS = (LockCells, ClearSolutions, ClearOutput, ClearHiddenTests, ClearMarkScheme, ComputeChecksums)


def released(source: Path, config: Config) -> NotebookNode:
    """Return the released form of a source notebook; `config` is that of the course."""
    notebook = nbformat.read(source, as_version=nbformat.NO_CONVERT)
    resources = ResourcesDict()
    for step in STEPS:
        notebook, resources = step(config=config).preprocess(notebook, resources)
    return notebook
