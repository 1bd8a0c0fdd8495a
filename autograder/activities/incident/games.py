"""Whole games, played well or badly: what the module's author proves the grader with."""

from collections.abc import Mapping
from typing import Any

from autograder.activities.incident.case import Decision, hours
from autograder.activities.incident.game import Decided, Game, write_game


def played(rank: int = 0, choices: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a game of tenable decisions, the `rank`-th of each, each proved; but for the choices that are given."""
    asked = choices or {}
    decided: dict[str, Decided] = {}
    for hour in hours():
        seen = hour.seen({name: one.choice for name, one in decided.items()})
        for name, decision in hour.decisions.items():
            option = decision.options[asked.get(name) or _tenable(decision, rank)]
            proofs = [line for line in seen if line in option.proofs] or list(seen)[:1]
            decided[name] = Decided(option.id, tuple(proofs))
    return write_game(Game(len(hours()), decided))


def by_habit(habit: str) -> dict[str, Any]:
    """Return a game where every decision that has an option of this habit takes it; the others are tenable."""
    chosen = {
        name: option.id
        for hour in hours()
        for name, decision in hour.decisions.items()
        for option in decision.options.values()
        if option.habit == habit
    }
    return played(choices=chosen)


def _tenable(decision: Decision, rank: int) -> str:
    tenable = [option.id for option in decision.options.values() if option.tenable]
    return tenable[rank % len(tenable)]
