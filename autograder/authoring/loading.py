"""Which datasets a module reads, from its text alone: nothing is executed."""

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.activities import registry
from autograder.modules.model import Module

READERS = {"load", "load_texts"}

Place = tuple[Path, int]


def loaded(module: Module) -> Iterator[tuple[str, Place]]:
    """Yield each dataset that the code or an activity reads, with its file and line; "" for a name only known when run."""
    for cell in module.cells:
        if cell.kind == "code":
            for name, line in _calls(cell.source):
                yield name, (module.folder / "notebook.md", cell.line + line - 1)
    for key, exercise in module.exercises.items():
        for part in ("alternatives", "mistakes"):
            for index, attempt in enumerate(getattr(exercise, part)):
                for name, _ in _calls(attempt.code or ""):
                    yield name, (module.answers.path, module.answers.line(key, part, index))
        for activity in registry.of_form(exercise.form):
            for place, dataset in activity.datasets(exercise.form).items():
                line = module.answers.line(key, "form", *place)
                yield _without_vintage(dataset), (module.answers.path, line)


def _calls(source: str) -> Iterator[tuple[str, int]]:
    """Yield the dataset and the line of each call of a reader; one unknown for a code that cannot be read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # told when the cell is executed
        yield "", 1
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
            first = node.args[0] if node.args else None
            known = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield str(first.value) if known and isinstance(first, ast.Constant) else "", node.lineno


def _without_vintage(dataset: str) -> str:
    name, _, vintage = dataset.rpartition("-")
    return name if vintage.isdecimal() else dataset
