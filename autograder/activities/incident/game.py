"""A game as it is saved. What is read may have been written by anybody: it is checked through and through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.activities.incident.case import Decision, Hour, Line, decisions, hours


class UnreadableGame(ValueError):
    """Something that is not a game; its text is French."""


@dataclass(frozen=True)
class Decided:
    """What was decided, "" when nothing is yet, and the lines ticked to justify it."""

    choice: str = ""
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Game:
    """`closed` hours are over; the decisions of the next one may be partial, and there are none further."""

    closed: int = 0
    decided: Mapping[str, Decided] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return self.closed == len(hours())

    @property
    def now(self) -> Hour:
        """The hour that is played; the last one when the game is over."""
        return hours()[min(self.closed, len(hours()) - 1)]

    @property
    def choices(self) -> dict[str, str]:
        return {name: one.choice for name, one in self.decided.items()}

    def seen(self, hour: Hour) -> dict[str, Line]:
        """Return the lines that an hour shows in this game."""
        return hour.seen(self.choices)

    def lacking(self, hour: Hour) -> tuple[list[Decision], list[Decision]]:
        """Return the decisions of an hour that are not taken, and those that no line justifies."""
        taken = {name: self.decided.get(name, Decided()) for name in hour.decisions}
        return (
            [hour.decisions[name] for name, one in taken.items() if not one.choice],
            [hour.decisions[name] for name, one in taken.items() if one.choice and not one.proofs],
        )


def read_game(raw: object) -> Game:
    """Return the game that a saved value holds; raise UnreadableGame."""
    if not isinstance(raw, Mapping):
        raise UnreadableGame("Cette partie enregistrée est illisible. Recommencez la partie.")
    closed, rows = raw.get("closed"), raw.get("decisions")
    if isinstance(closed, bool) or not isinstance(closed, int) or not 0 <= closed <= len(hours()):
        raise UnreadableGame("Le nombre d’heures jouées n’est pas valable. Recommencez la partie.")
    open_to = {name for hour in hours()[: closed + 1] for name in hour.decisions}
    if not isinstance(rows, Mapping) or not set(rows) <= open_to:
        raise UnreadableGame("Cette partie contient une décision inconnue. Recommencez la partie.")
    game = Game(
        closed, {name: _decided(decisions()[name], rows[name]) for name in decisions() if name in rows}
    )
    for number, hour in enumerate(hours()[: closed + 1]):
        _check(game, hour, number < closed)
    return game


def write_game(game: Game) -> dict[str, Any]:
    """Return the value to save; `read_game` takes it back."""
    return {
        "closed": game.closed,
        "decisions": {
            name: {"choice": one.choice, "proofs": list(one.proofs)} for name, one in game.decided.items()
        },
    }


def _decided(decision: Decision, row: object) -> Decided:
    if not isinstance(row, Mapping):
        raise UnreadableGame("Une décision de cette partie est abîmée. Recommencez la partie.")
    choice, proofs = row.get("choice", ""), row.get("proofs", [])
    if not isinstance(choice, str) or choice not in {"", *decision.options}:
        raise UnreadableGame(f"Choisissez une des décisions proposées : « {decision.label} ».")
    if not isinstance(proofs, list) or not all(isinstance(one, str) for one in proofs):
        raise UnreadableGame("Les lignes cochées sont illisibles. Cochez-les à nouveau.")
    return Decided(choice, tuple(proofs))


def _check(game: Game, hour: Hour, closed: bool) -> None:
    seen = game.seen(hour)
    for name in hour.decisions:
        proofs = game.decided.get(name, Decided()).proofs
        if len(set(proofs)) < len(proofs) or not set(proofs) <= set(seen):
            raise UnreadableGame("Cochez seulement des lignes de l’heure affichée.")
    if closed and any(game.lacking(hour)):
        raise UnreadableGame("Une heure close n’a pas toutes ses décisions. Recommencez la partie.")
