"""Run untrusted notebook cells in forked, confined children of a warm interpreter. Knows nothing of courses.

`Zygote` starts the warm parent; `Zygote.run(cells, spec)` yields one `CellResult` per cell;
`Zygote.session(spec)` gives a child to drive step by step; `Zygote.template(cells, spec)` runs shared
cells once, and forks submissions from there. This package imports little: the warm parent starts from it.
"""

from autograder.sandbox.client import Template, Zygote
from autograder.sandbox.errors import CallFailed, CellStopped, SandboxError, SandboxFailed, SandboxRefused
from autograder.sandbox.results import CellResult, Flag
from autograder.sandbox.session import Session
from autograder.sandbox.spec import Limits, Spec

__all__ = [
    "CallFailed",
    "CellResult",
    "CellStopped",
    "Flag",
    "Limits",
    "SandboxError",
    "SandboxFailed",
    "SandboxRefused",
    "Session",
    "Spec",
    "Template",
    "Zygote",
]
