"""Authors' French text (a little Markdown) to safe HTML."""

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def render(text: str) -> Markup:
    """Return the HTML of a text in CommonMark; raw HTML in it is escaped, never passed on."""
    return Markup(_markdown().render(text)).strip()


def render_inline(text: str) -> Markup:
    """Return the HTML of a text without paragraphs, for a label or an option; raw HTML in it is escaped."""
    return Markup(_markdown().renderInline(text)).strip()
