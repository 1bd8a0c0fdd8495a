"""Decisions of the investment committee (module D01), judged by the rule that the module publishes."""

from typing import Any

from autograder.activities.committee.form import CommitteeForm
from autograder.activities.committee.game import UnreadableGame, read_game
from autograder.activities.committee.scoring import SHARES, facets
from autograder.contract.kinds import Facets, Problem, Share


class Committee:
    """A saved game, read at sitting `round` of the spec; `whole` reads every sitting up to it. `seed` draws the dossiers.

    A facet that brings points is `ok` or `ko`, and names no portfolio: several portfolios are right. There is one more facet for each bias
    that the game shows, so that the message of a mistake can say why this bias is tempting.
    """

    def read(self, value: Any, spec: CommitteeForm) -> Facets:
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

    def shares(self, truth: Any, spec: CommitteeForm) -> list[Share]:
        return [(name, "ok", share) for name, share in SHARES.items()]

    def near(self, value: Any, spec: CommitteeForm) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0].startswith("biais:")]
