"""The answers of `trials.yml` as a reviewer reads them: what people answered, and what the tables say of it.

Answers by code are listed only: they are executed, confined, by `campus run`.
"""

from dataclasses import dataclass
from typing import Any

from autograder.activities import registry
from autograder.authoring import questions
from autograder.authoring.derive import Derived
from autograder.checks.exercises import landmarks
from autograder.checks.judge import judge
from autograder.contract.kinds import Unreadable
from autograder.modules.errors import ModuleError
from autograder.modules.model import Module
from autograder.modules.trials import Trial, load_trials

BY_RUN = "jugée par « campus run »"
RIGHT = "acceptée"


@dataclass(frozen=True)
class ShownTrial:
    """An answer of a round: the code, or the value of the form, and what a learner would be told. `odd`: not as its writer meant."""

    number: int
    trial: Trial
    said: str
    odd: bool


def shown_trials(module: Module, key: str, one: Derived) -> list[ShownTrial]:
    """Return the trials of an exercise; none when the file cannot be read, which `campus check` tells."""
    try:
        rounds = load_trials(module)
    except ModuleError:
        return []
    return [
        _shown(written.number, trial, one)
        for written in rounds
        for trial in written.trials
        if trial.exercise == key
    ]


def _shown(number: int, trial: Trial, one: Derived) -> ShownTrial:
    if trial.attempt.code is not None:
        return ShownTrial(number, trial, BY_RUN, odd=False)
    is_right, said = _said(trial.attempt.form, one)
    return ShownTrial(number, trial, said, odd=is_right != trial.right)


def _said(value: Any, one: Derived) -> tuple[bool, str]:
    verdict = judge(
        _read(value, one.spec.form),
        questions.whole_spec(one.spec, "form"),
        one.tables["form"],
        one.spec.points,
        one.spec.otherwise,
        "form",
        landmarks(one.spec.form, one.numbers),
    )
    if verdict.state == "right":
        return True, RIGHT
    return False, " ".join(verdict.messages)


def _read(value: Any, form: Any) -> Any:
    """Return what is judged of an answer, once its form has read it."""
    from autograder.forms.values import entered  # the widgets come with it

    kept = entered(form, value)
    return kept if isinstance(kept, Unreadable) else registry.judged(form, kept)
