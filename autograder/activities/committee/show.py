"""What the module's notebook shows: `comite.dossiers(graine)`, `comite.training()`, `comite.rule_table()`."""

from collections.abc import Sequence

from autograder.activities.committee.cases import opening, training
from autograder.activities.committee.indicators import rows
from autograder.activities.committee.model import CRITERIA, DOSSIERS, Place
from autograder.activities.committee.report import html_table
from autograder.activities.committee.rule import (
    ANSWERS,
    COST,
    COVER,
    FALL,
    GROWING,
    NEED_BAD,
    NEED_GOOD,
    REACH,
)
from autograder.activities.committee.words import CRITERIA_NAMES, thousands
from autograder.french.numbers import number, percent
from autograder.show import Html

HEADS = ("Indicateur", "Semestre précédent", "Ce semestre")


def dossiers(seed: int) -> Html:
    """Show who the six dossiers are, in one table."""
    lines = [(f"{key} – {one.dossier.name}", *_story(one)) for key, one in opening(seed).items()]
    heads = ("Dossier (fictif)", "Ce qu’il fait", "Ce qu’on en dit", "Visites par mois", "Dépensé")
    assert len(lines) == len(DOSSIERS)
    return _shown("Les six dossiers du comité, tous fictifs", heads, lines)


def _story(place: Place) -> tuple[str, ...]:
    one = place.dossier
    return one.promise, one.rumour, number(place.now.visits), thousands(place.now.spent)


def exercise_dossier() -> Html:
    """Show the raw figures of the dossier on which to practise, without what exercises ask to compute."""
    place = training()
    target, unit = number(place.dossier.target), place.dossier.unit
    lines = [
        ("Personnes à qui il est destiné", target, target),
        *(_both(place, name) for name in ("Budget par mois", "Usagers actifs par mois")),
        (f"Effet par mois : {unit}", number(place.before.impact or 0), number(place.now.impact or 0)),
    ]
    caption = f"Dossier d’entraînement {place.dossier.key} – {place.dossier.name} (fictif)"
    return _shown(caption, HEADS, lines)


def _both(place: Place, wanted: str) -> tuple[str, str, str]:
    return next((name, before, now) for name, before, now, _ in rows(place) if name == wanted)


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
            f"aucune solution mutualisée, ou une solution essayée qui couvre moins de {percent(COVER)} du besoin",
            "solution annoncée, pas encore essayée : une brochure n’est pas une preuve",
            f"solution essayée, qui couvre {percent(COVER)} du besoin ou plus",
        ),
    }
    return [(CRITERIA_NAMES[name], *texts[name]) for name in CRITERIA]


def _shown(caption: str, heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> Html:
    text = "\n".join([caption, *(" | ".join(line) for line in lines)])
    return Html(html_table(caption, heads, lines), text)
