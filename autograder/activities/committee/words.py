"""What people read of the committee, in French."""

from autograder.activities.committee.model import CRITERIA
from autograder.french.marks import all_spaced
from autograder.french.numbers import NO_BREAK, number, percent

CHOICES = all_spaced(
    {
        "six": "Accorder 6 mois",
        "deux": "Accorder 2 mois, contre une preuve",
        "un": "Accorder 1 mois, contre une preuve",
        "arret": "Arrêter le financement",
        "report": "Reporter la décision au prochain comité",
    }
)
SHORT_CHOICES = {"six": "6 mois", "deux": "2 mois", "un": "1 mois", "arret": "arrêt", "report": "report"}

PROOFS = all_spaced(
    {
        "utilite": "1 mois : une enquête auprès des usagers, au moins 100 réponses",
        "impact": "2 mois : une mesure d’effet, comparée à des personnes sans le service",
        "cout": "2 mois : un coût par unité d’effet stable ou en baisse (hausse de moins de 10 %)",
        "usage": "2 mois : 1 % au moins des usagers potentiels atteints",
        "mutualisation": "1 mois : un essai comparé de la solution mutualisée",
        "visites": "Un doublement des visites",
        "fonctionnalite": "La livraison de la fonctionnalité attendue",
        "plan": "Une note de stratégie et un plan de communication",
    }
)
SHORT_PROOFS = {
    "utilite": "enquête sur le besoin",
    "impact": "mesure d’effet comparée",
    "cout": "coût par unité d’effet",
    "usage": "1 % des usagers atteints",
    "mutualisation": "essai de la solution mutualisée",
    "visites": "doublement des visites",
    "fonctionnalite": "fonctionnalité livrée",
    "plan": "note de stratégie",
}

GROUNDS = all_spaced(
    {
        "utilite": "Ce que disent les usagers : leur besoin est-il rempli ?",
        "impact": "L’effet : est-il établi par une comparaison ?",
        "cout": "Le coût par unité d’effet",
        "usage": "La part des usagers potentiels atteinte",
        "mutualisation": "L’existence, ou non, d’une solution mutualisée",
        "visites": "Le nombre de visites",
        "depense": "Ce qui a déjà été dépensé",
        "soutien": "Le soutien de la hiérarchie",
        "fonctionnalite": "La fonctionnalité attendue",
        "temps": "Il faut laisser du temps à l’équipe",
    }
)

CRITERIA_NAMES = {
    "utilite": "utile",
    "impact": "impactant",
    "cout": "efficient",
    "usage": "utilisé",
    "mutualisation": "sans doublon",
}
assert tuple(CRITERIA_NAMES) == CRITERIA

BIASES = all_spaced(
    {
        "cout-irrecuperable": "Décider d’après ce qui est déjà dépensé (coût irrécupérable)",
        "vanite": "Se laisser convaincre par les visites (indicateur de vanité)",
        "saupoudrage": "Saupoudrer : un peu d’argent pour chacun",
        "fonctionnalite": "Demander une fonctionnalité plutôt qu’une preuve",
        "ne-pas-decider": "Ne pas décider",
        "repousser": "Redemander une preuve qui n’est pas venue",
        "preuve-ignoree": "Passer outre la preuve que l’on avait demandée",
        "doublon": "Payer six mois sans avoir essayé la solution mutualisée",
        "autorite": "Suivre le soutien hiérarchique",
        "preuves-contraires": "Financer contre les preuves",
        "preuves-manquantes": "Accorder six mois sans les preuves",
        "sans-preuve": "Accorder un délai sans rien demander qui prouve",
        "preuve-a-cote": "Demander une preuve à côté du point faible",
        "delai-trop-court": "Demander une preuve que le délai ne permet pas",
        "hesitation": "Hésiter alors que les preuves sont là",
        "arret-d-un-succes": "Arrêter ce qui marche",
        "arret-sans-preuve": "Arrêter avant d’avoir demandé la preuve",
        "laisser-du-temps": "Donner du temps sans dire pour quoi",
        "motif-contredit": "Donner un motif que les indicateurs ne portent pas",
        "sans-motif": "Décider sans motif",
        "depassement": "Dépasser l’enveloppe",
        "incomplet": "Laisser un dossier sans décision",
    }
)
"""bias -> what a debrief calls it."""

MEASURES = all_spaced(
    {
        "aucune": "non mesuré",
        "declaree": "déclaré par l’équipe, sans comparaison",
        "etablie": "établi par une comparaison",
        "nulle": "comparaison faite : pas d’effet visible",
    }
)


SHORT_MEASURES = {
    "aucune": "non mesuré",
    "declaree": "déclaré",
    "etablie": "établi",
    "nulle": "aucun de visible",
}


def euros(value: float | None) -> str:
    """Return an amount in euros, or that it is not measured."""
    if value is None:
        return "non mesuré"
    return f"{number(value, 2 if value < 100 else 0)}{NO_BREAK}€"


def thousands(value: float) -> str:
    """Return an amount given in k€."""
    return f"{number(value)}{NO_BREAK}k€"


def evolution(value: int | None) -> str:
    """Return an evolution in whole percent, in words."""
    if value is None:
        return "pas de comparaison"
    return f"{_way(value)} de {percent(abs(value))}" if value else "stable"


def difference(value: float, digits: int) -> str:
    """Return the difference between two shares, in points: an evolution in percent of a percentage would be read wrong."""
    rounded = round(value, digits)
    points = "points" if abs(rounded) >= 2 else "point"  # French: plural from two on
    return f"{_way(rounded)} de {number(abs(rounded), digits)}{NO_BREAK}{points}" if rounded else "stable"


def _way(value: float) -> str:
    return "hausse" if value > 0 else "baisse"
