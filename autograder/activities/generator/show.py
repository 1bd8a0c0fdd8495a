"""What the page draws of a model, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.generator import words
from autograder.activities.generator.form import UNIT, GeneratorForm
from autograder.activities.generator.outcome import DRAWN, FIRST, Outcome, outcome
from autograder.activities.generator.settings import first, setting_of
from autograder.contract.forms import UnreadableAnswer
from autograder.french.numbers import NO_BREAK, number, short
from autograder.html import joined, listed

SHOWN = 18
"""Names that are read, of all those that are counted."""
MOST_DRAWS = 1000


def described(form: GeneratorForm) -> Mapping[str, Any]:
    """Return what the page needs: the cursors, and the goal. Nothing is trained before a learner asks."""
    return {
        "orders": [[value, words.order(value)] for value in form["orders"]],
        "temperatures": [[value, words.temperature(value)] for value in form["temperatures"]],
        "goal": words.goal(form),
        "count": number(DRAWN),
        "unit": UNIT,
    }


def drawn(form: GeneratorForm, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a setting of the page gives, at the draw that it names."""
    try:
        setting = setting_of(form, message.get("value"))
    except UnreadableAnswer:
        setting = first(form)
    asked = message.get("draw")
    known = isinstance(asked, int) and not isinstance(asked, bool) and FIRST <= asked <= MOST_DRAWS
    got = outcome(form, setting, int(asked) if known and asked else FIRST)
    return {"drawn": _drawn(form, got), "said": words.status(form, got)}


def static(form: GeneratorForm, value: Any) -> str:
    """Return the share read, or the setting in words with what it gives."""
    if "reach" not in form:
        return str(Markup("<p>{}{}{}</p>").format(short(value), NO_BREAK, UNIT))
    setting = setting_of(form, value)
    return listed(words.setting(setting)) + _drawn(form, outcome(form, setting))


def _drawn(form: GeneratorForm, got: Outcome) -> Markup:
    """Return what training gave, the figures, then some names, each with what it is."""
    figures = joined(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in words.figures(form, got))
    return Markup(
        '<p class="training">{training}</p><dl class="figures">{figures}</dl><p>Les {shown} premiers noms tirés</p>{names}'
    ).format(
        training=words.training(got),
        figures=figures,
        shown=SHOWN,
        names=listed(_name(name, name in got.real) for name in got.names[:SHOWN]),
    )


def _name(name: str, exists: bool) -> Markup:
    return Markup('<span class="{}">{}</span> <em>{}</em>').format(
        "real" if exists else "new", name, words.EXISTS if exists else words.INVENTED
    )
