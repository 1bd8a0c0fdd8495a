"""What a form shows where no widget may appear: grading and feedback pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from autograder.activities import registry
from autograder.checks.text import render_inline
from autograder.contract.forms import Form, UnreadableAnswer, Value
from autograder.contract.names import is_grading
from autograder.forms.values import read_value
from autograder.french.numbers import short
from autograder.html import joined, listed

BOX = "border: 1px solid #6b6b6b; border-radius: 4px; padding: 0.75em 1em; max-width: 48em"


def widgets_allowed() -> bool:
    """Tell whether someone can use a widget here: not while a submission is graded."""
    return not is_grading()


@dataclass(frozen=True)
class Notice:
    """A French message shown in place of a form."""

    message: str

    def __repr__(self) -> str:
        return self.message

    def _repr_html_(self) -> str:
        page = Markup('<div lang="fr" role="note" style="{}"><strong>À savoir.</strong> {}</div>')
        return str(page.format(BOX, self.message))


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
        notice = Markup("<p><strong>À savoir.</strong> {}</p>").format(self.notice) if self.notice else ""
        page = Markup(
            '<div lang="fr" style="{box}">{notice}<p>{label}</p>'
            "<p><strong>Réponse par formulaire :</strong> {summary}</p>{details}</div>"
        ).format(
            box=BOX,
            notice=notice,
            label=render_inline(self.form["label"]),
            summary=self._summary(),
            details=self._details(),
        )
        return str(page)

    def _summary(self) -> str:
        return "aucune réponse enregistrée." if self.value is None else "voici la réponse enregistrée."

    def _details(self) -> Markup:
        try:
            value = read_value(self.form, self.value)
        except UnreadableAnswer:
            return Markup("<p>Elle ne correspond pas à ce formulaire : elle n’est pas prise en compte.</p>")
        return Markup("") if value is None else _answer(self.form, value)


def _answer(form: Form, value: Value) -> Markup:
    """Return the HTML of a readable answer, in the words of the form."""
    if activity := registry.owner(form, value):
        return Markup(activity.static(form, value))
    if form["widget"] == "log":
        return listed(_logged(form, item, value) for item in form["items"])
    if isinstance(value, Mapping):
        items, options = form["items"], form["options"]
        pairs = ((_label(items, item), _label(options, key)) for item, key in value.items())
        return listed(joined(pair, " → ") for pair in pairs)
    if isinstance(value, list):
        tag = "ol" if form["widget"] == "order" else "ul"
        return listed((_label(form["options"], key) for key in value), tag)
    if isinstance(value, str):
        if form["widget"] == "choice":
            return listed([_label(form["options"], value)])
        return Markup('<p style="white-space: pre-wrap">{}</p>').format(value)
    return Markup("<p>{} {}</p>").format(short(value or 0), form.get("unit") or "")


def _logged(form: Form, item: str, value: Any) -> Markup:
    """Return one line of a log of corrections."""
    said = [
        Markup("{} : {}").format(
            render_inline(field["label"]),
            _label(field["options"], text) if "options" in field else Markup("<code>{}</code>").format(text),
        )
        for name, field in form["fields"].items()
        if (text := value.get(f"{item}.{name}"))
    ]
    return Markup("{} → {}").format(_label(form["items"], item), joined(said, " ; ") or "rien")


def _label(texts: Mapping[object, str], key: str) -> Markup:
    return render_inline(next(text for name, text in texts.items() if str(name) == key))
