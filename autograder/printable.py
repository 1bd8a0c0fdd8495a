"""Texts that others wrote, made fit for a terminal, a log or a report."""

import sys

FIELD = 120
"""Characters of a text from a copy, inside a sentence of ours."""
LINE = 2000
"""Characters of a whole line."""
OWN_SPACES = "\u00a0\u202f"
"""No-break spaces of French: `str.isprintable` refuses them."""


def printable(text: object, most: int = LINE) -> str:
    r"""Return any text as one line of at most `most` characters.

    What a terminal would obey becomes visible (`\x1b`, `\n`, `\u202e`): control characters, escape sequences,
    changes of direction, half characters.
    """
    whole = str(text)
    line = "".join(map(_visible, whole[:most]))
    return line if len(line) <= most and len(whole) <= most else f"{line[: most - 1]}…"


def printable_lines(text: object) -> str:
    """Return a text whose line breaks are ours, each of its lines made printable."""
    return "\n".join(map(printable, str(text).split("\n")))


def say(text: object) -> None:
    """Tell the person at the keyboard. The line breaks must be ours: see `printable` for texts from copies."""
    print(printable_lines(text), file=sys.stderr, flush=True)


def _visible(character: str) -> str:
    if character.isprintable() or character in OWN_SPACES:
        return character
    return character.encode("unicode_escape").decode()
