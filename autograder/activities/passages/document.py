"""A document in Markdown, where `[a]{these words}` marks the passage `a`."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

OPENING = re.compile(r"\[([\w-]+)\]\{")
WHOLE = re.compile(OPENING.pattern + r"((?:\\.|[^\\{}])+)\}", re.DOTALL)
SIGN = re.compile(r"([!-/:-@[-`{-~])")
SHORT = 60
"""Characters of a passage that are enough to recognise it."""

Draw = Callable[[str, Markup], Markup]
"""The HTML of a passage, from its key and the HTML of its words."""


@dataclass(frozen=True)
class Passage:
    """A marked passage, and its words without any mark."""

    key: str
    words: str

    @property
    def quoted(self) -> str:
        """Its first words in quotation marks, safe in Markdown."""
        text = re.sub(r"[ \n]+", " ", self.words)
        cut = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"
        return "«\u00a0" + SIGN.sub(r"\\\1", cut) + "\u00a0»"


def html(document: str, draw: Draw) -> Markup:
    """Return the HTML of a document; raw HTML in it is escaped, its links and pictures are left as they were typed."""
    return Markup(_markdown().render(document, {"draw": draw}))


def inline(text: str) -> Markup:
    """Return the HTML of a short text, where a mark, which means nothing there, leaves its words alone."""
    return Markup(_markdown().renderInline(text, {"draw": lambda key, words: words}))


def marks(text: str) -> list[str]:
    """Return the keys of the marks of a text, readable or not."""
    return OPENING.findall(text)


@lru_cache(maxsize=64)
def passages(document: str) -> tuple[Passage, ...]:
    """Return the passages of a document in order; a key marked twice is there twice. A form asks for them at each of its answers."""
    tokens = [child for token in _markdown().parse(document) for child in token.children or ()]
    marked = [token for token in tokens if token.type == "passage"]
    return tuple(Passage(token.meta["key"], _words(token.children)) for token in marked)


def unread(document: str) -> Iterator[str]:
    """Yield the keys of the marks that make no passage."""
    read = [passage.key for passage in passages(document)]
    for key in marks(document):
        if key in read:
            read.remove(key)
        else:
            yield key


@cache
def _markdown() -> MarkdownIt:
    """Nothing in a document leads elsewhere, and none of its headings is one of the page's."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["link", "image", "autolink", "html_block", "html_inline", "reference", "lheading"])
    parser.inline.ruler.before("escape", "passage", _read_passage)
    parser.add_render_rule("passage", _draw_passage)
    parser.add_render_rule("heading_open", lambda *_: '<p class="heading"><strong>')
    parser.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    return parser


def _read_passage(state: StateInline, silent: bool) -> bool:
    found = WHOLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("passage", "", 0)
        token.meta["key"] = found[1]
        token.children = []
        state.md.inline.parse(found[2], state.md, state.env, token.children)
        for child in token.children:
            child.type = "text" if child.type == "text_special" else child.type  # an escaped sign
    state.pos = found.end()
    return True


def _draw_passage(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    words = Markup(renderer.renderInline(token.children or [], options, env))
    return str(env["draw"](token.meta["key"], words))


def _words(tokens: Sequence[Token] | None) -> str:
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens or ()
    )
