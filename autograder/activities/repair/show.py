"""What the page draws of a chart to repair, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.repair import idle
from autograder.activities.repair.form import LABELS, TEXTS, RepairForm, options
from autograder.activities.repair.picture import draw
from autograder.activities.repair.settings import Chart, chart, read, start
from autograder.activities.repair.words import DIGITS, alternative
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.french.numbers import short
from autograder.html import cell, heading, listed, table


def described(form: RepairForm) -> Mapping[str, Any]:
    """Return what the page needs: the settings in the order of the page, and how the chart is found."""
    return {
        "settings": [
            {
                "name": name,
                "label": label,
                "start": form["settings"][name]["start"],
                "options": list(options(form, name).items()),
                "long": name in TEXTS,
                "idle": idle.rules(form).get(name),
            }
            for name, label in LABELS.items()
            if name in form["settings"]
        ],
        "drawn": _drawn(chart(form, start(form))),
    }


def drawn(form: RepairForm, message: Mapping[str, Any]) -> str:
    """Return the HTML of the chart that the page's settings give; as it was found when they cannot be read."""
    try:
        chosen: Any = read(form, message.get("value") or {})
    except UnreadableAnswer:
        chosen = start(form)
    return _drawn(chart(form, chosen))


def static(form: RepairForm, value: Value) -> str:
    """Return the settings in words, and the chart that they give."""
    chosen: Any = value
    without = idle.idle(form, chosen)
    said = listed(
        f"{LABELS[name]}\u00a0: {options(form, name)[chosen[name]]}"
        + (f" ({without[name]})" if name in without else "")
        for name in LABELS
        if name in chosen
    )
    return said + _drawn(chart(form, chosen))


def _drawn(one: Chart) -> Markup:
    """Return a chart with its table beside."""
    heads = [heading(name) for name in ("", *one.series)]
    lines = [
        [heading(name, "row"), *(cell(short(values[place], DIGITS)) for values in one.series.values())]
        for place, name in enumerate(one.names)
    ]
    return Markup(
        "{}<details><summary>Les valeurs, et ce que montre le graphique</summary><p>{}</p>{}</details>"
    ).format(draw(one, alternative(one)), alternative(one), table("Valeurs du graphique", heads, lines))
