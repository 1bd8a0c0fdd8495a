"""What the course view of a module asks the server: where the learner stands in it, and their predictions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.checks import answers
from autograder.contract.names import ANSWERS
from autograder.lab import workspace
from autograder.lab.card import Card, facts
from autograder.lab.home import home, offer, progress_in
from autograder.progress import journal
from autograder.progress.journal import Event
from autograder.progress.summary import best_verdicts, following, last_points

LONGEST = 200
"""Characters of a prediction: those of a module are a few words."""


def where(space: Path, folder: str, version: int) -> dict[str, Any]:
    """Return where the learner stands in a module: its exercises, its predictions, its files, what is next.

    Points are those of the home page: each exercise that is judged at once counts by its best verdict.
    """
    events, modules = journal.read(space), offer().modules
    card = next((one for one in modules if one.folder_name == folder), None)
    best = best_verdicts(events, folder, version)
    answered = _answered(space / folder, folder)
    exercises = _exercises(card, best, last_points(events, folder, version, answered))
    return {
        "points": sum(one["points"] for one in exercises.values()),
        "max": sum(one["max"] for one in exercises.values()),
        "exercises": exercises,
        "answered": answered,
        "predictions": _predictions(events, folder, version),
        "next": _next(space, modules, events, folder) if card else None,
        "missing": workspace.lacks(space, folder),
        "newer": folder in workspace.kept(space),
        "modified": _modified(space / folder / f"{folder}.ipynb"),
    }


def predict(space: Path, folder: str, version: int, cell: str, choice: str) -> None:
    """Write in the journal what was predicted of the result of a cell; the first time counts."""
    cell, choice = cell[:LONGEST], choice[:LONGEST]
    if cell not in _predictions(journal.read(space), folder, version):
        event = Event("prediction", folder, version, "prediction", about=cell, choice=choice)
        journal.record(space / folder, event)


def reach(space: Path, folder: str, version: int) -> None:
    """Write in the journal, once, that the end of a module was reached: its card is the learner's."""
    event = Event("takeaway", folder, version)
    if not any((one.event, one.place) == (event.event, event.place) for one in journal.read(space)):
        journal.record(space / folder, event)


def restarted(space: Path, folder: str) -> None:
    """Write in the journal that a module was begun again: it stands at its beginning, and what came before is history.

    A card that is the learner's because the module was done stays theirs.
    """
    now = home(space)
    card = next((one for one in now.offer.modules if one.folder_name == folder), None)
    if card and folder in now.reached:
        reach(space, folder, card.version)
    journal.record(space / folder, Event("restart", folder))


def _predictions(events: Iterable[Event], folder: str, version: int) -> dict[str, str]:
    """Return what was predicted in a module since it was last begun again, by cell."""
    return {
        event.about: event.choice
        for event in journal.since_restart(events)
        if event.event == "prediction" and (event.module, event.version) == (folder, version)
    }


def _exercises(
    card: Card | None, best: Mapping[str, Event], last: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    return {
        key: {
            "state": best[key].state if key in best else "",
            "points": min(best[key].points, most) if key in best else 0,
            "max": most,
            "worse": key in best and last[key] < best[key].points,
        }
        for key, most in (card.exercises if card else {}).items()
    }


def _answered(folder: Path, module: str) -> list[str]:
    """Return the exercises that have an answer saved by form, judged or not."""
    try:
        saved = answers.entries((folder / ANSWERS).read_bytes(), module)
    except (OSError, ValueError):
        return []
    return [key for key, entry in saved.items() if isinstance(entry, dict) and entry.get("value") is not None]


def _next(
    space: Path, modules: Sequence[Card], events: Sequence[Event], folder: str
) -> dict[str, str] | None:
    progress = progress_in(space, modules, events).modules
    found = following([facts(one) for one in modules], progress, events, folder)
    if found is None:
        return None
    card = next(one for one in modules if one.folder_name == found.folder)
    path = f"{card.folder_name}/{card.folder_name}.ipynb"
    return {"path": path, "title": f"{card.id} – {card.title}"}


def _modified(notebook: Path) -> str:
    """Return when a notebook was last written, or "" when it is missing."""
    try:
        return datetime.fromtimestamp(notebook.stat().st_mtime, UTC).isoformat()
    except OSError:
        return ""
