"""How a game is judged: a facet for each decision, one for the lines that justify it, and one for each habit that it shows."""

from typing import Any

from autograder.activities.incident.case import decisions
from autograder.activities.incident.game import UnreadableGame, read_game
from autograder.activities.incident.rule import PROVED, TENABLE, habits, option_of, proof
from autograder.activities.incident.words import BOUNDS, OK, PROOF_WORDS
from autograder.contract.kinds import Facets, Problem, Share, Spec, Told


class Incident:
    """A game that is over. Several options of a decision bring its points; a habit brings none, and binds a mistake of the author's."""

    def read(self, value: Any, spec: Spec) -> Facets:
        try:
            game = read_game(value)
        except UnreadableGame as error:
            raise Problem("game", str(error)) from error
        if not game.over:
            raise Problem("short", "La partie n’est pas finie : jouez chaque heure jusqu’à la dernière.")
        chosen = {name: option_of(game, name) for name in decisions()}
        return (
            {name: option.id for name, option in chosen.items()}
            | {f"{name}:preuve": proof(option, game.decided[name]) for name, option in chosen.items()}
            | {f"habitude:{habit}": "oui" for habit in habits(game)}
        )

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        each = 1 / len(decisions())
        tenable = [
            (name, option.id, TENABLE * each)
            for name, decision in decisions().items()
            for option in decision.options.values()
            if option.tenable
        ]
        return tenable + [(f"{name}:preuve", OK, PROVED * each) for name in decisions()]

    def near(self, value: Any, spec: Spec) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0].startswith("habitude:")]

    def told(self, spec: Spec) -> list[Told]:
        broken = [
            (name, option.id, f"{name}-{option.id}", _broken(decision.label, option.breaks, option.why))
            for name, decision in decisions().items()
            for option in decision.options.values()
            if not option.tenable
        ]
        lines = [
            (f"{name}:preuve", worth, f"{name}-{worth}", words.format(label=decision.label))
            for name, decision in decisions().items()
            for worth, words in PROOF_WORDS.items()
        ]
        return broken + lines


def _broken(label: str, bound: str, why: str) -> str:
    return (
        f"**{label}.** Votre décision sort d’une borne\u00a0: «\u00a0{BOUNDS[bound][0].lower()}\u00a0». {why}"
    )
