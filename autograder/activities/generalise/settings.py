"""Where the cursors stand, as an answer holds them. What is read here may have been written by anybody."""

from collections.abc import Iterator, Mapping

from autograder.activities.generalise.form import GeneraliseForm, Row
from autograder.contract.forms import UnreadableAnswer, Value

Setting = Mapping[str, str]


def read(form: GeneraliseForm, raw: object) -> Value:
    """Return the step of every cursor; those left out stand at their finest. Raises UnreadableAnswer."""
    if not isinstance(raw, Mapping):
        raise UnreadableAnswer("Réglez les curseurs affichés.")
    for name, step in raw.items():
        if not isinstance(name, str) or name not in form["cursors"]:
            raise UnreadableAnswer("Il n’y a pas de curseur de ce nom.")
        if not isinstance(step, str) or step not in form["cursors"][name]["steps"]:
            raise UnreadableAnswer("Choisissez un des crans proposés.")
    return {**finest(form), **raw}


def finest(form: GeneraliseForm) -> dict[str, str]:
    """Return the setting that keeps everything."""
    return {name: next(iter(cursor["steps"])) for name, cursor in form["cursors"].items()}


def coarsest(form: GeneraliseForm) -> dict[str, str]:
    """Return the setting that keeps the least."""
    return {name: next(reversed(cursor["steps"])) for name, cursor in form["cursors"].items()}


def rank(form: GeneraliseForm, cursor: str, step: str) -> int:
    """Return how far a step is from the finest."""
    return list(form["cursors"][cursor]["steps"]).index(step)


def one_finer(form: GeneraliseForm, setting: Setting) -> Iterator[dict[str, str]]:
    """Yield the settings where one cursor is one step finer."""
    for name, cursor in form["cursors"].items():
        place = rank(form, name, setting[name])
        if place:
            yield {**setting, name: list(cursor["steps"])[place - 1]}


def row(form: GeneraliseForm, setting: Setting) -> Row:
    """Return the counts of a setting."""
    return next(one for one in form["table"] if all(one[name] == step for name, step in setting.items()))
