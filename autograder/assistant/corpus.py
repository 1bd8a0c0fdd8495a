"""The sheets of the labour ministry, cut into passages that bear their address and date."""

import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pandas import DataFrame

from autograder.assistant.layout import laid_out, squeezed
from autograder.data.texts import load_texts

DATASET = "fiches-travail"
SIZE = 800
"""Characters of a passage: a few sentences, what a reader checks at a glance."""
START = 1500
"""Characters of a sheet whose meaning is computed, with its title."""

_COLUMNS = ["intertitre", "texte", "html", "date", "url"]
# Sections that list other pages: they would answer every question. The same words end some sections.
_CHROME = re.compile(
    r"^(services en ligne|textes de référence|à lire|qui contacter|pour en savoir plus|pour aller plus loin|sources réglementaires"
    r"|modèles de documents|articles associés|documents|lire en complément|en savoir plus)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(Textes de référence|Services en ligne|À lire sur ce site).*", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.;:!?])\s*(?=[A-ZÀÉÈ«–•])|\n+")


@dataclass(frozen=True)
class Passage:
    """A few sentences of a sheet, as they are written there. `updated` is the date that the page itself gives.

    `html` is that of its section, in which it begins after `place` signs, spaces left out.
    """

    sheet: str
    title: str
    heading: str
    text: str
    updated: date
    url: str
    html: str = field(repr=False)
    place: int

    def lines(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return the text, or what stands between two places of it, in the lines of the page."""
        before = self.place + len(squeezed(self.text[:start]))
        return laid_out(self.text[start:end], self.html, before).splitlines()


@dataclass(frozen=True)
class Corpus:
    """The sheets in the order of their identifiers, and their passages.

    `owners` gives, for each passage, the place of its sheet in `sheets`; `starts`, the title and the first characters of each sheet.
    """

    sheets: tuple[str, ...]
    passages: tuple[Passage, ...]
    owners: tuple[int, ...]
    starts: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all that vectors are computed from."""
        digest = hashlib.sha256()
        for sheet, (title, start) in zip(self.sheets, self.starts, strict=True):
            digest.update(f"{sheet}\0{title}\0{start}\0".encode())
        return digest.hexdigest()

    def of_sheet(self, sheet: str) -> list[Passage]:
        """Return the passages of a sheet, in its order."""
        return [passage for passage in self.passages if passage.sheet == sheet]


@functools.cache
def corpus() -> Corpus:
    """Return the sheets, read once per process. Raises DataError, in French, when the texts were never fetched."""
    return cut(load_texts(DATASET))


def cut(texts: DataFrame) -> Corpus:
    """Cut the sections of `load_texts` into passages. Sheets whose sections only list other pages keep no passage."""
    sheets, passages, owners, starts = [], [], [], []
    for place, (sheet, sections) in enumerate(texts.groupby("id", sort=True)):
        title, whole = sections["titre"].iloc[0], []
        for heading, content, html, updated, url in sections[_COLUMNS].itertuples(index=False, name=None):
            text = "" if _CHROME.match(heading) else _TAIL.sub("", content).strip()
            if not text or text in whole:
                continue
            whole.append(text)
            before = 0
            for piece in _pieces(text):
                passages.append(
                    Passage(
                        sheet=str(sheet),
                        title=title,
                        heading="" if heading == title else heading,
                        text=piece,
                        updated=date.fromisoformat(updated),
                        url=url,
                        html=html,
                        place=before,
                    )
                )
                before += len(squeezed(piece))
                owners.append(place)
        sheets.append(str(sheet))
        starts.append((title, " ".join(whole)[:START]))
    return Corpus(tuple(sheets), tuple(passages), tuple(owners), tuple(starts))


def _pieces(text: str) -> Iterator[str]:
    """Cut a text between sentences, about every SIZE characters; what has no sentence is cut at a space."""
    piece = ""
    for sentence in _SENTENCE.split(text):
        rest = sentence.strip()
        if piece and len(piece) + len(rest) > SIZE:
            yield piece
            piece = ""
        while len(rest) > 2 * SIZE:
            end = rest.rfind(" ", 0, SIZE) + 1 or SIZE
            yield rest[:end].strip()
            rest = rest[end:]
        piece = f"{piece} {rest}".strip()
    if piece:
        yield piece
