"""Search by words: BM25, on the stems of the words of each passage."""

import functools
import re

import numpy
from numpy.typing import NDArray

from autograder.assistant.corpus import Corpus

_WORD = re.compile(r"[0-9a-zàâäéèêëîïôöùûüçœæ]+")
_EMPTY = """
a ai as au aux avec c ce ces cet cette comme d dans de des doit dois du elle elles en est et être eu il ils j je l la le les leur leurs
lui m ma mais me mes moi mon n ne nos notre nous on ont ou où par pas plus pour qu que quel quelle quelles quels qui quoi s sa se ses
si son sont sur t ta te tu un une vos votre vous y à été
"""
EMPTY = frozenset(_EMPTY.split())
"""Words that say nothing of the subject."""


def stems(text: str) -> list[str]:
    """Return the stems of a French text's words, empty words left out: « Majorations » gives « major »."""
    found = _WORD.findall(text.casefold())
    return [_stem(word) for word in found if word not in EMPTY]


class WordSearch:
    """The index of the passages' words. The heading and the title of the sheet count with its text."""

    def __init__(self, corpus: Corpus) -> None:
        import bm25s

        self._owners = numpy.array(corpus.owners)
        self._sheets = len(corpus.sheets)
        self._index = bm25s.BM25()
        texts = [stems(f"{p.title} {p.heading} {p.text}") for p in corpus.passages]
        self._index.index(texts, show_progress=False)
        self._stems = [frozenset(text) for text in texts]

    def passages(self, question: str) -> NDArray[numpy.float64]:
        """Return the score of each passage: 0 when it has no word of the question."""
        known = [stem for stem in stems(question) if stem in self._index.vocab_dict]
        if not known:
            return numpy.zeros(len(self._owners))
        return numpy.asarray(self._index.get_scores(known), dtype=float)

    def sheets(self, question: str) -> NDArray[numpy.float64]:
        """Return the score of each sheet: that of its best passage."""
        scores = numpy.zeros(self._sheets)
        numpy.maximum.at(scores, self._owners, self.passages(question))
        return scores

    def share(self, question: str) -> float:
        """Return the share of the question's words, from 0 to 1, that its best passage has."""
        asked = set(stems(question))
        best = int(self.passages(question).argmax())
        return len(asked & self._stems[best]) / len(asked) if asked else 0.0


@functools.cache
def _stem(word: str) -> str:
    return _stemmer().stemWord(word)


@functools.cache
def _stemmer():  # type: ignore[no-untyped-def]
    import snowballstemmer

    return snowballstemmer.stemmer("french")
