"""Where a learner stands, from the journal: by module, by track, by competence; what is next, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from autograder.progress.journal import Event, since_restart

State = Literal["new", "started", "done"]


@dataclass(frozen=True)
class ModuleFacts:
    """What is asked of a module. `exercises`: points of each one that is judged at once; `competences`: its exercises.

    `optional`: the exercises that it can be done without; their points count when they are earned.
    """

    id: str
    folder: str
    version: int
    track: str
    minutes: int
    pass_mark: float
    prerequisites: tuple[str, ...]
    exercises: Mapping[str, float]
    competences: Mapping[str, tuple[str, ...]]
    optional: tuple[str, ...] = ()


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
    """The module to open next, and why.

    It was `started`; it is the next of the `track` that the learner follows; a module of this track, `about`, requires it
    (`prepares`); it is the `first`; it `follows` another, `about`; or it comes before the one that is left (`missed`).
    """

    folder: str
    reason: Literal["started", "track", "prepares", "first", "follows", "missed"]
    about: str = ""


@dataclass(frozen=True)
class Progress:
    """The whole: modules by id, tracks by id, competences by code, and what is next (None: all is done)."""

    modules: Mapping[str, ModuleProgress]
    tracks: Mapping[str, Share]
    competences: Mapping[str, Share]
    next: Next | None


def summarise(
    modules: Sequence[ModuleFacts], events: Sequence[Event], opened: Iterable[str] = ()
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
    return Progress(progress, tracks, competences, _next(modules, progress, events))


def _best(events: Iterable[Event]) -> dict[tuple[str, int], dict[str, Event]]:
    """Return the best verdict of each exercise, by module and version, since the module was last begun again."""
    found: dict[tuple[str, int], dict[str, Event]] = {}
    for event in since_restart(events):
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
    done = set(one.exercises) <= {*tried, *one.optional} and points >= one.pass_mark * total
    left = (
        0
        if done
        else round(one.minutes * (1 - len(right) / len(one.exercises)))
        if one.exercises
        else one.minutes
    )
    state: State = "done" if done else "started" if tried or opened else "new"
    return ModuleProgress(state, points, total, len(tried), len(right), len(one.exercises), left)


def best_verdicts(events: Iterable[Event], folder: str, version: int) -> dict[str, Event]:
    """Return the best verdict of each exercise tried of one module."""
    return _best(events).get((folder, version), {})


def last_points(
    events: Iterable[Event], folder: str, version: int, by_form: Callable[[Event], float]
) -> dict[str, float]:
    """Return, by exercise tried of one module, what its last answers are worth: by form or by code, the better counts, as in grading.

    `by_form`: what the answer by form is worth now, given its last verdict.
    """
    last = {
        (event.exercise, event.way): event
        for event in since_restart(events)
        if event.event == "verdict" and (event.module, event.version) == (folder, version)
    }
    found: dict[str, float] = {}
    for (exercise, way), event in last.items():
        points = by_form(event) if way == "form" else event.points
        found[exercise] = max(points, found.get(exercise, 0))
    return found


def followed(events: Iterable[Event]) -> str:
    """Return the id of the track that the learner follows, or ""."""
    return next((event.choice for event in reversed([*events]) if event.event == "track"), "")


def following(
    modules: Sequence[ModuleFacts],
    progress: Mapping[str, ModuleProgress],
    events: Sequence[Event],
    folder: str,
) -> Next | None:
    """Return what is next for whoever leaves the module of `folder`, whatever its state.

    The track that they follow, then that of the module: from the module on, then what was missed before it. Then as for the home page.
    """
    here = next(place for place, one in enumerate(modules) if one.folder == folder)
    now = {**progress, modules[here].id: replace(progress[modules[here].id], state="done")}
    left = {one.id: one for one in modules if now[one.id].state != "done"}
    onwards = [*modules[here + 1 :], *modules[:here]]
    for track in (followed(events), modules[here].track):
        one = next((one for one in onwards if one.track == track and one.id in left), None)
        if one:
            missed = track == modules[here].track and one in modules[:here]
            return _after(one, _first_needed(one, left), now, missed=missed)
    return _next(modules, now, events)


def _after(
    one: ModuleFacts, needed: ModuleFacts, progress: Mapping[str, ModuleProgress], *, missed: bool
) -> Next:
    if progress[needed.id].state == "started":
        return Next(needed.folder, "started")
    if needed is not one:
        return Next(needed.folder, "prepares", one.id)
    return Next(one.folder, "missed" if missed else "track")


def _next(
    modules: Sequence[ModuleFacts], progress: Mapping[str, ModuleProgress], events: Sequence[Event]
) -> Next | None:
    """The module begun that was worked on last; else the next of the track followed; else the next that can be begun."""
    last = {event.module: place for place, event in enumerate(events)}
    begun = [one for one in modules if progress[one.id].state == "started"]
    if begun:
        return Next(max(begun, key=lambda one: last.get(one.folder, -1)).folder, "started")
    left = {one.id: one for one in modules if progress[one.id].state == "new"}
    own = next((one for one in left.values() if one.track == followed(events)), None)
    if own:
        needed = _first_needed(own, left)
        return Next(own.folder, "track") if needed is own else Next(needed.folder, "prepares", own.id)
    free = next((one for one in left.values() if not left.keys() & {*one.prerequisites}), None)
    if free is None:
        return None
    done = [id for id in free.prerequisites if id in progress]
    return Next(free.folder, "follows", done[-1]) if done else Next(free.folder, "first")


def _first_needed(one: ModuleFacts, left: Mapping[str, ModuleFacts]) -> ModuleFacts:
    """Return the module itself, or the first of those left that it requires, from one to the next."""
    needed = next((left[id] for id in one.prerequisites if id in left), None)
    return _first_needed(needed, {id: left[id] for id in left if id != one.id}) if needed else one
