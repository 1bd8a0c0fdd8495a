"""The order of a French list of names or words: neither case nor accents count, and « œ » is « oe »."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def alphabetical(text: str) -> str:
    """Return what puts a text in order."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(one for one in letters if not unicodedata.combining(one))
