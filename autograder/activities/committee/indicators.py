"""The indicators of a dossier, in words: all of them, and the few by which dossiers are compared."""

from typing import Any

from autograder.activities.committee.model import Dossier, Indicators, Place
from autograder.activities.committee.rule import change
from autograder.activities.committee.words import (
    MEASURES,
    SHORT_MEASURES,
    difference,
    euros,
    evolution,
    thousands,
)
from autograder.french.marks import spaced
from autograder.french.numbers import number, percent

Row = tuple[str, str, str, str]
"""An indicator: its name, the half-year before, now, its evolution in words; only its name and now where nothing is compared."""


def rows(place: Place) -> list[Row]:
    """Return the indicators of a dossier. What impresses comes first, as in the presentations that committees receive."""
    now, before, dossier = place.now, place.before, place.dossier
    return [
        _row("Visites par mois", number, before.visits, now.visits),
        ("Dépensé depuis le début", thousands(before.spent), thousands(now.spent), _spent_since(before, now)),
        _row("Budget par mois", thousands, before.budget, now.budget),
        _row("Usagers actifs par mois", number, before.active, now.active),
        (
            "Part atteinte des usagers potentiels",
            percent(before.reach(dossier), 1),
            f"{percent(now.reach(dossier), 1)} de {number(dossier.target)} personnes",
            difference(round(now.reach(dossier), 1) - round(before.reach(dossier), 1), 1),
        ),
        (
            "Usagers qui disent leur besoin rempli",
            f"{percent(before.need)} de {number(before.answers)}",
            f"{percent(now.need)} de {number(now.answers)} réponses",
            difference(round(now.need) - round(before.need), 0),
        ),
        (
            "Effet par mois",
            _measured_before(before),
            _measured(dossier, now),
            evolution(change(before.impact, now.impact)),
        ),
        (
            "Coût par unité d’effet",
            euros(before.unit_cost),
            _unit_cost(now),
            evolution(change(before.unit_cost, now.unit_cost)),
        ),
        _row("Coût par usager actif", euros, before.use_cost, now.use_cost),
        ("Solution mutualisée", "", _shared(dossier, now), ""),
    ]


def _unit_cost(one: Indicators) -> str:
    declared = ", sur un effet déclaré" if one.proof == "declaree" and one.unit_cost else ""
    return euros(one.unit_cost) + declared


def _row(name: str, written: Any, before: float, now: float) -> Row:
    return name, written(before), written(now), evolution(change(before, now))


def _measured(dossier: Dossier, now: Indicators) -> str:
    counted = "" if now.impact is None else f"{number(now.impact)} {dossier.unit}, "
    return counted + MEASURES[now.proof]


def _measured_before(before: Indicators) -> str:
    if before.impact is not None:
        return number(before.impact)
    return "déclaré, non comparable" if before.proof == "declaree" else "non mesuré"


def _spent_since(before: Indicators, now: Indicators) -> str:
    spent = now.spent - before.spent
    return f"hausse de {thousands(spent)}" if spent else "stable"


def _sharing(one: Indicators) -> str:
    if one.cover is None:
        return "aucune connue"
    return "essayée" if one.tested else "annoncée"


def _shared(dossier: Dossier, one: Indicators) -> str:
    if one.cover is None:
        return _sharing(one)
    if one.tested:
        return spaced(f"essayée : elle couvre {percent(one.cover)} du besoin")
    brochure = f"selon sa brochure, elle couvrirait {percent(one.cover)} du besoin"
    return spaced(f"{dossier.shared} ; {brochure} (pas encore essayée)")


def brief(place: Place) -> dict[str, str]:
    """Return the few indicators by which dossiers are compared, each in a word or two."""
    now = place.now
    effect = "" if now.impact is None else f"{number(now.impact)}, "
    return {
        "Visites par mois": number(now.visits),
        "Budget par mois": thousands(now.budget),
        "Part atteinte": percent(now.reach(place.dossier), 1),
        "Besoin rempli": f"{percent(now.need)} de {number(now.answers)} réponses",
        "Effet par mois": effect + SHORT_MEASURES[now.proof],
        "Solution mutualisée": _sharing(now),
    }
