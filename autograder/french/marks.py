"""No-break spaces where French marks want them, so that a line never begins with one: `« mot » : 12 %`."""

import re
from collections.abc import Mapping
from typing import TypeVar

from autograder.french.numbers import NO_BREAK

K = TypeVar("K")

BEFORE_MARK = re.compile(r"(?<=[\w)\]}*`%€»”…]) (?=[:;?]|!(?!\[))")
"""An image, `![…](…)`, is not a mark."""
BEFORE_END_OF_QUOTE = re.compile(r"(?<=[^\s«]) (?=»)")
AT_LINE_START = re.compile(r"(?<=[^\s«]) *\n *(?=[;?»]|[:!] )")
"""A mark that a fold of a long text has parted from its word."""
AFTER_QUOTE = re.compile(r"(?<=«) (?=\S)")
BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%€])")


def spaced(text: str) -> str:
    """Return a text whose marks do not part from their words. It must hold neither code nor HTML."""
    for place in (BEFORE_MARK, BEFORE_END_OF_QUOTE, AFTER_QUOTE, BEFORE_UNIT):
        text = place.sub(NO_BREAK, text)
    return text


def all_spaced(texts: Mapping[K, str]) -> dict[K, str]:
    """Return a table of texts, each spaced."""
    return {key: spaced(text) for key, text in texts.items()}


def quoted(text: str) -> str:
    """Return a text between French quotes, which do not part from it at the end of a line."""
    return f"«{NO_BREAK}{text}{NO_BREAK}»"
