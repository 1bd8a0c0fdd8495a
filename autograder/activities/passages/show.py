"""What the page draws, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.passages.document import html, inline
from autograder.activities.passages.form import PassagesForm
from autograder.contract.forms import Value

MARKED = Markup('<span data-passage="{}">{}</span>')
CHOSEN = Markup("<mark>{}</mark> <strong>[{}]</strong>")
FRAMED = Markup(
    '<div style="border: 1px solid #6b6b6b; border-radius: 4px; padding: 0.25em 1em; overflow-wrap: anywhere">{}</div>'
)


def described(form: PassagesForm) -> Mapping[str, Any]:
    """Return what the page needs: the document, whose passages are elements with their keys, and the labels."""
    return {
        "pick": form["pick"],
        "document": str(html(form["document"], MARKED.format)),
        "labels": [[key, str(inline(text))] for key, text in form.get("labels", {}).items()],
    }


def static(form: PassagesForm, value: Value) -> str:
    """Return the document, where what was chosen is told in words."""

    def draw(key: str, words: Markup) -> Markup:
        said = _said(form, value, key)
        return CHOSEN.format(words, said) if said else words

    return str(FRAMED.format(html(form["document"], draw)))


def _said(form: PassagesForm, value: Value, key: str) -> str:
    """Return what the answer says of a passage, "" when it leaves it."""
    if isinstance(value, Mapping):
        return inline(form.get("labels", {})[value[key]]) if key in value else ""
    return "choisi" if key == value or (isinstance(value, list) and key in value) else ""
