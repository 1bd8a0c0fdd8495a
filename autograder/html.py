"""HTML whose pieces escape what they are given: `Markup("<p>{}</p>").format(text)`. Tables and lists, written once.

What leaves our code is a plain `str`: a `Markup` goes on escaping what others add to it, mistune and html.parser among them.
"""

from collections.abc import Iterable

from markupsafe import Markup

CAPTION = "text-align:left;font-weight:bold"
"""JupyterLab would centre a caption, and align the cells to the right."""


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Return pieces one after the other; those that are texts are escaped."""
    return Markup(between).join(parts)


def listed(items: Iterable[str], tag: str = "ul") -> Markup:
    """Return a list; its items may be texts or HTML."""
    lines = joined(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<{tag}>{lines}</{tag}>").format(tag=tag, lines=lines)


def heading(text: str, scope: str = "col", style: str = "text-align:left") -> Markup:
    """Return a header cell, which says what it heads: a column (`col`) or a line (`row`)."""
    return Markup('<th scope="{}"{}>{}</th>').format(scope, _styled(style), text)


def cell(text: str, style: str = "text-align:left") -> Markup:
    """Return a cell; without a style, the page's own holds."""
    return Markup("<td{}>{}</td>").format(_styled(style), text)


def table(
    caption: str, heads: Iterable[Markup], lines: Iterable[Iterable[Markup]], caption_style: str = CAPTION
) -> Markup:
    """Return a table with its caption, from cells made by `heading` and `cell`."""
    return Markup(
        "<table><caption{style}>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    ).format(
        style=_styled(caption_style),
        caption=caption,
        heads=joined(heads),
        body=joined(Markup("<tr>{}</tr>").format(joined(line)) for line in lines),
    )


def _styled(style: str) -> Markup:
    return Markup(' style="{}"').format(style) if style else Markup("")
