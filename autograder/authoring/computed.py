"""What a form has to compute from the notebook's variables: `{compute: expression}`, done and looked at."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from autograder.activities import registry
from autograder.authoring.running import Raised
from autograder.authoring.values import plain
from autograder.contract.activity import Fault
from autograder.modules.model import COMPUTE, ExerciseSpec, is_computed


def with_values(spec: ExerciseSpec, namespace: Mapping[str, Any]) -> ExerciseSpec:
    """Return an exercise with its computed values in place of their expressions; Raised where one cannot be."""

    def known(value: Any) -> Any:
        if not is_computed(value):
            return value
        try:
            return plain(_compute(value[COMPUTE], namespace))
        except SystemExit:
            return Raised(ValueError("elle quitte Python"))
        except Exception as error:
            return Raised(error)

    return replace(
        spec,
        form={key: known(value) for key, value in spec.form.items()},
        alternatives=tuple(replace(one, form=known(one.form)) for one in spec.alternatives),
        mistakes=tuple(replace(one, form=known(one.form)) for one in spec.mistakes),
    )


def faults(written: ExerciseSpec, spec: ExerciseSpec, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong in a form once it is computed; `written` has its expressions. The solution is told of elsewhere."""
    computed = [key for key, value in written.form.items() if is_computed(value) and key != "solution"]
    stopped = [key for key in computed if isinstance(spec.form[key], Raised)]
    for key in stopped:
        yield (key,), f"« {key} » ne se calcule pas ({spec.form[key].error})."
    if computed and not stopped:
        for activity in registry.of_form(spec.form):
            yield from activity.faults(spec.form, exercises)


def _compute(expression: str, namespace: Mapping[str, Any]) -> Any:
    """Return the value of `expression`, or of `package.module:expression`, which knows the names of that module too."""
    module, colon, rest = expression.partition(":")
    if colon and all(part.isidentifier() for part in module.split(".")):
        return eval(rest, {**namespace, **vars(import_module(module))})
    return eval(expression, dict(namespace))
