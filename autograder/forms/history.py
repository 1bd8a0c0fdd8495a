"""What a panel says of the past: the tries of an exercise and the hints opened, from the learner's journal.

It goes to the page by message, never into the saved notebook: an instructor does not receive it.
"""

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from autograder.checks.text import points
from autograder.checks.verdict import LABELS, WAYS
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
        "history": "".join(map(_item, tries[: -MOST - 1 : -1])),
        "opened": max(opened, default=0),
    }


def _item(event: Event) -> str:
    at = datetime.fromisoformat(event.at).astimezone()
    symbol, word, _ = LABELS[event.state]  # type: ignore[index]
    way = f", {WAYS[event.way]}" if event.way in WAYS else ""
    score = points(event.points) + f" sur {event.max_points:g}".replace(".", ",")
    return (
        f'<li><time datetime="{event.at}">{at:%d/%m à %H h %M}</time> : <span aria-hidden="true">{symbol}</span> '
        f"{word}{escape(way)} ({score})</li>"
    )
