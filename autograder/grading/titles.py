"""The title of an exercise as people read it: the heading above it, without the signs of Markdown."""

import re

HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
EMPHASIS = str.maketrans("", "", "*`")


def title_in(source: str) -> str | None:
    """Return the first heading of a text in Markdown; None when it has none."""
    found = HEADING.search(source)
    return found[1].translate(EMPHASIS).strip() if found else None
