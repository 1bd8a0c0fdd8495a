"""What the page draws of a file to generalise, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.generalise import words
from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.outcome import Outcome, outcome
from autograder.activities.generalise.picture import draw
from autograder.activities.generalise.settings import finest, read
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.french.numbers import number
from autograder.html import cell, heading, joined, listed, table


def described(form: GeneraliseForm) -> Mapping[str, Any]:
    """Return what the page needs: the cursors, the rule, and the file as it is found."""
    return {
        "cursors": [
            {"name": name, "label": cursor["label"], "steps": list(cursor["steps"].items())}
            for name, cursor in form["cursors"].items()
        ],
        "goal": words.goal(form),
        "drawn": _drawn(outcome(form, finest(form))),
    }


def tried(form: GeneraliseForm, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the page's cursors give; the file as it was found when they cannot be read."""
    try:
        setting: Any = read(form, message.get("value") or {})
    except UnreadableAnswer:
        setting = finest(form)
    got = outcome(form, setting)
    return {"drawn": _drawn(got), "said": words.status(got)}


def static(form: GeneraliseForm, value: Value) -> str:
    """Return a setting in words, and what it gives."""
    setting: Any = value
    return listed(words.setting(form, setting)) + _drawn(outcome(form, setting))


def _drawn(got: Outcome) -> Markup:
    """Return the figures, the questions, then the histogram with its table."""
    figures = joined(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in words.figures(got))
    return Markup(
        '<dl class="figures{state}">{figures}</dl><div class="asked"><p>Ce que l’on peut encore demander au fichier</p>{questions}</div>{picture}'
        "<details><summary>Les valeurs de ce diagramme</summary>{table}</details>"
    ).format(
        state="" if got.safe else " small",
        figures=figures,
        questions=listed(_question(got, key) for key in got.form["questions"]),
        picture=draw(got),
        table=_table(got),
    )


def _question(got: Outcome, key: str) -> Markup:
    alive = key in got.alive
    return Markup('<span class="{}">{}</span>{} <strong>{}</strong>').format(
        "alive" if alive else "gone",
        got.form["questions"][key]["text"],
        " (demandée)" if key in got.form.get("keep", []) else "",
        words.POSSIBLE if alive else words.LOST,
    )


def _table(got: Outcome) -> Markup:
    heads = [heading("Taille du groupe"), heading(got.form["people"].capitalize())]
    lines = [
        [heading(label, "row"), cell(number(people))]
        for label, (_, people) in zip(words.labels(got.form), got.sizes, strict=True)
    ]
    return table(words.title(got.form), heads, lines)
