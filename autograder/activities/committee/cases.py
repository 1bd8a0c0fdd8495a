"""The six dossiers, made up: their stories, and the figures drawn from a seed around them.

Every figure is fictitious. The dice only come from `random.Random(str).random()`, whose sequence Python guarantees for a seed.
"""

import random
from collections.abc import Callable
from functools import cache

from autograder.activities.committee.model import DOSSIERS, Dossier, Indicators, Place
from autograder.french.marks import spaced

SEED = 2026

Between = Callable[[float, float], float]


@cache
def opening(seed: int) -> dict[str, Place]:
    """Return the six dossiers as the first committee finds them, by key."""
    return {key: _case(key, _dice(seed, key)) for key in DOSSIERS}


@cache
def training() -> Place:
    """Return a seventh dossier, on which to practise; the committee never decides on it.

    It is the same for every seed: its figures keep the answers of usual mistakes apart from each other.
    """
    dossier = _dossier("G", _dice(SEED, "training"), target=190_000)
    before = Indicators(20, 264, 21_000, 3_600, 66, 310, 1_050, "etablie")
    now = Indicators(24, 384, 26_000, 5_400, 69, 420, 1_600, "etablie")
    return Place(dossier, now, before)


def _dice(seed: int, key: str) -> Between:
    rng = random.Random(f"comite/{seed}/{key}")
    return lambda low, high: low + (high - low) * rng.random()


def _round(value: float, step: int) -> int:
    return round(value / step) * step


def _dossier(key: str, between: Between, **own: object) -> Dossier:
    name, promise, rumour, unit = map(spaced, STORIES[key])
    usual: dict[str, object] = {
        "target": 100_000,
        "growth": between(0.3, 0.45),
        "visits_growth": between(0.1, 0.25),
        "need": 75.0,
        "strain": 0.0,
        "effect": 0.3,
        "drift": 0.0,
        "raise_": 0.05,
        "recovers": False,
        "shared": "",
        "shared_from": 0,
        "shared_cover": 0.0,
        "shared_truth": 0.0,
    }
    return Dossier(key, name, promise, rumour, unit=unit, **{**usual, **own})  # type: ignore[arg-type]


def _case(key: str, between: Between) -> Place:
    return CASES[key](between)


def _established(between: Between) -> Place:
    """A: useful, measured, cheaper and cheaper; a shared solution is announced later."""
    dossier = _dossier(
        "A",
        between,
        target=_round(between(240_000, 300_000), 10_000),
        need=between(76, 84),
        effect=between(0.42, 0.5),
        shared="une brique commune ouverte par un autre ministère",
        shared_from=3,
        shared_cover=_round(between(82, 90), 1),
        shared_truth=between(20, 45),
    )
    active = _round(dossier.target * between(0.022, 0.034), 100)
    now = _measured(dossier, budget=30, spent=410, visits=14_000, active=active, answers=900)
    return Place(dossier, now, _earlier(now, users=0.72, impact=0.7, budget=28))


def _popular(between: Between) -> Place:
    """B: the most visited and the most expensive; few use it, fewer are helped, nobody measured an effect."""
    dossier = _dossier(
        "B",
        between,
        target=_round(between(1_100_000, 1_400_000), 50_000),
        growth=between(0.0, 0.04),
        visits_growth=between(0.25, 0.4),
        need=between(28, 35),
        effect=0.02,
    )
    active = _round(dossier.target * between(0.004, 0.007), 100)
    visits = _round(between(115_000, 145_000), 1_000)
    now = Indicators(45, 900, visits, active, _round(between(29, 37), 1), 640, None, "aucune")
    before = Indicators(
        45, 630, _round(visits * 0.74, 1_000), _round(active * 0.98, 100), now.need + 1, 510, None, "aucune"
    )
    return Place(dossier, now, before)


def _young(between: Between) -> Place:
    """C: nine months old, very useful to the few it reaches; growing fast may strain it."""
    dossier = _dossier(
        "C",
        between,
        target=_round(between(360_000, 440_000), 10_000),
        growth=between(1.9, 2.4),
        need=between(78, 84),
        strain=between(22, 26),
        effect=between(0.5, 0.6),
        raise_=0.1,
    )
    active = _round(dossier.target * between(0.004, 0.005), 50)
    now = _measured(
        dossier, budget=18, spent=150, visits=3_100, active=active, answers=_round(between(120, 170), 1)
    )
    return Place(dossier, now, _earlier(now, users=0.6, impact=0.55, budget=16))


def _duplicate(between: Between) -> Place:
    """D: a good service, where a shared one is said to do the same; only a trial tells."""
    covers = between(0, 1) < 0.5
    dossier = _dossier(
        "D",
        between,
        target=_round(between(80_000, 110_000), 5_000),
        growth=between(0.12, 0.2),
        need=between(70, 78),
        effect=between(0.55, 0.65),
        shared="une solution mutualisée, déjà ouverte à toutes les administrations",
        shared_from=1,
        shared_cover=_round(between(82, 90), 1),
        shared_truth=between(84, 94) if covers else between(30, 46),
    )
    active = _round(dossier.target * between(0.05, 0.07), 100)
    now = _measured(dossier, budget=24, spent=520, visits=22_000, active=active, answers=480)
    return Place(dossier, now, _earlier(now, users=0.92, impact=0.91, budget=24))


def _unproven(between: Between) -> Place:
    """E: much used, users are content, and nobody compared what it changes."""
    works = between(0, 1) < 0.5
    dossier = _dossier(
        "E",
        between,
        target=_round(between(150_000, 190_000), 10_000),
        growth=between(0.2, 0.3),
        need=between(64, 70),
        effect=between(0.35, 0.45) if works else between(0.01, 0.03),
    )
    active = _round(dossier.target * between(0.07, 0.1), 500)
    declared = _round(active * between(0.7, 0.8), 500)
    now = Indicators(
        32,
        450,
        _round(between(58_000, 66_000), 1_000),
        active,
        _round(dossier.need, 1),
        1_350,
        declared,
        "declaree",
    )
    before = Indicators(
        32,
        258,
        _round(now.visits * 0.8, 1_000),
        _round(active * 0.8, 500),
        now.need - 1,
        1_020,
        _round(declared * 0.8, 500),
        "declaree",
    )
    return Place(dossier, now, before)


def _declining(between: Between) -> Place:
    """F: paid more and more for the same effect, and backed by somebody who wants one more feature."""
    dossier = _dossier(
        "F",
        between,
        target=_round(between(90_000, 130_000), 5_000),
        growth=between(0.0, 0.03),
        need=between(52, 57),
        effect=between(0.4, 0.5),
        drift=-0.03,
        raise_=0.15,
        recovers=between(0, 1) < 0.25,
    )
    active = _round(dossier.target * between(0.04, 0.055), 100)
    now = _measured(
        dossier, budget=35, spent=700, visits=41_000, active=active, answers=_round(between(34, 58), 1)
    )
    return Place(dossier, now, _earlier(now, users=1.01, impact=1.02, budget=28))


def _measured(
    dossier: Dossier, budget: float, spent: float, visits: int, active: int, answers: int
) -> Indicators:
    impact = _round(active * dossier.effect, 10)
    return Indicators(
        budget, spent, visits, active, _round(dossier.need, 1), answers, impact, "etablie",
        cover=dossier.shared_cover if dossier.shared_from == 1 else None,
    )  # fmt: skip


def _earlier(now: Indicators, users: float, impact: float, budget: float) -> Indicators:
    """Return the half-year before, from ratios to the present one."""
    assert now.impact is not None
    return Indicators(
        budget=budget,
        spent=now.spent - 6 * budget,
        visits=_round(now.visits * 0.9, 100),
        active=_round(now.active * users, 50),
        need=now.need - 1,
        answers=_round(now.answers * 0.8, 1),
        impact=_round(now.impact * impact, 10),
        proof=now.proof,
        cover=now.cover,
    )


CASES: dict[str, Callable[[Between], Place]] = {
    "A": _established,
    "B": _popular,
    "C": _young,
    "D": _duplicate,
    "E": _unproven,
    "F": _declining,
}

STORIES = {
    "A": (
        "Dossier d’un coup",
        "Guide les familles pour déposer une demande d’aide complète dès la première fois.",
        "« Un service discret : personne n’en parle au cabinet. »",
        "demandes complètes du premier coup",
    ),
    "B": (
        "Portail Horizon",
        "Rassemble en un portail toutes les informations sur la transition des territoires.",
        "« Après tout ce que nous y avons mis, on ne va pas s’arrêter maintenant. Et regardez ces visites ! »",
        "projets locaux lancés grâce au portail",
    ),
    "C": (
        "Relais Aidants",
        "Met en lien les proches aidants avec une solution de répit près de chez eux.",
        "« C’est tout petit. Deux départements, ce n’est pas une politique publique. »",
        "solutions de répit trouvées",
    ),
    "D": (
        "Rendez-vous Local",
        "Permet de prendre rendez-vous avec un agent d’accueil.",
        "« Le nôtre est mieux, et nos agents y tiennent. »",
        "rendez-vous honorés de plus",
    ),
    "E": (
        "Courrier Clair",
        "Réécrit les courriers administratifs en langage clair avant leur envoi.",
        "« Tout le monde l’utilise : la preuve est faite. »",
        "appels de demande d’explication évités",
    ),
    "F": (
        "Guichet Poche",
        "Application mobile de suivi des démarches d’une direction départementale.",
        "« Avec le module de messagerie, tout va changer. La directrice l’a promis aux élus. »",
        "relances téléphoniques évitées",
    ),
    "G": (
        "Carnet Pratique",
        "Aide les artisans à préparer leurs déclarations.",
        "",
        "déclarations justes du premier coup",
    ),
}
"""key -> name, promise, what is heard about it, unit of impact. All made up."""
