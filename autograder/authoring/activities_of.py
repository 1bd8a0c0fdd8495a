"""Which activities a module uses: those that its forms name, and those that its cells or its answers call by themselves."""

from collections.abc import Iterator

from autograder.activities import registry
from autograder.modules.model import COMPUTE, Attempt, Mistake, Module, is_computed


def activities_of(module: Module) -> list[str]:
    """Return the names of the activities that a build of the module, or a grade, depends on."""
    forms = {name for exercise in module.exercises.values() for name in registry.named_by(exercise.form)}
    return sorted(forms | registry.mentioned("\n".join(_code(module))))


def _code(module: Module) -> Iterator[str]:
    """Yield all the Python of a module: its cells, the answers written as code, what is computed for a form."""
    yield from (cell.source for cell in module.cells if cell.kind == "code")
    for exercise in module.exercises.values():
        attempts: tuple[Attempt | Mistake, ...] = (*exercise.alternatives, *exercise.mistakes)
        yield from (attempt.code for attempt in attempts if attempt.code is not None)
        values = (*exercise.form.values(), *(attempt.form for attempt in attempts))
        yield from (value[COMPUTE] for value in values if is_computed(value))
