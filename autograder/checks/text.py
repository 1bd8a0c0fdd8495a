"""Authors' French text (a little Markdown) to safe HTML."""

from functools import cache

from markdown_it import MarkdownIt


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def render(text: str) -> str:
    """Return the HTML of a text in CommonMark; raw HTML in it is escaped, never passed on."""
    return str(_markdown().render(text)).strip()


def render_inline(text: str) -> str:
    """Return the HTML of a text without paragraphs, for a label or an option; raw HTML in it is escaped."""
    return str(_markdown().renderInline(text)).strip()


def points(value: float) -> str:
    """Return points as a French reader writes them: `2 points`, `1 point`, `0,5 point`."""
    number = f"{value:g}".replace(".", ",")
    return f"{number} point" + ("s" if value >= 2 else "")
