"""From one half-year to the next: what a decision does to a dossier. Pure: same place, same decision, same result."""

from dataclasses import replace

from autograder.activities.committee.model import PROOF_MONTHS, SHORT, Decision, Indicators, Place

MOST_REACHED = 0.6
"""Share of the potential users that no service exceeds."""
FULL_SURVEY = 260
"""Replies that a survey gets when it is asked as a proof."""
STEP = 10
"""Units of impact are rounded to this, users to five times this."""


def advance(place: Place, decision: Decision, half_year: int) -> Place | None:
    """Return where a dossier stands at the next committee, number `half_year`; None once it is stopped."""
    if decision.choice == "arret":
        return None
    asked = _asked(decision)
    now, dossier = place.now, place.dossier
    active = _active(place, decision, asked)
    need, answers = _need(place, decision, asked)
    budget = _budget(place, decision, asked)
    proof = now.proof
    if asked == "impact":
        proof = "etablie" if dossier.effect > 0.1 else "nulle"
    cover, tested = _shared(place, asked, half_year)
    after = Indicators(
        budget=budget,
        spent=now.spent + place.cost(decision.choice),
        visits=_visits(place, decision),
        active=active,
        need=need,
        answers=answers,
        impact=_impact(place, active, proof, half_year),
        proof=proof,
        cover=cover,
        tested=tested,
    )
    before = now
    if proof != now.proof:  # two measures of different sorts are not compared
        before = replace(now, impact=None)
    return Place(dossier, after, before, place.asked | ({asked} if asked else set()))


def _asked(decision: Decision) -> str:
    """Return the criterion that a decision asks to prove and pays long enough for, or ""."""
    enough = decision.choice in SHORT and decision.months >= PROOF_MONTHS.get(decision.proof, 99)
    return decision.proof if enough else ""


def _active(place: Place, decision: Decision, asked: str) -> int:
    """Users come with the months worked. A team asked to prove use works on nothing else; a team left waiting loses heart."""
    months = {"report": 0.5}.get(decision.choice, decision.months)
    if asked == "usage":
        months *= 2.5
    grown = place.now.active * (1 + place.dossier.growth * months / 6)
    return int(min(grown, MOST_REACHED * place.dossier.target) / 50 + 0.5) * 50


def _visits(place: Place, decision: Decision) -> int:
    push = 2.5 if decision.proof == "visites" else 1
    return (
        int(place.now.visits * (1 + place.dossier.visits_growth * push * decision.months / 6) / 100 + 0.5)
        * 100
    )


def _need(place: Place, decision: Decision, asked: str) -> tuple[float, int]:
    """Users' satisfaction drops when a young service grows fast, and comes back when the team works on it."""
    dossier, now = place.dossier, place.now
    need = now.need
    if decision.choice == "six" and "utilite" not in place.asked:
        need = round(dossier.need - dossier.strain)
    if asked == "utilite":
        need = round(dossier.need)
    answers = now.answers + int(now.answers * 0.06 * decision.months)
    return need, max(answers, FULL_SURVEY) if asked == "utilite" else answers


def _budget(place: Place, decision: Decision, asked: str) -> float:
    """Teams ask for more after six months; one that was asked to cut its costs does so, or does not."""
    budget, dossier = place.now.budget, place.dossier
    if asked == "cout":
        return round(budget * (0.78 if dossier.recovers else 1.1))
    if decision.choice == "six" or decision.proof == "fonctionnalite":
        return round(budget * (1 + dossier.raise_))
    return budget


def _impact(place: Place, active: int, proof: str, half_year: int) -> int | None:
    if proof == "aucune":
        return None
    if proof == "declaree":  # the team goes on declaring at the same rate
        rate = (place.now.impact or 0) / place.now.active
    else:
        rate = place.dossier.effect * (1 + place.dossier.drift) ** (half_year - 1)
    return int(active * rate / STEP + 0.5) * STEP


def _shared(place: Place, asked: str, half_year: int) -> tuple[float | None, bool]:
    dossier, now = place.dossier, place.now
    if asked == "mutualisation" and now.cover is not None:
        return round(dossier.shared_truth), True
    if dossier.shared_from and half_year >= dossier.shared_from and not now.tested:
        return dossier.shared_cover, False
    return now.cover, now.tested
