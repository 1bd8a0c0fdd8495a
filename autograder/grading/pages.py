"""Jinja filters of the feedback and formgrader pages: formulas as MathML, nothing active left."""

from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from latex2mathml.converter import convert
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


def _allowed(tag: str, name: str, value: str) -> bool:
    """Pictures may be embedded (`data:`); links and pictures may not reach out by other means."""
    if name == "src":
        return tag == "img" and value.startswith("data:image/")
    if value.strip().lower().startswith("data:"):
        return False
    return name in ATTRIBUTES or name.startswith(("aria-", "data-"))


def clean(content: str) -> str:
    """Return HTML without scripts, styles sheets, frames, event handlers or remote pictures."""
    cleaned: str = bleach.clean(
        content,
        tags=HTML_TAGS | MATHML_TAGS,
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=CSS_PROPERTIES),
        strip=True,
    )
    return cleaned


class _Renderer(IPythonRenderer):
    """LaTeX becomes MathML, that browsers and screen readers know: no MathJax to load."""

    def block_math(self, body: str) -> str:
        return _mathml(body, "block")

    def inline_math(self, body: str) -> str:
        return _mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        return _mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")


def _mathml(formula: str, display: str) -> str:
    try:
        return str(convert(formula, display=display))
    except Exception:  # a formula that is not one (« 3 $ ou 4 $ ») is shown as typed
        return f"<code>{bleach.clean(formula, tags=set())}</code>"


@pass_context
def markdown(context: Any, source: str) -> str:
    """Return the HTML of a Markdown cell, cleaned; its attached pictures are embedded."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return clean(str(MarkdownWithMath(renderer=renderer).render(source)))
