"""The published rule: which decisions the evidence shown admits. It reads what the committee reads, and nothing else.

Five criteria, each favourable, unknown, unfavourable, or of no object. From them, the decisions that are coherent; several usually are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.activities.committee.model import (
    CRITERIA,
    LURES,
    POOR_GROUNDS,
    PROOF_MONTHS,
    SHORT,
    Decision,
    Place,
)

GOOD, UNKNOWN, BAD, NONE = "favorable", "inconnu", "défavorable", "sans objet"

NEED_GOOD, NEED_BAD = 60, 40
"""Percent of users whose need was met: from this on it is established, up to that it is refuted."""
ANSWERS = 100
"""Replies under which a survey settles nothing."""
REACH = 1
"""Percent of the potential users: the low end of what beta.gouv.fr's documentation expects of an acceleration."""
GROWING = 20
"""Percent of active users won in a half-year: under `REACH`, growth as fast as this leaves the question open."""
FALL = 5
"""Percent of impact lost in a half-year that makes it a decline."""
COST = 10
"""Percent of unit cost won or lost in a half-year that makes it a change."""
COVER = 80
"""Percent of the need that a shared solution covers, once it was tried, which makes the service a duplicate."""
ANSWERED = ("utilite", "impact", "mutualisation")
"""Criteria whose proof is a measure: asked in time, it always comes, for or against. The others ask for a result, which may not come."""


@dataclass(frozen=True)
class Judged:
    """A decision read by the rule. `bias` and `ground_bias` are "" where nothing is to be said of the decision or its ground."""

    coherent: bool
    grounded: bool
    bias: str = ""
    ground_bias: str = ""


def assess(place: Place) -> dict[str, str]:
    """Return what each criterion says of a dossier."""
    return {
        "utilite": _need(place),
        "impact": _impact(place),
        "cout": _cost(place),
        "usage": _usage(place),
        "mutualisation": _shared(place),
    }


def change(before: float | None, now: float | None) -> int | None:
    """Return an evolution in whole percent, as it is shown; None when one of the two is not known."""
    return round(100 * (now - before) / before) if before and now is not None else None


def _need(place: Place) -> str:
    if place.now.answers < ANSWERS or NEED_BAD < place.now.need < NEED_GOOD:
        return UNKNOWN
    return GOOD if place.now.need >= NEED_GOOD else BAD


def _impact(place: Place) -> str:
    if place.now.proof == "nulle":
        return BAD
    if place.now.proof != "etablie":
        return UNKNOWN
    evolution = change(place.before.impact, place.now.impact)
    return BAD if evolution is not None and evolution < -FALL else GOOD


def _cost(place: Place) -> str:
    """Cost per unit of impact; nothing can be said of it before the impact is established twice."""
    if place.now.proof != "etablie":
        return NONE
    evolution = change(place.before.unit_cost, place.now.unit_cost)
    if evolution is None:
        return NONE
    return BAD if evolution >= COST else GOOD


def _usage(place: Place) -> str:
    if round(place.now.reach(place.dossier), 1) >= REACH:  # as it is shown
        return GOOD
    growth = change(place.before.active, place.now.active)
    return UNKNOWN if growth is not None and growth >= GROWING else BAD


def _shared(place: Place) -> str:
    """What a brochure announces is not evidence: only a trial makes a shared solution count, for or against."""
    cover, tested = place.now.cover, place.now.tested
    if cover is None:
        return GOOD
    if not tested:
        return UNKNOWN
    return BAD if cover >= COVER else GOOD


def admitted(place: Place) -> tuple[bool, tuple[str, ...], bool]:
    """Return whether six months are coherent, the criteria that a short grant may ask to prove, and whether stopping is coherent."""
    found = assess(place)
    bad = [name for name in CRITERIA if found[name] == BAD]
    unknown = [name for name in CRITERIA if found[name] == UNKNOWN]
    if any(name in place.asked for name in bad + unknown) or len(bad) >= 2:
        return False, (), True
    if bad:
        return False, tuple(bad), True
    return set(unknown) <= {"usage"}, tuple(unknown), False


def judge(place: Place, decision: Decision) -> Judged:
    """Read one decision with the rule."""
    six, proofs, stop = admitted(place)
    bias = _bias(place, decision, six, proofs, stop)
    if bias:
        return Judged(False, False, bias)
    ground_bias = _ground_bias(place, decision)
    return Judged(True, not ground_bias, "", ground_bias)


def _bias(place: Place, decision: Decision, six: bool, proofs: tuple[str, ...], stop: bool) -> str:
    if decision.choice == "report":
        return "ne-pas-decider"
    if decision.choice == "arret":
        return "" if stop else _stop_bias(place, decision, six)
    if decision.choice == "six":
        return "" if six else _six_bias(place, decision)
    if decision.proof in proofs and decision.months >= PROOF_MONTHS[decision.proof]:
        return ""
    return _short_bias(place, decision, proofs)


def _stop_bias(place: Place, decision: Decision, six: bool) -> str:
    doubted = assess(place).get(decision.ground) == UNKNOWN
    return "arret-d-un-succes" if six and not doubted else "arret-sans-preuve"


def _six_bias(place: Place, decision: Decision) -> str:
    named = {
        "depense": "cout-irrecuperable",
        "visites": "vanite",
        "soutien": "autorite",
        "fonctionnalite": "fonctionnalite",
    }
    if decision.ground in named:
        return named[decision.ground]
    found = assess(place)
    if _answered(place, found):
        return "preuve-ignoree"
    if BAD in found.values():
        return "preuves-contraires"
    return "doublon" if found["mutualisation"] == UNKNOWN else "preuves-manquantes"


def _answered(place: Place, found: Mapping[str, str]) -> bool:
    """Tell whether a proof that the committee asked for has come, and is against the dossier."""
    return any(name in place.asked and found[name] == BAD for name in ANSWERED)


def _short_bias(place: Place, decision: Decision, proofs: tuple[str, ...]) -> str:
    lures = {
        "": "sans-preuve",
        "fonctionnalite": "fonctionnalite",
        "visites": "vanite",
        "plan": "sans-preuve",
    }
    if decision.proof in lures:
        return lures[decision.proof]
    found = assess(place)
    if decision.proof in proofs:
        return "delai-trop-court"
    if not proofs and BAD not in found.values() and UNKNOWN not in found.values():
        return "hesitation"
    if _answered(place, found):
        return "preuve-ignoree"
    if decision.proof in place.asked and found[decision.proof] != GOOD:
        return "repousser"
    return "preuve-a-cote" if proofs else "preuves-contraires"


def _ground_bias(place: Place, decision: Decision) -> str:
    """Return what is wrong with the ground of a coherent decision; "" when the indicators bear it out."""
    if not decision.ground:
        return "sans-motif"
    if decision.ground in POOR_GROUNDS:
        return {
            "depense": "cout-irrecuperable",
            "visites": "vanite",
            "soutien": "autorite",
            "fonctionnalite": "fonctionnalite",
            "temps": "laisser-du-temps",
        }[decision.ground]
    said = assess(place)[decision.ground]
    if decision.choice == "six":
        return "" if said == GOOD else "motif-contredit"
    if decision.choice in SHORT:
        return "" if decision.ground == decision.proof else "motif-contredit"
    asked_in_vain = decision.ground in place.asked and said == UNKNOWN
    return "" if said == BAD or asked_in_vain else "motif-contredit"


def scattered(judged: Mapping[str, Judged], decisions: Mapping[str, Decision]) -> bool:
    """Tell whether a committee spreads thin: four short grants or more, of which two at least that nothing justifies."""
    short = [key for key, decision in decisions.items() if decision.choice in SHORT]
    return len(short) >= 4 and sum(not judged[key].coherent for key in short) >= 2


BIASES = (
    "cout-irrecuperable",
    "vanite",
    "saupoudrage",
    "fonctionnalite",
    "ne-pas-decider",
    "repousser",
    "preuve-ignoree",
    "doublon",
    "autorite",
    "preuves-contraires",
    "preuves-manquantes",
    "sans-preuve",
    "preuve-a-cote",
    "delai-trop-court",
    "hesitation",
    "arret-d-un-succes",
    "arret-sans-preuve",
    "laisser-du-temps",
    "motif-contredit",
    "sans-motif",
    "depassement",
    "incomplet",
)
"""Everything that the rule can reproach, in the order in which a debrief tells it."""
assert not set(LURES) & set(CRITERIA)
