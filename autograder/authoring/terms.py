"""The terms of the glossary in a notebook: the first time that a step uses one, its definition goes with it.

In the notebook, a term is a `span` with a `title`: plain text everywhere, a definition under the pointer in any Jupyter. The course's own page
makes a button of it (lab/extension/course/terms.js).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup

from autograder.modules.glossary import Term, pattern
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import Step

_PROTECTED = r"""(?msx:
    ^```.*?^```[^\n]*$                  # a block of code
  | ^\#{1,6}\s[^\n]*$                   # a heading
  | (?P<ticks>`+).+?(?P=ticks)          # code in a line
  | !?\[[^\]]*\]\([^)]*\)               # a link, a picture
  | <(?P<tag>summary|a)\b.*?</(?P=tag)> # what is already clicked
  | <[^>]+>                             # a tag
  | https?://\S+
)"""
"""Where no term is marked."""


def marked(steps: Sequence[Step], terms: Iterable[Term], module: str) -> list[TextCell]:
    """Return the cells of the steps, the first occurrence of each term of each step marked with its definition."""
    own = [term for term in terms if term.is_for(module)]
    return [cell for step in steps for cell in _in_step(step, own)]


def _in_step(step: Step, terms: Sequence[Term]) -> list[TextCell]:
    """Mark a step; a term that the step itself puts in bold is defined there, and left alone."""
    texts = [cell.source for cell in step.cells if cell.kind == "markdown"]
    found = {
        term.term
        for term in terms
        if any(re.search(rf"\*\*(?:{pattern(term.writings)})\*\*", one) for one in texts)
    }
    return [
        replace(cell, source=_mark(cell.source, terms, found)) if _is_ours(cell) else cell
        for cell in step.cells
    ]


def _is_ours(cell: TextCell) -> bool:
    return cell.kind == "markdown" and cell.role != "answer"


def _mark(text: str, terms: Sequence[Term], found: set[str]) -> str:
    """Mark the terms of a text that are not yet in `found`, and put them there."""
    by_writing = {_key(one): term for term in terms for one in term.writings}
    words = _word(tuple(one for term in terms for one in term.writings))

    def span(match: re.Match[str]) -> str:
        term = by_writing.get(_key(match["word"] or ""))
        if term is None or term.term in found:
            return match.group()
        found.add(term.term)
        return str(
            Markup('<span class="campus-term" title="{}">{}</span>').format(term.definition, match["word"])
        )

    return re.sub(f"{_PROTECTED}|{words}", span, text) if terms else text


def _key(writing: str) -> str:
    return " ".join(writing.casefold().split())


def _word(writings: tuple[str, ...]) -> str:
    return r"(?<![\w-])(?P<word>" + pattern(writings) + r")(?![\w-])"


def uses(cells: Iterable[TextCell], term: Term) -> bool:
    """Tell whether a module writes a term where it would be marked, or defines it."""
    texts = (re.sub(_PROTECTED, "", cell.source) for cell in cells if _is_ours(cell))
    return any(re.search(_word(term.writings), text) for text in texts)
