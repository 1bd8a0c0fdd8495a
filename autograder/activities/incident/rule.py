"""The published rule: a decision is tenable when it breaks no bound; the lines ticked prove it when each of them bears on it.

No outcome is graded, and several decisions are right at each hour. What earns points is read in the case alone.
"""

from autograder.activities.incident.case import Option, decisions
from autograder.activities.incident.game import Decided, Game
from autograder.activities.incident.words import BESIDE, HABITS, MIXED, OK, PENDING

TENABLE, PROVED = 2 / 3, 1 / 3
"""What a decision brings, of its own share of the points: being tenable, then being proved."""

OFTEN = 2
"""How many untenable decisions of one kind make a habit."""


def proof(option: Option, decided: Decided) -> str:
    """Return what the lines ticked for a decision are worth."""
    if not option.tenable:
        return PENDING
    proving = set(decided.proofs) & set(option.proofs)
    if len(proving) == len(decided.proofs) > 0:
        return OK
    return MIXED if proving else BESIDE


def option_of(game: Game, name: str) -> Option:
    """Return the option chosen for a decision that was taken."""
    return decisions()[name].options[game.decided[name].choice]


def habits(game: Game) -> list[str]:
    """Return the habits that a game shows, in the order of `HABITS`."""
    shown = [option_of(game, name).habit for name in game.decided]
    return [habit for habit in HABITS if shown.count(habit) >= OFTEN]
