"""What the page draws of a file, and what is shown where no script runs."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from autograder.activities.casefile.form import DRAWN, Ask, CasefileForm
from autograder.contract.forms import Value
from autograder.french.numbers import number
from autograder.html import listed


@cache
def _markdown() -> MarkdownIt:
    """Nothing in a file leads elsewhere: a link stays as it was typed."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.disable(["link", "image", "autolink", "reference"])


def board(form: CasefileForm, file: str) -> Mapping[str, Any]:
    """Return what is drawn of one file."""
    return {"drawn": file, "html": str(_html(form, file))}


def described(form: CasefileForm) -> Mapping[str, Any]:
    """Return what the page needs whatever the file: the questions."""
    return {
        "asks": [
            {
                "name": name,
                "html": str(_inline(ask["label"])),
                "unit": ask.get("unit", ""),
                "options": [[key, str(_inline(text))] for key, text in ask.get("options", {}).items()],
            }
            for name, ask in form["asks"].items()
        ]
    }


def static(form: CasefileForm, value: Value) -> str:
    """Return the file, and what was answered."""
    kept: Any = value
    lines = [
        Markup("{}\u00a0: {}").format(_inline(ask["label"]), _said(ask, kept[name]))
        for name, ask in form["asks"].items()
        if name in kept
    ]
    return str(Markup("<div>{}</div>{}").format(_html(form, kept[DRAWN]), listed(lines)))


def left(form: CasefileForm, value: Value) -> str:
    """Return the HTML that says how many questions of an answer that was judged are left, "" when none is."""
    missing = len([name for name in form["asks"] if name not in value]) if isinstance(value, dict) else 0
    if not missing:
        return ""
    said = "une question" if missing == 1 else f"{missing} questions"
    return str(Markup("<p>Il reste {} sans réponse.</p>").format(said))


def _said(ask: Ask, answer: Any) -> str:
    if "options" in ask:
        return _inline(ask["options"][answer])
    return f"{number(answer)} {ask.get('unit', '')}".strip()


def _html(form: CasefileForm, file: str) -> Markup:
    return Markup(_markdown().render(form["texts"][file]))


def _inline(text: str) -> Markup:
    return Markup(_markdown().renderInline(text))
