"""Errors in an author's files: where, what, and what to do, in French."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One thing to mend in an author's file. `line` counts from 1; 0 when the whole file is meant."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path.parent.name}/{self.path.name}"
        return f"{place}, ligne {self.line} : {self.message}" if self.line else f"{place} : {self.message}"


class ModuleError(Exception):
    """One or more findings that keep a module from being read or built."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings

    def __reduce__(self) -> tuple[type["ModuleError"], tuple[list[Finding]]]:
        """Be sent from one process to another with the findings, not with their text alone."""
        return ModuleError, (self.findings,)
