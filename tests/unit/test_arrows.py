"""Who may import whom (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
FORBIDDEN = {
    "assistant": {
        "build",
        "grading",
        "run",
        "lab",
        "modules",
        "checks",
        "cli",
        "kernels",
        "progress",
        "sandbox",
    },
    "checks": {"assistant", "build", "grading", "run", "lab", "modules", "forms", "cli"},
    "data": {"assistant", "build", "grading", "run", "lab", "modules", "forms", "checks"},
    "forms": {"assistant", "build", "grading", "run", "lab", "modules", "data", "cli"},
    "modules": {"build", "grading", "run", "lab", "forms", "cli"},
    "build": {"grading", "run", "sharing", "lab", "cli"},
    "run": {"grading", "lab", "forms", "cli"},
    "lab": {"build", "grading", "run", "checks", "cli"},
    "kernels": {
        *("build", "checks", "cli", "data", "forms", "french", "grading", "lab", "modules", "notebook"),
        *("paths", "progress", "run", "show", "simulations"),
    },
    "simulations": {
        *(
            "build",
            "checks",
            "cli",
            "data",
            "forms",
            "french",
            "grading",
            "kernels",
            "lab",
            "modules",
            "notebook",
        ),
        *("paths", "progress", "run", "sandbox"),
    },
    "grading": {"run", "lab", "cli"},
    "sandbox": {
        *("build", "checks", "cli", "data", "forms", "french", "grading", "lab", "modules", "notebook"),
        *("kernels", "paths", "progress", "run", "sharing", "show", "simulations"),
    },
    "sharing": {
        *("assistant", "build", "checks", "cli", "data", "forms", "french", "grading", "kernels", "lab"),
        *("modules", "notebook", "paths", "progress", "run", "show", "simulations"),
    },
    "progress": {
        *("build", "checks", "cli", "data", "forms", "french", "grading", "lab", "modules", "notebook"),
        *("kernels", "paths", "run", "sandbox", "sharing", "show", "simulations"),
    },
    "notebook.py": {"build", "grading", "run", "lab", "modules", "cli"},
    "show.py": {"build", "grading", "run", "lab", "modules", "cli"},
}


def imports(path):
    """Yield the parts of this package that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name.split(".")[1] for name in names if name.startswith("autograder."))


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_only_what_it_may(part):
    place = PACKAGE / part
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert files
    assert {(file.name, name) for file in files for name in imports(file) if name in FORBIDDEN[part]} == set()
