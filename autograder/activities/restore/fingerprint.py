"""The fingerprint of a file, SHA-256, and how it is shown."""

import hashlib
import re

SHOWN = 12
"""Signs shown of the sixty-four: enough to tell these files apart, few enough to be compared by eye."""

WHOLE = re.compile(r"[0-9a-f]{64}")


def of(content: str | bytes) -> str:
    """Return the fingerprint of a content, in hexadecimal; that of a text is that of its file, in UTF-8."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def short(fingerprint: str) -> str:
    """Return its first signs, by fours."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, SHOWN, 4))
