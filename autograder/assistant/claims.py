"""What module F11 puts to the test: six questions, and the extracts of real sheets against which a learner checks the answers."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from autograder.assistant.corpus import Passage, corpus
from autograder.data.errors import DataError


@dataclass(frozen=True)
class Claim:
    """A question answered in module F11, and the sheet that says the rule. `cites` is the false title that the answer gives instead."""

    id: str
    question: str
    sheet: str
    extracts: tuple[tuple[str, str], ...]
    cites: str = ""


@functools.cache
def claims() -> tuple[Claim, ...]:
    """Return the six, in the order of their file."""
    rows = yaml.safe_load((Path(__file__).parent / "claims.yml").read_text(encoding="utf-8"))
    return tuple(Claim(**row | {"extracts": tuple(map(tuple, row["extracts"]))}) for row in rows)


def evidence(claim: Claim) -> tuple[Passage, tuple[str, ...]]:
    """Return a passage of the claim's sheet, for its reference, and the extracts word for word.

    Raises DataError when the sheet no longer says it, when a sheet bears the false title, or when the texts are missing.
    """
    if claim.cites and any(claim.cites == title for title, _ in corpus().starts):
        raise DataError(f"Une fiche s’intitule maintenant « {claim.cites} » : l’exercice est à revoir.")
    passages = corpus().of_sheet(claim.sheet)
    return passages[0], tuple(_extract(passages, *ends) for ends in claim.extracts)


def _extract(passages: list[Passage], first: str, last: str) -> str:
    for passage in passages:
        start = passage.text.find(first)
        end = passage.text.find(last, start)
        if start >= 0 and end >= 0:
            return "\n".join(passage.lines(start, end + len(last)))
    raise DataError(f"Une fiche ne contient plus « {first} … {last} » : l’exercice est à revoir.")
