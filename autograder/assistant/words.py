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


class _Stems(dict[str, str]):
    """The stem of each word met so far: "" for an empty word. A dictionary, since a million words are looked up."""

    def __missing__(self, word: str) -> str:
        self[word] = "" if word in EMPTY else _stemmer().stemWord(word)
        return self[word]


_STEMS = _Stems()


def stems(text: str) -> list[str]:
    """Return the stems of a French text's words, empty words left out: « Majorations » gives « major »."""
    return [stem for stem in map(_STEMS.__getitem__, _WORD.findall(text.casefold())) if stem]


class WordSearch:
    """The index of the passages' words. The heading and the title of the sheet count with its text."""

    def __init__(self, corpus: Corpus) -> None:
        import bm25s
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # bm25s makes silent progress bars: their thread would forbid forks
        self._count, self._sheets = len(corpus.passages), len(corpus.sheets)
        # Passages of a sheet follow each other: where each sheet that has some begins.
        self._owners, self._firsts = numpy.unique(corpus.owners, return_index=True)
        self._index = bm25s.BM25()
        texts = [stems(f"{p.title} {p.heading} {p.text}") for p in corpus.passages]
        self._index.index(texts, show_progress=False)
        self._stems = [frozenset(text) for text in texts]

    def passages(self, question: str) -> NDArray[numpy.float64]:
        """Return the score of each passage: 0 when it has no word of the question."""
        known = [stem for stem in stems(question) if stem in self._index.vocab_dict]
        if not known:
            return numpy.zeros(self._count)
        return numpy.asarray(self._index.get_scores(known), dtype=float)

    def sheets(self, question: str) -> NDArray[numpy.float64]:
        """Return the score of each sheet: that of its best passage."""
        scores = numpy.zeros(self._sheets)
        scores[self._owners] = numpy.maximum.reduceat(self.passages(question), self._firsts)
        return scores

    def share(self, question: str) -> float:
        """Return the share of the question's words, from 0 to 1, that its best passage has."""
        asked = set(stems(question))
        best = int(self.passages(question).argmax())
        return len(asked & self._stems[best]) / len(asked) if asked else 0.0


@functools.cache
def _stemmer():  # type: ignore[no-untyped-def]
    import snowballstemmer

    return snowballstemmer.stemmer("french")
