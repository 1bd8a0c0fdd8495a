"""What the rule says of a whole sitting, and of a whole game."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.activities.committee.game import Game
from autograder.activities.committee.model import DOSSIERS
from autograder.activities.committee.rule import BIASES, Judged, admitted, judge, scattered


@dataclass(frozen=True)
class Sitting:
    """A sitting read by the rule. A dossier stopped earlier keeps what was said of its stop.

    `first_things_first`: within the envelope, and every dossier whose evidence is complete got its six months.
    """

    judged: dict[str, Judged]
    missing: tuple[str, ...]
    scattered: bool
    overspent: bool
    first_things_first: bool

    @property
    def biases(self) -> list[str]:
        """The biases that the sitting shows, in the order of `BIASES`."""
        found = {bias for one in self.judged.values() for bias in (one.bias, one.ground_bias)}
        found |= {"saupoudrage"} if self.scattered else set()
        found |= {"depassement"} if self.overspent else set()
        found |= {"incomplet"} if self.missing else set()
        return [bias for bias in BIASES if bias in found]


def sitting(game: Game, number: int) -> Sitting:
    """Read sitting `number` (from 1). Missing decisions are not coherent."""
    judged: dict[str, Judged] = {}
    for index in range(1, number + 1):
        decisions = game.half_years[index - 1].decisions if index <= len(game.half_years) else {}
        for key, place in game.places(index).items():
            if place is not None:
                decision = decisions.get(key)
                judged[key] = judge(place, decision) if decision else Judged(False, False)
            elif not judged[key].coherent:
                judged[key] = Judged(False, False)  # said once, when it was stopped
            else:
                judged[key] = Judged(True, True)
    overspent = game.spent(number) > game.available(number)
    return Sitting(
        judged,
        tuple(game.missing(number)),
        scattered(judged, {key: one for key, one in decisions.items() if game.places(number)[key]}),
        overspent,
        not overspent and _served(game, number, judged),
    )


def _served(game: Game, number: int, judged: Mapping[str, Judged]) -> bool:
    """Tell whether every dossier whose evidence is complete got its six months, or could not be afforded beside coherent decisions."""
    places = {key: place for key, place in game.places(number).items() if place}
    decisions = game.half_years[number - 1].decisions if number <= len(game.half_years) else {}
    well_spent = sum(
        places[key].cost(one.choice)
        for key, one in decisions.items()
        if key in places and judged[key].coherent
    )
    left = game.available(number) - well_spent
    complete = [key for key, place in places.items() if admitted(place) == (True, (), False)]
    refused = [key for key in complete if key not in decisions or decisions[key].choice != "six"]
    return bool(decisions) and all(places[key].cost("six") > left for key in refused)


@dataclass(frozen=True)
class Whole:
    """A game read by the rule: dossiers decided coherently all along, those whose grounds held too, and what the sittings show."""

    coherent: dict[str, bool]
    grounded: dict[str, bool]
    first_things_first: bool
    biases: list[str]


def whole(game: Game, rounds: int) -> Whole:
    """Read a game of `rounds` sittings."""
    sittings = [sitting(game, number) for number in range(1, rounds + 1)]
    found = {bias for one in sittings for bias in one.biases}
    return Whole(
        {key: all(one.judged[key].coherent for one in sittings) for key in DOSSIERS},
        {key: all(one.judged[key].grounded for one in sittings) for key in DOSSIERS},
        all(one.first_things_first for one in sittings),
        [bias for bias in BIASES if bias in found],
    )
