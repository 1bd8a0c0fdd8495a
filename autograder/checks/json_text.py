"""JSON that comes from elsewhere: in any encoding, and weighed before it is read."""

import re

MAX_DEPTH = 100
MAX_VALUES = 200_000
"""A value costs Python up to 130 bytes, however short its text: 26 MB for so many."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""What a text in UTF-16 begins with."""
STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
BRACKETS = re.compile(rb"[\[\]{}]")


class TooHeavy(ValueError):
    """The text holds too many values, or values nested too deep, to be read."""


def decode(raw: bytes) -> str:
    """Return a text: Windows editors add byte-order marks, write UTF-16, or cp1252, of which every byte is some text.

    Raises ValueError for UTF-16 that is cut.
    """
    if raw[:2] in UTF_16:
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def weigh(raw: bytes) -> None:
    """Raise TooHeavy when reading this text would cost much more memory than its size. `raw` extends ASCII."""
    bare = STRING.sub(b"", raw)
    if sum(map(bare.count, (b"[", b"{", b","))) > MAX_VALUES:
        raise TooHeavy("trop de valeurs")
    depth = 0
    for bracket in BRACKETS.findall(bare):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise TooHeavy("des valeurs trop imbriquées")
