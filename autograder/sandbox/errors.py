"""The failures of the sandbox itself. Messages are in French: they reach the instructor."""

FAILED = "L’exécution protégée n’a pas pu commencer ({detail}) : rien n’a été exécuté."


class SandboxError(Exception):
    """Any failure of the sandbox; nothing ran unprotected."""


class SandboxRefused(SandboxError):
    """This machine cannot protect a run well enough; nothing was run."""


class SandboxFailed(SandboxError):
    """The warm process or a child could not be set up; the run did not start."""


class CellStopped(SandboxFailed):
    """A cell to share raised, or was cut off: the cells after it cannot be shared."""


class CallFailed(SandboxError):
    """A trusted function called in a child failed, took too long, or returned too much."""
