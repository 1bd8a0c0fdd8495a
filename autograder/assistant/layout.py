"""A passage in lines: the copy of the sheets glued paragraphs, items and cells together, and their HTML tells where each begins."""

from html.parser import HTMLParser
from itertools import takewhile

LINE, CELL = "\n", " | "
BLOCKS = frozenset(
    [
        "blockquote",
        "br",
        "button",
        "caption",
        "div",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
CELLS, ROWS = frozenset({"td", "th"}), frozenset({"tr", "table"})


def squeezed(text: str) -> str:
    """Return a text without its spaces: the text of a section and its HTML differ by them alone."""
    return "".join(text.split())


def laid_out(text: str, html: str, place: int) -> str:
    """Return a text cut in lines, and its lines in cells, as in the HTML of its section; no word of it changes.

    `place` counts the signs of the section before the text, spaces left out. From where the HTML says something else, nothing is cut.
    """
    reader = _Breaks()
    reader.feed(html)
    pairs = zip(squeezed(text), reader.read[place:], strict=False)
    known = place + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    pieces: list[str] = []
    spaces = ""
    for sign in text:
        if sign.isspace():
            spaces += sign
            continue
        between = reader.found.get(place) if pieces and place <= known else None
        pieces += [between or spaces, sign]
        spaces, place = "", place + 1
    return "".join(pieces)


class _Breaks(HTMLParser):
    """`read`: the text without spaces; `found`: what stands between two signs of it, by the place of the second."""

    def __init__(self) -> None:
        super().__init__()
        self.read = ""
        self.found: dict[int, str] = {}
        self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.read += squeezed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_cell = tag in CELLS or (self._in_cell and tag not in ROWS)
        self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in CELLS:
            self.found[len(self.read)] = CELL
        self._in_cell = self._in_cell and tag not in CELLS | ROWS
        self._block(tag)

    def _block(self, tag: str) -> None:
        """A paragraph begins a line, but for those of a cell: they stand on the line of its row."""
        if tag in BLOCKS and self._in_cell:
            self.found.setdefault(len(self.read), " ")
        elif tag in BLOCKS:
            self.found[len(self.read)] = LINE
