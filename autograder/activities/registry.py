"""The activities, one line each: the only place that knows them by name. None is imported before a form or a table asks for it."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from autograder.contract.activity import Activity
from autograder.contract.forms import Form

ACTIVITIES: dict[str, tuple[str, ...]] = {
    "casefile": (),
    "committee": (),
    "estimator": (),
    "explorer": ("explore",),
    "generalise": (),
    "generator": (),
    "inbox": (),
    "incident": (),
    "passages": (),
    "repair": (),
    "restore": (),
    "rule": (),
}
"""name -> the functions of `autograder.notebook` that open it. The name is that of the folder, of the widget and of the kind."""


class UnknownActivity(LookupError):
    """A name that is not one of ours: nothing is imported for it."""


def load(name: str) -> Activity:
    """Return an activity, imported now if it is not yet. Raises UnknownActivity: the name may come from a learner's file."""
    activity: Activity = import_module(module_of(name)).ACTIVITY
    return activity


def module_of(name: str) -> str:
    """Return the Python module that holds an activity. Raises UnknownActivity."""
    if name not in ACTIVITIES:
        raise UnknownActivity(name)
    return f"autograder.activities.{name}.activity"


def folder_of(name: str) -> Path:
    """Return the folder of an activity."""
    return Path(__file__).parent / name


def named_by(form: Form) -> list[str]:
    """Return the names of the activities of a form: that of its widget, and those that come beside."""
    return [name for name in ACTIVITIES if name == form.get("widget") or name in form]


def of_form(form: Form) -> Iterator[Activity]:
    """Yield the activities of a form, imported."""
    return map(load, named_by(form))


def ordinary(form: Form) -> Form:
    """Return the ordinary form that takes the same answers: that of an activity which only draws them otherwise, else the form itself."""
    widget = form.get("widget")
    activity = load(widget) if widget in ACTIVITIES else None
    return activity.ordinary(form) if activity and activity.ordinary else form


def parts(form: Form) -> dict[str, str]:
    """Return the names of the parts of an answer that the activities of a form give."""
    return {facet: name for activity in of_form(form) for facet, name in activity.parts(form).items()}


def owner(form: Form, answer: object) -> Activity | None:
    """Return the activity of the form that an answer belongs to; None for an answer of an ordinary widget."""
    return next((one for one in of_form(form) if one.owns(answer)), None)


def judged(form: Form, answer: object) -> object:
    """Return what is judged of a saved answer: an activity may first draw it from what was kept."""
    activity = owner(form, answer)
    return activity.judged(form, answer) if activity else answer


def mentioned(code: str) -> set[str]:
    """Return the activities that a text of Python uses by itself. Too many rather than too few: nothing is parsed."""
    words = set(re.findall(r"\w+", code))
    imported = set(ACTIVITIES) & words if "activities" in words else set()
    called = set(re.findall(r"(\w+)(?:\s*\(| as )", code))
    return imported | {name for name, functions in ACTIVITIES.items() if called & set(functions)}
