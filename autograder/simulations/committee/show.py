"""What the module's notebook shows: `comite.dossiers(graine)`, `comite.training(graine)`, `comite.rule_table()`."""

from collections.abc import Sequence

from autograder.show import Html
from autograder.simulations.committee.cases import opening, training
from autograder.simulations.committee.model import CRITERIA, DOSSIERS, Place
from autograder.simulations.committee.report import html_table, rows
from autograder.simulations.committee.rule import (
    ANSWERS,
    COST,
    COVER_BAD,
    COVER_UNKNOWN,
    FALL,
    GROWING,
    NEED_BAD,
    NEED_GOOD,
    REACH,
)
from autograder.simulations.committee.words import CRITERIA_NAMES, number, percent, thousands

HEADS = ("Indicateur", "Semestre précédent", "Ce semestre", "Évolution")


def dossiers(seed: int) -> Html:
    """Show who the six dossiers are, in one table."""
    lines = [(f"{key} – {one.dossier.name}", *_story(one)) for key, one in opening(seed).items()]
    heads = ("Dossier (fictif)", "Ce qu’il fait", "Ce qu’on en dit", "Visites par mois", "Dépensé")
    assert len(lines) == len(DOSSIERS)
    return _shown("Les six dossiers du comité, tous fictifs", heads, lines)


def _story(place: Place) -> tuple[str, ...]:
    one = place.dossier
    return one.promise, one.rumour, number(place.now.visits), thousands(place.now.spent)


def exercise_dossier(seed: int) -> Html:
    """Show the raw figures of the dossier on which to practise, without what exercises ask to compute."""
    place = training(seed)
    asked = ("Part atteinte", "Coût par unité", "Coût à l’utilisation", "Visites", "Dépensé")
    raw = [(row[0], row[1], row[2]) for row in rows(place) if not row[0].startswith(asked)]
    raw.insert(0, ("Usagers potentiels", number(place.dossier.target), number(place.dossier.target)))
    caption = f"Dossier d’entraînement {place.dossier.key} – {place.dossier.name} (fictif)"
    return _shown(caption, HEADS[:3], raw)


def rule_table() -> Html:
    """Show when each criterion is favourable, unknown, unfavourable: the first half of the published rule."""
    return _shown(
        "La règle, première partie : lire les cinq critères",
        ("Critère", "Favorable", "Inconnu", "Défavorable"),
        criteria(),
    )


def criteria() -> list[tuple[str, str, str, str]]:
    """Return the criteria with their limits, as the rule applies them."""
    texts = {
        "utilite": (
            f"{percent(NEED_GOOD)} des usagers ou plus disent leur besoin rempli, sur {ANSWERS} réponses au moins",
            f"moins de {ANSWERS} réponses, ou entre {percent(NEED_BAD)} et {percent(NEED_GOOD)}",
            f"{percent(NEED_BAD)} ou moins, sur {ANSWERS} réponses au moins",
        ),
        "impact": (
            "effet établi par une comparaison, et stable ou en hausse",
            "effet non mesuré, ou seulement déclaré par l’équipe",
            f"comparaison faite et pas d’effet visible, ou effet en baisse de plus de {percent(FALL)}",
        ),
        "cout": (
            f"coût par unité d’effet stable ou en baisse (hausse de moins de {percent(COST)})",
            "jamais : sans objet (ne compte pas) tant que l’effet n’a pas été établi deux fois",
            f"hausse de {percent(COST)} ou plus en un semestre",
        ),
        "usage": (
            f"{percent(REACH)} des usagers potentiels ou plus",
            f"moins de {percent(REACH)}, mais {percent(GROWING)} d’usagers en plus, ou davantage, en un semestre",
            f"moins de {percent(REACH)}, sans cette croissance",
        ),
        "mutualisation": (
            f"aucune solution mutualisée, ou moins de {percent(COVER_UNKNOWN)} du besoin couvert",
            f"de {percent(COVER_UNKNOWN)} à moins de {percent(COVER_BAD)} du besoin couvert",
            f"{percent(COVER_BAD)} du besoin couvert, ou plus",
        ),
    }
    return [(CRITERIA_NAMES[name], *texts[name]) for name in CRITERIA]


def _shown(caption: str, heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> Html:
    text = "\n".join([caption, *(" | ".join(line) for line in lines)])
    return Html(html_table(caption, heads, lines), text)
