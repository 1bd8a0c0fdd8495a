"""What a panel says of the past: the tries of an exercise and the hints opened, from the learner's journal.

It goes to the page by message, never into the saved notebook: an instructor does not receive it.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder.checks.verdict import LABELS, WAYS, earned, label
from autograder.french.dates import clock
from autograder.html import joined
from autograder.progress import journal
from autograder.progress.journal import Event

MOST = 20
"""Tries listed, the latest first."""


def history(folder: Path, place: tuple[str, int, str]) -> dict[str, Any]:
    """Return the tries of an exercise, as HTML for a list, how many they are, and the hints opened."""
    space = journal.space_of(folder)
    events = [event for event in journal.read(space) if event.place == place] if space else []
    tries = [event for event in events if event.event == "verdict" and event.state in LABELS]
    opened = {event.level for event in events if event.event == "hint"}
    return {
        "tries": len(tries),
        "history": str(joined(map(_item, tries[: -MOST - 1 : -1]))),
        "opened": max(opened, default=0),
    }


def last_verdict(folder: Path, place: tuple[str, int, str]) -> Event | None:
    """Return the last verdict of an exercise, by form or by code, since its module was last begun again."""
    space = journal.space_of(folder)
    events = journal.since_restart(journal.read(space)) if space else []
    return next((one for one in reversed(events) if one.event == "verdict" and one.place == place), None)


def _item(event: Event) -> Markup:
    at = datetime.fromisoformat(event.at).astimezone()
    symbol, word, _ = label(event.state, event.way)  # type: ignore[arg-type]
    points = earned(event.state, event.way, event.points, event.max_points)  # type: ignore[arg-type]
    way = f", {WAYS[event.way]}" if event.way in WAYS else ""
    return Markup(
        '<li><time datetime="{moment}">{shown}</time> : <span aria-hidden="true">{symbol}</span> '
        "{word}{way}{won}</li>"
    ).format(
        moment=event.at,
        shown=f"{at:%d/%m} à {clock(at)}",
        symbol=symbol,
        word=word,
        way=way,
        won=f" ({points})" if points else "",
    )
