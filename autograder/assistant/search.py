"""Ask the sheets: passages with their address and date, or « la source est absente »."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from autograder.assistant.corpus import Corpus, Passage, corpus
from autograder.assistant.meaning import MeaningSearch
from autograder.assistant.words import WordSearch

METHODS = {"mots": "par les mots", "sens": "par le sens", "fusion": "les deux, fusionnées"}
THRESHOLD = 0.55
"""Below this confidence, the source is said to be absent. It is the best on half of the questions (`tests/unit/test_assistant_search.py`)."""
RANKS = 60
"""The constant of reciprocal rank fusion: the usual one."""


@dataclass(frozen=True)
class Answer:
    """What the sheets say of a question: `passages`, best first; `near` when none is sure enough (`absent`).

    `confidence` is that of `Assistant.confidence`, at most 1.
    """

    question: str
    method: str
    confidence: float
    threshold: float
    passages: tuple[Passage, ...]
    near: tuple[Passage, ...] = ()

    @property
    def absent(self) -> bool:
        """Tell whether the source is absent, as far as this assistant can tell."""
        return not self.passages


class Assistant:
    """A search over the sheets. It writes no sentence of its own: it shows what is written, and where."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._words = WordSearch(corpus)
        self._meaning = MeaningSearch(corpus)
        self._shared = functools.cache(self._words.sheets)

    def read(self, questions: Sequence[str]) -> None:
        """Prepare many questions at once, which is faster."""
        self._meaning.read(questions)

    def rank(self, question: str, method: str = "fusion") -> list[str]:
        """Return the identifiers of the sheets, best first. By words, those that have no word of the question are left out.

        Raises ValueError, in French, on an unknown method.
        """
        if method not in METHODS:
            raise ValueError(f"Méthode inconnue « {method} ». Choisissez parmi : {', '.join(METHODS)}.")
        scores = {
            "mots": lambda: self._shared(question),
            "sens": lambda: self._meaning.sheets(question),
            "fusion": lambda: _fused(self._shared(question), self._meaning.sheets(question)),
        }[method]()
        order = numpy.argsort(-scores, kind="stable")
        return [self.corpus.sheets[place] for place in order if method != "mots" or scores[place] > 0]

    def confidence(self, question: str) -> float:
        """Return the mean of two measures: how close the nearest sheet is to the question (cosine of their vectors), and the
        share of the question's words that the best passage has.
        """
        return (float(self._meaning.sheets(question).max()) + self._words.share(question)) / 2

    def ask(
        self, question: str, method: str = "fusion", threshold: float = THRESHOLD, shown: int = 3
    ) -> Answer:
        """Return the best passage of each of the best sheets; none when the confidence is below the threshold."""
        confidence = self.confidence(question)
        best = self._best_passages(question, self.rank(question, method)[:shown])
        if confidence < threshold or not best:
            return Answer(question, method, confidence, threshold, (), best)
        return Answer(question, method, confidence, threshold, best)

    def _best_passages(self, question: str, sheets: list[str]) -> tuple[Passage, ...]:
        scores = self._words.passages(question)
        places: dict[str, int] = {}
        for place, passage in enumerate(self.corpus.passages):
            held = places.setdefault(passage.sheet, place)
            if scores[place] > scores[held]:
                places[passage.sheet] = place
        return tuple(self.corpus.passages[places[sheet]] for sheet in sheets if sheet in places)


@functools.cache
def assistant() -> Assistant:
    """Return the assistant over the course's sheets, made once per process. Raises DataError, in French."""
    return Assistant(corpus())


def _fused(*scores: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Fuse rankings: each gives 1 / (60 + rank) to each sheet, so that no scale weighs more than another."""
    total = numpy.zeros(len(scores[0]))
    for score in scores:
        ranks = numpy.empty(len(score))
        ranks[numpy.argsort(-score, kind="stable")] = numpy.arange(1, len(score) + 1)
        total += 1 / (RANKS + ranks)
    return total
