"""The names that a model learns, and the models already trained on them."""

from functools import lru_cache

from autograder.activities.generator.form import Corpus
from autograder.activities.generator.model import Model
from autograder.data import catalogue
from autograder.data.load import read

Key = tuple[str, str, tuple[tuple[str, str], ...]]
PIECE = 5
"""Letters in a row that a credible name shares with a real one, wherever they are in it."""


def key_of(corpus: Corpus) -> Key:
    """Return a corpus as what caches are kept by."""
    return corpus["dataset"], corpus["column"], tuple(sorted(corpus.get("where", {}).items()))


@lru_cache(maxsize=4)
def names_of(key: Key) -> tuple[str, ...]:
    """Return the names of a corpus, in the order of its dataset, each as often as it stands there. Raises DataError, KeyError."""
    dataset, column, where = key
    rows = read(catalogue.read().resolve(dataset))
    for name, value in where:
        rows = rows[rows[name] == value]
    return tuple(rows[column])


@lru_cache(maxsize=4)
def real_of(key: Key) -> frozenset[str]:
    """Return the names of a corpus, each once."""
    return frozenset(names_of(key))


@lru_cache(maxsize=4)
def pieces_of(key: Key) -> frozenset[str]:
    """Return all runs of letters of the names of a corpus."""
    return frozenset(piece for name in real_of(key) for piece in runs(name))


@lru_cache(maxsize=6)
def trained(key: Key, order: int) -> Model:
    """Return the model of a corpus. Six are kept, so that coming back to an order waits for nothing: about 90 MB for orders 1 to 6."""
    return Model(names_of(key), order)


def runs(name: str) -> set[str]:
    """Return the runs of letters of a name; none of a shorter one."""
    return {name[i : i + PIECE] for i in range(len(name) - PIECE + 1)}
