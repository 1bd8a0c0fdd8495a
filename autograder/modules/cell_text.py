"""What keeps a text from being cut into the cells that its author meant: openings, closings, lines of keys."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.modules.errors import Finding

OPENING = re.compile(r"^(```\{code-cell\}|\+\+\+)", re.MULTILINE)
FENCE = re.compile(r"^\s*(```+|~~~+)(.*)$")
KEY = re.compile(r"^:(\w+):")
CURLY = re.compile("[“”«»]")

NOT_CLOSED = "cette cellule de code n’est pas refermée : il manque sa clôture ```."
CLOSED_TWICE = "cette clôture ``` est de trop, ou n’est pas refermée : les cellules qui la suivent se lisent comme du texte."
NOT_A_CELL = "ce bloc n’est pas une cellule de code : écrivez sa première ligne ```{code-cell} python."
CURLY_QUOTES = 'les guillemets d’une ligne « +++ {…} » sont droits : écrivez {"exercise": "…", "role": "…"}.'
NOT_JSON = (
    "cette ligne « +++ {…} » ne se lit pas : chaque clé et chaque texte entre guillemets droits, une virgule entre deux "
    'clés, une accolade à la fin, comme +++ {"exercise": "prix-moyen", "role": "statement"}.'
)
BAD_KEYS = (
    "les lignes « :clé: valeur » de cette cellule ne se lisent pas : chaque clé une fois, au début de sa ligne, puis sa "
    "valeur ; un texte qui contient « : » ou « # » se met entre guillemets."
)
UNREADABLE = (
    "ce texte ne se coupe pas en cellules. Vérifiez les clôtures ```, les lignes « +++ {…} » et les lignes « :clé: valeur » qui "
    "ouvrent les cellules."
)


def unreadable(path: Path, text: str, line: int, known: Iterable[str]) -> Finding:
    """Return why jupytext cannot read a text; `line` is where it stopped, 0 when it does not say; `known` are the keys of cells."""
    lines = text.splitlines()
    stopped = lines[line - 1] if 0 < line <= len(lines) else ""
    if stopped.startswith("+++"):
        return Finding(path, line, CURLY_QUOTES if CURLY.search(stopped) else NOT_JSON)
    if stopped:
        return Finding(path, line, BAD_KEYS)
    for number, one in enumerate(lines, start=1):
        if (found := KEY.match(one)) and found.group(1) not in known:
            return Finding(path, number, unknown_key(found.group(1), known))
    return Finding(path, line, UNREADABLE)


def unknown_key(key: str, known: Iterable[str]) -> str:
    """Return what to say of a key that cells do not have."""
    return f"clé de cellule inconnue « {key} » ; clés permises : {', '.join(sorted(known))}."


def fences(path: Path, line: int, kind: str, source: str) -> Iterator[Finding]:
    """Yield the openings and closings of code that are not where they should be, in a cell that begins at `line`."""
    if kind == "code":
        if OPENING.search(source):
            yield Finding(path, line, NOT_CLOSED)
        return
    opened: tuple[int, str] | None = None
    lines = source.splitlines()
    for number, one in enumerate(lines):
        found = FENCE.match(one)
        if opened is None and found:
            opened = number, found.group(1)
            if KEY.match(lines[number + 1] if number + 1 < len(lines) else ""):
                yield Finding(path, line + number, NOT_A_CELL)
        elif opened and OPENING.match(one):
            yield Finding(path, line + opened[0], CLOSED_TWICE)
            return
        elif opened and found and found.group(1).startswith(opened[1]) and not found.group(2).strip():
            opened = None
    if opened:
        yield Finding(path, line + opened[0], CLOSED_TWICE)
