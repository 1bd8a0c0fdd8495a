"""French typography in the texts that people read: what is amiss, word by word, and the same text mended.

A no-break space keeps a French mark with its word; an apostrophe is curly. Code, HTML tags and citations are left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from autograder import files
from autograder.french.marks import (
    AFTER_QUOTE,
    AT_LINE_START,
    BEFORE_END_OF_QUOTE,
    BEFORE_MARK,
    BEFORE_UNIT,
)
from autograder.french.numbers import NO_BREAK
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.notebook_text import read_cells
from autograder.modules.text_file import read_text
from autograder.modules.yaml_text import Document, parse

APOSTROPHE = "’"
CODE = re.compile(r"```.*?```|`[^`]*`|<[^>]*>|\]\([^)]*\)", re.DOTALL)
KEYS_LINE = re.compile(r"^\+\+\+ \{.*$", re.MULTILINE)
"""The keys of a cell of Markdown: the title of a step is read by all."""
LETTER = "[A-Za-zÀ-ÿ]"
MARKS = [
    (BEFORE_MARK, NO_BREAK, "espace insécable avant « {after} »"),
    (BEFORE_END_OF_QUOTE, NO_BREAK, "espace insécable avant « {after} »"),
    (AT_LINE_START, NO_BREAK, "espace insécable avant « {after} », sur la même ligne que le mot"),
    (AFTER_QUOTE, NO_BREAK, "espace insécable après « "),
    (BEFORE_UNIT, NO_BREAK, "espace insécable avant « {after} »"),
    (re.compile(rf"(?<={LETTER})''?(?={LETTER}|«)"), APOSTROPHE, "apostrophe courbe (’)"),
]

TEXT_KEYS = {
    "title",
    "summary",
    "text",
    "success",
    "otherwise",
    "example",
    "message",
    "label",
    "question",
    "shown",
    "document",
}
TEXT_PARENTS = {"hints", "options", "items", "feedback", "labels", "criteria", "texts"}


@dataclass(frozen=True)
class Slip:
    """A mark to replace in the text of a file, between two offsets, with the word around it."""

    start: int
    end: int
    mended: str
    advice: str
    word: str


def findings(folder: Path) -> list[Finding]:
    """Return a finding for each slip of a module, with its word and its own line."""
    return [
        Finding(path, line, f"typographie : « {slip.word} » demande une {slip.advice}.")
        for path in _files(folder)
        for text in [_text(path)]
        for slip in _slips(path, text)
        for line in [text.count("\n", 0, slip.start) + 1]
    ]


def fix(folder: Path) -> int:
    """Mend the slips of a module in its files; return how many there were."""
    mended = 0
    for path in _files(folder):
        text = _text(path)
        slips = _slips(path, text)
        for slip in reversed(slips):
            text = f"{text[: slip.start]}{slip.mended}{text[slip.end :]}"
        if slips:
            files.write(path, text, lasting=True)
        mended += len(slips)
    return mended


def _files(folder: Path) -> list[Path]:
    names = ("module.yml", "notebook.md", "answers.yml", "instructor.md")
    return [folder / name for name in names if (folder / name).is_file()]


def _text(path: Path) -> str:
    """Return the text of a file; "" for one that cannot be read, of which others tell."""
    try:
        return read_text(path)
    except ModuleError:
        return ""


def _slips(path: Path, text: str) -> list[Slip]:
    """Return the slips of a file in order; none in one that cannot be read."""
    try:
        areas = list(_areas(path, text))
    except ModuleError:
        return []
    found = [slip for start, end in areas for slip in _amiss(text, start, end)]
    return sorted(found, key=lambda slip: slip.start)


def _areas(path: Path, text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of what people read in a file. Raises ModuleError."""
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    if path.suffix == ".yml":
        document = parse(path, text)
        for start, end in _values(document):
            yield (
                starts[start[0]] + start[1],
                (starts[end[0]] + end[1] if end[0] < len(starts) else len(text)),
            )
    elif path.name == "notebook.md":
        yield from ((found.start(), found.end()) for found in KEYS_LINE.finditer(text))
        for cell in read_cells(path):
            if cell.kind == "markdown":
                first = cell.line - 1
                last = min(first + cell.source.count("\n") + 1, len(starts) - 1)
                yield starts[first], starts[last]
    else:
        yield 0, len(text)


def _values(document: Document) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for place, span in document.spans.items():
        parent = place[-2] if len(place) > 1 else None
        if place and (place[-1] in TEXT_KEYS or parent in TEXT_PARENTS):
            yield span.start, span.end


def _amiss(text: str, start: int, end: int) -> Iterator[Slip]:
    code = [found.span() for found in CODE.finditer(text, start, end)]
    for pattern, mended, advice in MARKS:
        for found in pattern.finditer(text, start, end):
            before = bisect_right(code, (found.start(), end))
            if before and code[before - 1][1] > found.start():
                continue
            after = text[found.end() : found.end() + 1]
            yield Slip(
                *found.span(), mended, advice.format(after=after), _word(text, found.start(), found.end())
            )


def _word(text: str, start: int, end: int) -> str:
    """Return the word, or the two, on both sides of a mark."""
    before = re.search(r"\S*$", text[max(0, start - 30) : start])
    after = re.match(r"\S*", text[end : end + 30])
    return f"{before.group() if before else ''}{text[start:end]}{after.group() if after else ''}"
