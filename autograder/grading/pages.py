"""Jinja filters of the feedback and formgrader pages: formulas as MathML, nothing active left."""

import re
from typing import Any

import nh3
from jinja2 import pass_context
from latex2mathml.converter import convert
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HTML_TAGS = _words(
    """a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s small span strong sub summary sup table tbody td
    tfoot th thead tr u ul"""
)
MATHML_TAGS = _words(
    """math menclose mfrac mi mn mo mover mpadded mroot mrow ms mspace msqrt mstyle msub msubsup msup
    mtable mtd mtext mtr munder munderover"""
)
ATTRIBUTES = _words(
    """align alt class colspan columnalign columnspacing dir display displaystyle fence form headers
    height href id lang linethickness lspace mathvariant maxsize minsize open role rowspan
    rowspacing rspace scope separator span src stretchy style title width xmlns"""
)
CSS_PROPERTIES = _words(
    """background-color border border-bottom border-collapse border-left border-right border-top
    color display font-family font-size font-style font-weight line-height list-style-type margin
    margin-bottom margin-left margin-right margin-top max-width padding padding-bottom padding-left
    padding-right padding-top text-align text-decoration vertical-align white-space width"""
)


MAX_CHARACTERS = 3_000_000
"""Of a text with its embedded pictures."""
MARK = re.compile("[<&]")
MAX_MARKS = 10_000
"""Of a text: cleaning takes time squared in the depth of tags and in a row of `&`, 0.2 s at this number."""
INLINE = "*_[`~"
MAX_INLINE = 2_000
"""Signs of Markdown in a text: reading it takes time squared in their number."""
MAX_FORMULA = 2_000
"""Characters: beyond, a formula is shown as typed."""
CUT = "<p><strong>Texte trop long : affiché en partie.</strong></p>"
NOT_SHOWN = "<p><strong>Ce texte ne peut pas être mis en forme : le voici tel quel.</strong></p><pre>{}</pre>"
LOST_PICTURE = "Image jointe introuvable ou trop lourde : {name}"


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Pictures may be embedded (`data:`); links and pictures may not reach out by other means."""
    if name == "src":
        return value if tag == "img" and value.startswith("data:image/") else None
    return None if value.strip().lower().startswith("data:") else value


def clean(content: str) -> str:
    """Return HTML without scripts, style sheets, frames, event handlers or remote pictures; cut when it is too long."""
    kept = bounded(content)
    cleaned = nh3.clean(
        kept,
        tags=set(HTML_TAGS | MATHML_TAGS),
        attributes={"*": set(ATTRIBUTES), "img": {"src"}},
        attribute_filter=_allowed,
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=set(CSS_PROPERTIES),
        link_rel=None,
    )
    return cleaned if kept == content else cleaned + CUT


def bounded(content: str) -> str:
    """Return the beginning of a text, with no more characters and marks than a page can hold."""
    kept = content[:MAX_CHARACTERS]
    for number, mark in enumerate(MARK.finditer(kept)):
        if number == MAX_MARKS:
            return kept[: mark.start()]
    return kept


class _Renderer(IPythonRenderer):
    """LaTeX becomes MathML, that browsers and screen readers know: no MathJax to load.

    Code is not coloured: the learner would choose which of Pygments' five hundred grammars reads it.
    """

    def block_code(self, code: str, info: str | None = None) -> str:
        return _marked("<pre><code>{}</code></pre>", code)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = url.removeprefix("attachment:")
        if name != url and not self.attachments.get(name):
            return _marked("<em>{}</em>", LOST_PICTURE.format(name=name))
        return str(super().image(text, url, title))

    def block_math(self, body: str) -> str:
        return _mathml(body, "block")

    def inline_math(self, body: str) -> str:
        return _mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        return _mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")


def _marked(page: str, text: str) -> str:
    """Return `text` escaped in a piece of page; as plain text, since mistune adds its own tags with `+`."""
    return str(Markup(page).format(text))


def _mathml(formula: str, display: str) -> str:
    try:
        if len(formula) > MAX_FORMULA:
            raise ValueError("too long for one")
        return str(convert(formula, display=display))
    except Exception:  # a formula that is not one (« 3 $ ou 4 $ ») is shown as typed
        return _marked("<code>{}</code>", formula)


@pass_context
def markdown(context: Any, source: str) -> str:
    """Return the HTML of a Markdown cell, cleaned; its attached pictures are embedded.

    A text that the parser cannot take is shown as typed: one copy must not stop the others' pages.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        if sum(map(source.count, INLINE)) > MAX_INLINE:
            raise ValueError("too many signs")
        return clean(str(MarkdownWithMath(renderer=renderer).render(source)))
    except Exception:
        return _marked(NOT_SHOWN, source)
