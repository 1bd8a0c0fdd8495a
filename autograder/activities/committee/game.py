"""A game as it is saved, and what follows from it. What is read may have been written by anybody: it is checked through and through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from autograder.activities.committee.cases import opening
from autograder.activities.committee.engine import advance
from autograder.activities.committee.model import (
    ALLOWANCE,
    CRITERIA,
    DOSSIERS,
    LURES,
    MONTHS,
    POOR_GROUNDS,
    ROUNDS,
    SHORT,
    Decision,
    Place,
)

MEMBERS = 8
"""Most people around the table."""
LONGEST_NAME = 40
LONGEST_NOTE = 300

PROOFS = (*CRITERIA, *LURES)
GROUNDS = (*CRITERIA, *POOR_GROUNDS)


class UnreadableGame(ValueError):
    """Something that is not a game; its text is French."""


@dataclass(frozen=True)
class Vote:
    """What one member would decide, before the group does, and why."""

    member: int
    choice: str
    ground: str = ""


@dataclass(frozen=True)
class HalfYear:
    """One sitting: decisions by dossier (some may be missing while it is open), votes by dossier, and whether it is over."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    votes: Mapping[str, tuple[Vote, ...]] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True)
class Game:
    """The sittings in order. `members` are the names of the group, none when one plays alone."""

    seed: int
    half_years: tuple[HalfYear, ...] = ()
    members: tuple[str, ...] = ()

    def places(self, number: int) -> dict[str, Place | None]:
        """Return where each dossier stands at sitting `number` (from 1); None: stopped before."""
        return dict(self._all_places[min(number - 1, len(self.half_years))])

    @cached_property
    def _all_places(self) -> list[dict[str, Place | None]]:
        """Where each dossier stands at the first sitting, then after each that was held: asked many times by the rule."""
        all_places: list[dict[str, Place | None]] = [dict(opening(self.seed))]
        for index, half_year in enumerate(self.half_years, start=2):
            decided = {key: half_year.decisions.get(key) or Decision("report") for key in all_places[-1]}
            standing = all_places[-1].items()
            all_places.append({key: place and advance(place, decided[key], index) for key, place in standing})
        return all_places

    def available(self, number: int) -> float:
        """Return the k€ that sitting `number` may spend: what came in, less what earlier sittings spent."""
        return ALLOWANCE * number - sum(self.spent(earlier) for earlier in range(1, number))

    def spent(self, number: int) -> float:
        """Return the k€ that sitting `number` grants so far."""
        decisions, places = self._decided(number), self.places(number)
        return sum(
            place.cost(decisions[key].choice) for key, place in places.items() if place and key in decisions
        )

    def missing(self, number: int) -> list[str]:
        """Return the dossiers still there on which sitting `number` has not decided."""
        decisions = self._decided(number)
        return [key for key, place in self.places(number).items() if place and key not in decisions]

    def without_ground(self, number: int) -> list[str]:
        """Return the dossiers of sitting `number` whose decision names nothing that decided it."""
        return [key for key, decision in self._decided(number).items() if not decision.ground]

    def without_proof(self, number: int) -> list[str]:
        """Return the dossiers of sitting `number` with a short grant that names no proof."""
        short = {key: one for key, one in self._decided(number).items() if one.choice in SHORT}
        return [key for key, decision in short.items() if not decision.proof]

    def _decided(self, number: int) -> dict[str, Decision]:
        """Return the decisions of sitting `number` on the dossiers still there."""
        decisions = self.half_years[number - 1].decisions if number <= len(self.half_years) else {}
        places = self.places(number)
        return {key: decision for key, decision in decisions.items() if places[key]}


def read_game(raw: object, seed: int) -> Game:
    """Return the game that a saved value holds; raise UnreadableGame."""
    if not isinstance(raw, Mapping) or raw.get("seed") != seed:
        raise UnreadableGame("Cette partie n’est pas celle de ce module. Recommencez-la.")
    half_years, members = raw.get("half_years", []), raw.get("members", [])
    if not isinstance(half_years, list) or not isinstance(members, list) or len(half_years) > ROUNDS:
        raise UnreadableGame("Cette partie enregistrée est abîmée. Recommencez-la.")
    if len(members) > MEMBERS:
        raise UnreadableGame(f"Un comité compte {MEMBERS} membres au plus.")
    names = tuple(_text(name, LONGEST_NAME) for name in members)
    return Game(seed, tuple(_half_year(one, len(names)) for one in half_years), names)


def write_game(game: Game) -> dict[str, Any]:
    """Return the value to save; `read_game` takes it back."""
    return {
        "seed": game.seed,
        "members": list(game.members),
        "half_years": [
            {
                "closed": one.closed,
                "decisions": {key: _written(decision) for key, decision in one.decisions.items()},
                "votes": {key: [vars(vote) for vote in votes] for key, votes in one.votes.items() if votes},
            }
            for one in game.half_years
        ],
    }


def _half_year(raw: object, members: int) -> HalfYear:
    if not isinstance(raw, Mapping):
        raise UnreadableGame("Cette partie enregistrée est abîmée. Recommencez-la.")
    decisions, votes = raw.get("decisions", {}), raw.get("votes", {})
    if not isinstance(decisions, Mapping) or not isinstance(votes, Mapping):
        raise UnreadableGame("Cette partie enregistrée est abîmée. Recommencez-la.")
    return HalfYear(
        {key: _decision(decisions[key]) for key in DOSSIERS if decisions.get(key)},
        {key: _votes(votes[key], members) for key in DOSSIERS if votes.get(key)},
        raw.get("closed") is True,
    )


def _decision(raw: object) -> Decision:
    if not isinstance(raw, Mapping):
        raise UnreadableGame("Une décision de cette partie est illisible. Recommencez-la.")
    choice = _among(raw.get("choice"), tuple(MONTHS))
    if not choice:
        raise UnreadableGame("Choisissez une des décisions proposées.")
    proof = _among(raw.get("proof"), PROOFS) if choice in SHORT else ""
    return Decision(choice, proof, _among(raw.get("ground"), GROUNDS), _text(raw.get("note"), LONGEST_NOTE))


def _votes(raw: object, members: int) -> tuple[Vote, ...]:
    votes: dict[int, Vote] = {}
    for one in raw if isinstance(raw, list) else []:
        member = one.get("member") if isinstance(one, Mapping) else None
        if isinstance(member, int) and 0 <= member < members:
            choice = _among(one.get("choice"), tuple(MONTHS))
            if choice:
                votes[member] = Vote(member, choice, _among(one.get("ground"), GROUNDS))
    return tuple(votes[member] for member in sorted(votes))


def _among(raw: object, allowed: tuple[str, ...]) -> str:
    return raw if isinstance(raw, str) and raw in allowed else ""


def _text(raw: object, longest: int) -> str:
    return " ".join(raw.split())[:longest] if isinstance(raw, str) else ""


def _written(decision: Decision) -> dict[str, str]:
    return {name: value for name, value in vars(decision).items() if value}
