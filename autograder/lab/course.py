"""What the course view of a module asks the server: where the learner stands in it, and their predictions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from autograder.checks import answers
from autograder.checks.check import judge_saved
from autograder.checks.exercises import ExercisesError
from autograder.contract.names import ANSWERS
from autograder.lab import workspace
from autograder.lab.card import Card, facts
from autograder.lab.home import home, offer, progress_in
from autograder.progress import journal
from autograder.progress.journal import Event
from autograder.progress.summary import best_verdicts, following, last_points

WHY = {
    "started": "déjà commencé",
    "prepares": "à faire avant {about}",
    "track": "",
    "missed": "laissé de côté dans ce parcours",
}
OTHER_TRACK = "d’un autre parcours"
AGAIN = "déjà travaillé, à reprendre"
"""Said of a module begun again, or of which there is a new version: what was earned there before counts no more."""

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
    by_form = partial(_worth, space / folder, answered)
    exercises = _exercises(card, best, last_points(events, folder, version, by_form))
    return {
        "points": sum(one["points"] for one in exercises.values()),
        "max": sum(one["max"] for one in exercises.values()),
        "exercises": exercises,
        "answered": list(answered),
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
            "lost": max(0, min(best[key].points, most) - last[key]) if key in best else 0,
        }
        for key, most in (card.exercises if card else {}).items()
    }


def _answered(folder: Path, module: str) -> dict[str, str]:
    """Return the exercises that have an answer saved by form, judged or not, and when it was saved."""
    try:
        saved = answers.entries((folder / ANSWERS).read_bytes(), module)
    except (OSError, ValueError):
        return {}
    return {
        key: str(entry.get("saved_at"))
        for key, entry in saved.items()
        if isinstance(entry, dict) and entry.get("value") is not None
    }


def _worth(folder: Path, answered: Mapping[str, str], last: Event) -> float:
    """Return what an answer by form is worth now, given its last verdict: nothing once erased; judged once changed since."""
    saved_at = answered.get(last.exercise)
    if saved_at is None:
        return 0
    return last.points if saved_at <= last.at else _judged(folder, last.exercise, saved_at)


@lru_cache(maxsize=64)
def _judged(folder: Path, exercise: str, saved_at: str) -> float:
    """Return the points of a saved answer, once for each time that it is saved; nothing when it cannot be judged, as in grading."""
    try:
        return judge_saved(exercise, folder).points
    except ExercisesError:
        return 0


def _next(
    space: Path, modules: Sequence[Card], events: Sequence[Event], folder: str
) -> dict[str, str] | None:
    progress = progress_in(space, modules, events).modules
    found = following([facts(one) for one in modules], progress, events, folder)
    if found is None:
        return None
    card = next(one for one in modules if one.folder_name == found.folder)
    path = f"{card.folder_name}/{card.folder_name}.ipynb"
    seen = any((event.event, event.module) == ("verdict", found.folder) for event in events)
    why = AGAIN if seen and found.reason != "started" else WHY.get(found.reason, OTHER_TRACK)
    return {"path": path, "title": f"{card.id} – {card.title}", "why": why.format(about=found.about)}


def _modified(notebook: Path) -> str:
    """Return when a notebook was last written, or "" when it is missing."""
    try:
        return datetime.fromtimestamp(notebook.stat().st_mtime, UTC).isoformat()
    except OSError:
        return ""
