"""Run untrusted notebook cells in forked, confined children of a warm interpreter. Knows nothing of courses.

`Zygote` starts the warm parent. `Zygote.session(spec)` returns a child to drive cell by cell. `Template(zygote, cells, spec)` runs
shared cells once, and submissions are forked from there. This file imports little: the warm parent starts from it.
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
