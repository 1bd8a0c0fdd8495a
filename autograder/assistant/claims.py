"""The passages against which a learner checks claims: found in the sheets by a few of their words, shown as they are written."""

from autograder.assistant.corpus import Passage, corpus
from autograder.data.errors import DataError

EVIDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("article100977", ("peut être librement rompu", "quarante-huit heures entre")),
    ("article375531", ("Une durée plus élevée peut être fixée", "Trois jours pour le décès du conjoint")),
    (
        "article109185",
        ("a l’obligation de prendre en charge une partie", "peut prendre en charge, en tout ou partie"),
    ),
    (
        "article107747",
        ("Seul le 1er mai est obligatoirement chômé", "ne fait l'objet d'aucune réglementation"),
    ),
)
"""For each sheet, words of the passages to show, in order. The sheets' own apostrophes are kept."""


def evidence() -> list[Passage]:
    """Return the passages to read, each once. Raises DataError when a sheet no longer says it, or the texts are missing."""
    found = []
    for sheet, anchors in EVIDENCE:
        passages = corpus().of_sheet(sheet)
        for anchor in anchors:
            holding = next((passage for passage in passages if anchor in passage.text), None)
            if holding is None:
                raise DataError(f"La fiche {sheet} ne contient plus « {anchor} » : l’exercice est à revoir.")
            if holding not in found:
                found.append(holding)
    return found
