"""Decisions of the investment committee (module D01), judged by the rule that the module publishes."""

from typing import Any

from autograder.checks.reading import Facets, Problem, Share, Spec
from autograder.simulations.committee.game import UnreadableGame, read_game
from autograder.simulations.committee.scoring import SHARES, facets


class Committee:
    """A saved game, read at sitting `round` of the spec; `whole` reads every sitting up to it. `seed` draws the dossiers.

    The facets that bring points hold or not (`ok`, `ko`) whatever the way of being right: several portfolios are. A facet per bias shown
    lets a mistake say what is tempting about it.
    """

    def read(self, value: Any, spec: Spec) -> Facets:
        try:
            game = read_game(value, spec["seed"])
        except UnreadableGame as error:
            raise Problem("game", str(error)) from error
        number = spec["round"]
        if len(game.half_years) < number or not game.half_years[number - 1].decisions:
            raise Problem("short", f"Le comité du semestre {number} n’a encore rien décidé.")
        held, biases = facets(game, number, bool(spec.get("whole")))
        return {name: "ok" if holds else "ko" for name, holds in held.items()} | {
            f"biais:{bias}": "oui" for bias in biases
        }

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [(name, "ok", share) for name, share in SHARES.items()]

    def near(self, value: Any, spec: Spec) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0].startswith("biais:")]
