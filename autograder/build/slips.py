"""Slips that any numeric answer invites, derived from its right value without the author's help."""

from typing import Any

from autograder.checks.reading import Spec
from autograder.modules.model import Mistake

PERCENT = Mistake(
    id="slip-percent",
    message="Votre réponse et la réponse attendue diffèrent d’un facteur cent : l’une est une part (entre 0 et 1), l’autre un "
    "pourcentage. Relisez l’unité demandée.",
)
SIGN = Mistake(
    id="slip-sign", message="Le signe est inversé : regardez de quelle valeur on retranche l’autre."
)
ROUNDED = Mistake(
    id="slip-rounded", message="Vous avez trop arrondi : gardez la précision que demande l’énoncé."
)
THOUSAND = Mistake(
    id="slip-thousand",
    message="Il y a un facteur mille entre votre réponse et la réponse attendue : relisez l’unité demandée.",
)


def of_number(truth: float, spec: Spec) -> list[tuple[Mistake, Any]]:
    """Return the slips on a number with the value that each gives; those that the tolerance accepts are left out."""
    slips = [
        (PERCENT, truth / 100),
        (PERCENT, truth * 100),
        (THOUSAND, truth / 1000),
        (THOUSAND, truth * 1000),
        (ROUNDED, float(round(truth))),
        (SIGN, -truth),
    ]
    tolerance = spec.get("tolerance", 0)
    # Far from the right answer's cells, and from those of zero: a slip must not stand for other answers.
    return [
        (slip, value)
        for slip, value in slips
        if value != truth and abs(value - truth) > 2.5 * tolerance and abs(value) > tolerance
    ]
