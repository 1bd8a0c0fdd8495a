"""A word that must be found nowhere, and how it is looked for: by any run of its signs, as a field sends what is being typed."""

CANARY = "wvkjqzxfhybwqzjkvxpg"
"""Twenty letters that no French, English or library spells, typed where nothing may be kept."""

LENGTH = 6
"""Signs of a piece: long enough never to be met by chance."""


def pieces_in(word: str, text: str) -> set[str]:
    """Return the pieces of a word that a text holds, whatever the case."""
    folded = text.lower()
    pieces = {word[start : start + LENGTH] for start in range(len(word) - LENGTH + 1)}
    return {piece for piece in pieces if piece in folded}
