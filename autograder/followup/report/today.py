"""What waits for the instructor today: copies, readings, people to see, and what they may take again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.followup.report.people import NotReached, Standing, passes
from autograder.followup.report.rows import ModuleRows
from autograder.followup.report.words import ModuleWords


@dataclass(frozen=True)
class ToSee:
    """A person to see about an exercise of a module."""

    learner: str
    module: str
    about: NotReached


@dataclass(frozen=True)
class Today:
    """`to_see`: who is stuck. `to_take_again`: by module, the people whom it would help, a prerequisite before what needs it."""

    modules: Sequence[ModuleRows]
    to_see: Sequence[ToSee]
    to_take_again: Mapping[str, Sequence[str]]


def today(
    modules: Sequence[ModuleRows],
    standings: Mapping[str, Sequence[Standing]],
    words: Mapping[str, ModuleWords],
) -> Today:
    """Return what waits, in the order of the modules."""
    to_see = [
        ToSee(one.learner, module, about)
        for module, found in standings.items()
        for one in found
        for about in one.stuck
    ]
    failed = {
        (one.learner, module)
        for module, found in standings.items()
        for one in found
        if not passes(one.share, words[module])
    }
    again: dict[str, list[str]] = {}
    for learner, module in sorted(failed):
        first = next((one for one in _before(module, words) if (learner, one) in failed), module)
        if learner not in again.setdefault(first, []):
            again[first].append(learner)
    return Today(modules, to_see, {module: again[module] for module in words if module in again})


def _before(module: str, words: Mapping[str, ModuleWords]) -> list[str]:
    """Return the modules that a module asks for, under the names of the gradebook."""
    asked = words[module].prerequisites
    return [name for name in words if name.split("-")[0] in asked]
