"""What a form shows where no widget may appear: grading and feedback pages."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from autograder.checks.explorer import BadStep, explore, is_state, tables_of
from autograder.checks.text import render_inline
from autograder.forms.values import Form, UnreadableAnswer, Value, french_number, read_value
from autograder.simulations.committee.game import read_game
from autograder.simulations.committee.report import summary
from autograder.simulations.inbox import report
from autograder.simulations.inbox.box import read_box

BOX = "border: 1px solid #6b6b6b; border-radius: 4px; padding: 0.75em 1em; max-width: 48em"


def widgets_allowed() -> bool:
    """Tell whether someone can use a widget here: not while a submission is graded."""
    return not (os.environ.get("CAMPUS_PRIVATE") or os.environ.get("NBGRADER_EXECUTION"))


@dataclass(frozen=True)
class Notice:
    """A French message shown in place of a form."""

    message: str

    def __repr__(self) -> str:
        return self.message

    def _repr_html_(self) -> str:
        message = escape(self.message)
        return f'<div lang="fr" role="note" style="{BOX}"><strong>À savoir.</strong> {message}</div>'


@dataclass(frozen=True)
class StaticForm:
    """A form and the answer saved for it, as plain HTML without any script."""

    title: str
    form: Form
    value: object
    notice: str | None = None

    def __repr__(self) -> str:
        return f"Formulaire « {self.title} » : {self._summary()}"

    def _repr_html_(self) -> str:
        notice = f"<p><strong>À savoir.</strong> {escape(self.notice)}</p>" if self.notice else ""
        return (
            f'<div lang="fr" style="{BOX}">{notice}'
            f"<p>{render_inline(self.form['label'])}</p>"
            f"<p><strong>Réponse par formulaire :</strong> {self._summary()}</p>{self._details()}</div>"
        )

    def _summary(self) -> str:
        return "aucune réponse enregistrée." if self.value is None else "voici la réponse enregistrée."

    def _details(self) -> str:
        try:
            value = read_value(self.form, self.value)
        except UnreadableAnswer:
            return "<p>Elle ne correspond pas à ce formulaire : elle n’est pas prise en compte.</p>"
        return "" if value is None else _answer(self.form, value)


def _answer(form: Form, value: Value) -> str:
    """Return the HTML of a readable answer, in the words of the form."""
    if form["widget"] == "committee":
        return summary(read_game(value, form["seed"]), form["round"])
    if form["widget"] == "inbox":
        return report.summary(read_box(value))
    if is_state(value):
        return _list("ol", [escape(text) for text in _texts(form, value)])
    if form["widget"] == "log":
        return _list("ul", [_logged(form, item, value) for item in form["items"]])
    if isinstance(value, Mapping):
        items, options = form["items"], form["options"]
        return _list("ul", [f"{_label(items, item)} → {_label(options, key)}" for item, key in value.items()])
    if isinstance(value, list):
        tag = "ol" if form["widget"] == "order" else "ul"
        return _list(tag, [_label(form["options"], key) for key in value])
    if isinstance(value, str):
        if form["widget"] == "choice":
            return _list("ul", [_label(form["options"], value)])
        return f'<p style="white-space: pre-wrap">{escape(value)}</p>'
    return f"<p>{french_number(value or 0)} {escape(form.get('unit') or '')}</p>"


def _logged(form: Form, item: str, value: Any) -> str:
    """Return one line of a log of corrections."""
    said = [
        f"{render_inline(field['label'])} : "
        + (_label(field["options"], text) if "options" in field else f"<code>{escape(text)}</code>")
        for name, field in form["fields"].items()
        if (text := value.get(f"{item}.{name}"))
    ]
    return f"{_label(form['items'], item)} → {' ; '.join(said) or 'rien'}"


def _texts(form: Form, value: Any) -> list[str]:
    """Return the steps of an exploration in words."""
    try:
        found = explore(value["steps"], tables_of(form["explorer"]), form["explorer"]["start"])
    except BadStep as error:
        return [str(error)]
    return [*found.texts, *([] if found.value is None else [f"Résultat : {french_number(found.value)}"])]


def _label(texts: Mapping[object, str], key: str) -> str:
    return render_inline(next(text for name, text in texts.items() if str(name) == key))


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
