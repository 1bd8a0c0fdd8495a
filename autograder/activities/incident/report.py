"""What an incident shows: the hour that is played, what was decided before, and at the end what the rule says of it. Safe HTML."""

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from autograder.activities.incident.case import Hour, Line, hours
from autograder.activities.incident.game import Game, read_game
from autograder.activities.incident.rule import option_of, proof
from autograder.activities.incident.words import BOUNDS, SAID
from autograder.html import cell, heading, table

LEFT = "text-align:left;vertical-align:top"


def board(game: Game) -> dict[str, Any]:
    """Return what the page draws; it changes when an hour closes, not at each decision."""
    return {
        "number": game.closed + 1,
        "count": len(hours()),
        "over": game.over,
        "at": game.now.at,
        "where": game.now.where,
        "since": _since(game),
        "lines": [
            [line.id, letter, line.source, line.text] for letter, line in lettered(game, game.now).values()
        ],
        "decisions": [
            [name, decision.label, [[option.id, option.text] for option in decision.options.values()]]
            for name, decision in game.now.decisions.items()
        ],
        "log": log(game) if game.closed else "",
    }


def lettered(game: Game, hour: Hour) -> dict[str, tuple[str, Line]]:
    """Return the lines that an hour shows in a game, each with its letter."""
    lines = game.seen(hour)
    return {name: (ascii_uppercase[rank], line) for rank, (name, line) in enumerate(lines.items())}


def _since(game: Game) -> list[str]:
    """Return what follows from the hour before."""
    if not game.closed:
        return []
    return [option_of(game, name).then for name in hours()[game.closed - 1].decisions]


def lacking(game: Game) -> str:
    """Return what the hour that is played lacks before it may close, in words; "" when nothing does."""
    if game.over:
        return ""
    undecided, unproved = game.lacking(game.now)
    named = (("À décider", undecided), ("Lignes à cocher", unproved))
    return " ".join(f"{what}\u00a0: {', '.join(one.label for one in some)}." for what, some in named if some)


def log(game: Game) -> str:
    """Return the log of the hours that are over; once all are, with what the rule says of each decision."""
    heads = ["Décision", "Ce que vous avez décidé", "Lignes cochées", "Ce qui s’ensuit"]
    heads += ["Dans les bornes\u00a0?", "Vos lignes le montrent\u00a0?"] if game.over else []
    lines = [
        [
            heading(f"{hour.at} · {decision.label}", "row", LEFT),
            *(cell(text, LEFT) for text in _told(game, hour, name)),
        ]
        for hour in hours()[: game.closed]
        for name, decision in hour.decisions.items()
    ]
    return _framed("La main courante de votre partie (cas fictif)", heads, lines)


def _told(game: Game, hour: Hour, name: str) -> list[str]:
    decided, option = game.decided[name], option_of(game, name)
    letters = lettered(game, hour)
    ticked = "\u00a0; ".join(f"{letters[one][0]} ({letters[one][1].source})" for one in decided.proofs)
    said = [option.text, ticked, option.then]
    if game.over:
        said += [
            "oui" if option.tenable else f"non\u00a0: {BOUNDS[option.breaks][0].lower()}",
            SAID[proof(option, decided)],
        ]
    return said


def _framed(caption: str, heads: Iterable[str], lines: Iterable[Iterable[Markup]]) -> str:
    framed = Markup('<div class="campus-table" tabindex="0" role="group" aria-label="{}">{}</div>')
    return str(framed.format(caption, table(caption, [heading(text, "col", LEFT) for text in heads], lines)))


def static(form: Mapping[str, Any], value: Any) -> str:
    """Return the log of a saved game, for pages without a form."""
    return log(read_game(value))
