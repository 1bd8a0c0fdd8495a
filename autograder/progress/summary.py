"""Where a learner stands, from the journal: by module, by track, by competence; what is next, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.progress.journal import Event

State = Literal["new", "started", "done"]


@dataclass(frozen=True)
class ModuleFacts:
    """What is asked of a module. `exercises`: points of each one that is judged at once; `competences`: its exercises."""

    id: str
    folder: str
    version: int
    track: str
    minutes: int
    pass_mark: float
    prerequisites: tuple[str, ...]
    exercises: Mapping[str, float]
    competences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ModuleProgress:
    """One module: points earned, of how many; exercises tried, and right, of how many; minutes left, an estimate."""

    state: State
    points: float
    max_points: float
    tried: int
    right: int
    exercises: int
    minutes_left: int


@dataclass(frozen=True)
class Share:
    """So many exercises right, of so many."""

    right: int
    total: int


@dataclass(frozen=True)
class Next:
    """The module to open next: `started`, `first`, or `follows` another, by its id."""

    folder: str
    reason: Literal["started", "first", "follows"]
    after: str = ""


@dataclass(frozen=True)
class Progress:
    """The whole: modules by id, tracks by id, competences by code, and what is next (None: all is done)."""

    modules: Mapping[str, ModuleProgress]
    tracks: Mapping[str, Share]
    competences: Mapping[str, Share]
    next: Next | None


def summarise(
    modules: Sequence[ModuleFacts], events: Iterable[Event], opened: Iterable[str] = ()
) -> Progress:
    """Return the progress in `modules`, in their order; verdicts on other versions do not count.

    `opened` are folders where an answer was saved, even if nothing was verified yet.
    """
    best = _best(events)
    known = set(opened)
    progress = {
        one.id: _module(one, best.get((one.folder, one.version), {}), one.folder in known) for one in modules
    }
    rights = {(one.id, key) for one in modules for key in _right(one, best)}
    tracks = {
        track: Share(sum(progress[m.id].right for m in own), sum(len(m.exercises) for m in own))
        for track in dict.fromkeys(one.track for one in modules)
        if (own := [m for m in modules if m.track == track])
    }
    places: dict[str, set[tuple[str, str]]] = {}
    for one in modules:
        for code, keys in one.competences.items():
            places.setdefault(code, set()).update((one.id, key) for key in keys if key in one.exercises)
    competences = {
        code: Share(len(found & rights), len(found)) for code, found in sorted(places.items()) if found
    }
    return Progress(progress, tracks, competences, _next(modules, progress))


def _best(events: Iterable[Event]) -> dict[tuple[str, int], dict[str, Event]]:
    """Return the best verdict of each exercise, by module and version."""
    found: dict[tuple[str, int], dict[str, Event]] = {}
    for event in events:
        if event.event == "verdict":
            own = found.setdefault((event.module, event.version), {})
            if event.exercise not in own or event.points > own[event.exercise].points:
                own[event.exercise] = event
    return found


def _right(one: ModuleFacts, best: Mapping[tuple[str, int], Mapping[str, Event]]) -> list[str]:
    own = best.get((one.folder, one.version), {})
    return [key for key in one.exercises if key in own and own[key].state == "right"]


def _module(one: ModuleFacts, best: Mapping[str, Event], opened: bool) -> ModuleProgress:
    tried = [key for key in one.exercises if key in best]
    right = [key for key in tried if best[key].state == "right"]
    total = sum(one.exercises.values())
    points = sum(min(best[key].points, one.exercises[key]) for key in tried)
    done = len(tried) == len(one.exercises) and points >= one.pass_mark * total
    left = (
        0
        if done
        else round(one.minutes * (1 - len(right) / len(one.exercises)))
        if one.exercises
        else one.minutes
    )
    state: State = "done" if done else "started" if tried or opened else "new"
    return ModuleProgress(state, points, total, len(tried), len(right), len(one.exercises), left)


def _next(modules: Sequence[ModuleFacts], progress: Mapping[str, ModuleProgress]) -> Next | None:
    """A module begun goes before a new one; a new one waits for those that it requires."""
    for one in modules:
        if progress[one.id].state == "started":
            return Next(one.folder, "started")
    for one in modules:
        required = [id for id in one.prerequisites if id in progress]
        if progress[one.id].state == "new" and all(progress[id].state == "done" for id in required):
            return Next(one.folder, "follows", required[-1]) if required else Next(one.folder, "first")
    return None
