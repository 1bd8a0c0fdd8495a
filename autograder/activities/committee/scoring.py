"""What a sitting and a whole game earn their points by: facets that hold or not, each with its share."""

from autograder.activities.committee.game import Game
from autograder.activities.committee.judgement import sitting, whole
from autograder.activities.committee.model import DOSSIERS

SHARES = {
    **dict.fromkeys(DOSSIERS, 0.1),
    **{f"{key}:motif": 0.05 for key in DOSSIERS},
    "priorites": 0.1,
}
"""facet -> share of the points; they add up to 1. The decision on each dossier, its ground, and first things first."""


def facets(game: Game, number: int, all_along: bool) -> tuple[dict[str, bool], list[str]]:
    """Return which facets hold at sitting `number`, or at every one up to it, and the biases shown."""
    if all_along:
        game_read = whole(game, number)
        coherent, grounded = game_read.coherent, game_read.grounded
        first, biases = game_read.first_things_first, game_read.biases
    else:
        one = sitting(game, number)
        coherent = {key: judged.coherent for key, judged in one.judged.items()}
        grounded = {key: judged.grounded for key, judged in one.judged.items()}
        first, biases = one.first_things_first, one.biases
    held = {**coherent, **{f"{key}:motif": holds for key, holds in grounded.items()}, "priorites": first}
    return held, biases
