"""The text of a learner in the reading page: nothing active, and nothing that passes for a part of the page."""

import re

import nh3
from markupsafe import Markup
from nbformat import NotebookNode

from autograder.grading.bounds import TOO_LONG
from autograder.grading.free_answers import MAX_CHARACTERS
from autograder.grading.pages import ATTRIBUTES, HTML_TAGS, MATHML_TAGS, markdown

OURS = {"id", "class", "style", "title", "lang", "dir", "open", "role"}
"""Attributes by which a text could take the look, or the place, of a part of the page."""
HEADING = re.compile(r"(</?)h[1-6]\b[^>]*>")
"""The page has its own headings, in order."""
PICTURE = re.compile(r"<img\b[^>]*>")
UNTOLD = '<img alt="Image sans description"'


def shown(cell: NotebookNode) -> Markup:
    """Return the HTML of a learner's answer, cut where it is too long."""
    text = cell.source
    cut = text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}\n\n{TOO_LONG}"
    return plain(str(markdown({"cell": cell}, cut)))


def plain(html: str) -> Markup:
    """Return HTML reduced to texts, tables, formulas and embedded pictures."""
    kept = nh3.clean(
        html,
        tags=set(HTML_TAGS | MATHML_TAGS) - {"details", "summary"},
        attributes={"*": set(ATTRIBUTES - OURS), "img": {"src", "alt"}},
        url_schemes={"data"},
        link_rel=None,
    )
    return Markup(PICTURE.sub(_told, HEADING.sub(r"\1p>", kept)))


def _told(found: re.Match[str]) -> str:
    """Return a picture with a text in its place for who does not see it; nothing for one that is not in the copy."""
    picture = found[0]
    if " src=" not in picture:
        return ""
    return picture if " alt=" in picture else picture.replace("<img", UNTOLD)


def rendered(text: str) -> Markup:
    """Return the HTML of a text of the module, in Markdown."""
    return plain(str(markdown({}, text)))
