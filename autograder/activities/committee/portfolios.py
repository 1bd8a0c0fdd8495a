"""Whole games, played by a way of deciding: the sound ones that the rule must accept, the flashy ones that it must not.

They prove the rule (tests), and give the module its right answers and its mistakes for any seed.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from autograder.activities.committee.cases import SEED
from autograder.activities.committee.game import GROUNDS, PROOFS, Game, HalfYear, write_game
from autograder.activities.committee.judgement import sitting
from autograder.activities.committee.model import MONTHS, PROOF_MONTHS, ROUNDS, Decision, Place
from autograder.activities.committee.rule import BAD, BIASES, GOOD, admitted, assess, judge
from autograder.activities.committee.scoring import facets

Way = Callable[[Mapping[str, Place], float], dict[str, Decision]]
"""From the dossiers still there and the k€ available to a decision on each."""


def _good_ground(place: Place) -> str:
    return next((name for name, said in assess(place).items() if said == GOOD), "")


def _stop_ground(place: Place) -> str:
    found = assess(place)
    bad = [name for name in found if found[name] == BAD]
    return (bad or [name for name in found if name in place.asked and found[name] != GOOD])[0]


def _options(place: Place) -> list[Decision]:
    """Return coherent and grounded decisions on a dossier: six months first, then proofs, then stopping."""
    six, proofs, stop = admitted(place)
    short = [
        Decision(choice, proof, proof)
        for proof in proofs
        for choice in ("deux", "un")
        if MONTHS[choice] >= PROOF_MONTHS[proof]
    ]
    return [
        *([Decision("six", ground=_good_ground(place))] if six else []),
        *short,
        *([Decision("arret", ground=_stop_ground(place))] if stop else []),
    ]


def _sound(pick: Callable[[list[Decision]], Decision]) -> Way:
    def decide(places: Mapping[str, Place], available: float) -> dict[str, Decision]:
        chosen, left = {}, available
        # Complete dossiers first: an envelope that is too small must not fail them.
        for key in sorted(places, key=lambda key: len(_options(places[key])) != 1):
            decision = pick(_options(places[key]))
            if places[key].cost(decision.choice) > left:
                decision = Decision("arret", ground="cout")
            chosen[key], left = decision, left - places[key].cost(decision.choice)
        return chosen

    return decide


def _ranked(value: Callable[[Place], float], ground: str) -> Way:
    """Six months for the first dossiers by `value` as long as there is money, nothing for the others."""

    def decide(places: Mapping[str, Place], available: float) -> dict[str, Decision]:
        chosen, left = {}, available
        for key in sorted(places, key=lambda key: -value(places[key])):
            cost = places[key].cost("six")
            chosen[key] = Decision("six" if cost <= left else "arret", ground=ground)
            left -= places[key].cost(chosen[key].choice)
        return chosen

    return decide


def _same(decision: Decision) -> Way:
    return lambda places, available: dict.fromkeys(places, decision)


SOUND: dict[str, Way] = {
    "franche": _sound(lambda options: options[0]),
    "exigeante": _sound(lambda options: next((o for o in options if o.proof), options[0])),
    "prudente": _sound(lambda options: options[-1]),
}
"""Quick to grant six months, asking for proofs wherever that is admitted, stopping wherever that is admitted."""

FLASHY: dict[str, Way] = {
    "les-plus-visites": _ranked(lambda place: place.now.visits, "visites"),
    "les-plus-chers": _ranked(lambda place: place.now.spent, "depense"),
    "un-mois-pour-tous": _same(Decision("un", "", "temps")),
    "un-mois-et-une-enquete-pour-tous": _same(Decision("un", "utilite", "utilite")),
    "une-fonctionnalite-pour-tous": _same(Decision("deux", "fonctionnalite", "fonctionnalite")),
    "ne-jamais-decider": _same(Decision("report", "", "temps")),
    "tout-arreter": _same(Decision("arret", "", "cout")),
    "les-plus-soutenus": _ranked(lambda place: place.now.budget, "soutien"),
}


def _lenient(places: Mapping[str, Place], available: float) -> dict[str, Decision]:
    """Decide as the demanding do, but ask for a survey where only stopping is admitted: its answer will come, and be ignored."""
    chosen = SOUND["exigeante"](places, available)
    survey = Decision("un", "utilite", "utilite")
    return {key: survey if one.choice == "arret" else one for key, one in chosen.items()}


WHOLE_SITTING: dict[str, Way] = {
    "saupoudrage": _same(Decision("un", "utilite", "utilite")),
    "depassement": _same(Decision("six", "", "utilite")),
    "incomplet": lambda places, available: dict(list(SOUND["exigeante"](places, available).items())[1:]),
}
"""bias -> a way of deciding that shows it, where it does not come from one decision."""


def play(way: Way, rounds: int = ROUNDS, seed: int = SEED) -> Game:
    """Return a game of `rounds` closed sittings, all decided in one way."""
    game = Game(seed)
    for number in range(1, rounds + 1):
        game = _with(game, number, way)
    return game


def _with(game: Game, number: int, way: Way) -> Game:
    places = {key: place for key, place in game.places(number).items() if place}
    decisions = way(places, game.available(number))
    return Game(game.seed, (*game.half_years, HalfYear(decisions, closed=True)))


def sound(name: str, rounds: int, seed: int = SEED) -> dict[str, Any]:
    """Return the saved value of a sound game of `rounds` sittings."""
    return write_game(play(SOUND[name], rounds, seed))


def flashy(name: str, rounds: int, seed: int = SEED) -> dict[str, Any]:
    """Return the saved value of a game whose last sitting is decided in a flashy way."""
    return write_game(_with(play(SOUND["exigeante"], rounds - 1, seed), rounds, FLASHY[name]))


def faulty(bias: str, rounds: int, seed: int = SEED, all_along: bool = False) -> dict[str, Any]:
    """Return a sound game but for one decision, which shows one bias: in its last sitting, or in any when read `all_along`.

    No other bias shows, wherever that can be; else as few as can be. Raises LookupError when no decision shows it.
    """
    best, fewest = None, len(BIASES) + 1
    for number in range(rounds, 0, -1) if all_along else [rounds]:
        for game in _faulty(bias, number, seed):
            for later in range(number + 1, rounds + 1):
                game = _with(game, later, SOUND["exigeante"])
            shown = facets(game, rounds, all_along)[1]
            if shown == [bias]:
                return write_game(game)
            if bias in shown and len(shown) < fewest:
                best, fewest = game, len(shown)
    if best is None:
        raise LookupError(f"rien ne montre « {bias} » au semestre {rounds} (graine {seed})")
    return write_game(best)


def _faulty(bias: str, number: int, seed: int) -> Iterator[Game]:
    """Yield games of `number` sittings whose last one shows a bias."""
    if bias in WHOLE_SITTING:
        game = _with(play(SOUND["exigeante"], number - 1, seed), number, WHOLE_SITTING[bias])
        if bias in sitting(game, number).biases:
            yield game
        return
    for way in [*SOUND.values(), _lenient, *FLASHY.values()]:
        yield from _neighbours(_with(play(way, number - 1, seed), number, SOUND["exigeante"]), number, bias)


def _neighbours(game: Game, number: int, bias: str) -> Iterator[Game]:
    """Yield the games that differ by one decision of sitting `number`, in which that decision shows a bias."""
    last = game.half_years[number - 1]
    for key, place in game.places(number).items():
        if place is None:
            continue
        for choice, proof, ground in product(MONTHS, ("", *PROOFS), ("", *GROUNDS)):
            decision = Decision(choice, proof, ground)
            judged = judge(place, decision)
            if bias in (judged.bias, judged.ground_bias):
                decisions = {**last.decisions, key: decision}
                yield Game(game.seed, (*game.half_years[: number - 1], HalfYear(decisions, closed=True)))
