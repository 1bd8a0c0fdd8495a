"""`campus check`: every finding about every module, without building any; with `fix`, typography mended first."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.authoring import lint_trials, typography
from autograder.authoring.lint import errors_of, warnings_of
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.load import find_folders, load_once


@dataclass
class CheckReport:
    """The findings on one module: errors keep it from being built, warnings and typography do not; `fixed` counts what was mended."""

    id: str
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    typography: list[Finding] = field(default_factory=list)
    fixed: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "errors": [str(f) for f in self.errors],
            "warnings": [str(f) for f in [*self.warnings, *self.typography]],
            "fixed": self.fixed,
        }


def check(names: list[str], fix: bool = False, root: Path | None = None) -> list[CheckReport]:
    """Check modules by id or folder name (all when empty); raise ModuleError only for a name that does not exist."""
    return [_check(folder, fix) for folder in find_folders(names, root)]


def _check(folder: Path, fix: bool) -> CheckReport:
    report = CheckReport(folder.name.split("-")[0], fixed=typography.fix(folder) if fix else 0)
    report.typography = typography.findings(folder)
    try:
        module = load_once(folder)
    except ModuleError as error:
        report.errors = error.findings
    else:
        report.errors = [*errors_of(module), *lint_trials.findings(module)]
        report.warnings = warnings_of(module)
    return report
