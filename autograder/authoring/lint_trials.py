"""What `campus check` says of trials.yml beyond its schema: each answer by form could have come from the form."""

from collections.abc import Iterator

from autograder.authoring.lint_answers import impossible
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import Module
from autograder.modules.trials import read_trials


def findings(module: Module) -> list[Finding]:
    """Return all that is to mend in the trials of a module; the build does not read them, and so does not wait for it."""
    try:
        return list(_unsent(module))
    except ModuleError as error:
        return error.findings


def _unsent(module: Module) -> Iterator[Finding]:
    """Yield the answers that no form can have sent."""
    document = read_trials(module)
    for number, one in enumerate(document.data["rounds"] if document else []):
        for key, answers in one["answers"].items():
            for sort, attempts in answers.items():
                for index, attempt in enumerate(attempts):
                    for message in (
                        impossible(module.exercises[key], attempt["form"]) if "form" in attempt else ()
                    ):
                        place = ("rounds", number, "answers", key, sort, index)
                        assert document is not None
                        yield document.finding(f"exercice « {key} » : cette réponse {message}", *place)
