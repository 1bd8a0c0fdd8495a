"""What the home page says: tracks, modules, where the learner stands. Text only; `page.py` writes the HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder import paths
from autograder.data import texts
from autograder.lab.workspace import ANSWERS
from autograder.modules.load import load_modules, module_folders
from autograder.modules.model import Module
from autograder.modules.programme import Programme, load_competences, load_programme
from autograder.progress import journal
from autograder.progress.summary import ModuleFacts, Progress, summarise

AUDIENCES = {
    "N0": "tout agent, sans connaissance préalable",
    "N1": "agent à l’aise avec un tableur",
    "N2": "agent qui lit un peu de Python",
    "D": "décideur ou décideuse",
    "F": "formateur ou formatrice",
}


@dataclass(frozen=True)
class TrackCard:
    """One track, with its published modules in order."""

    id: str
    title: str
    summary: str
    modules: tuple[Module, ...]


@dataclass(frozen=True)
class Home:
    """All that the page needs. `kept`: folders of a learner's work for which a newer version exists."""

    tracks: Sequence[TrackCard]
    competences: Mapping[str, str | None]
    progress: Progress
    kept: frozenset[str]


def cards() -> list[TrackCard]:
    """Return the tracks of the programme, each with its published modules; those whose texts are missing are left out."""
    return _cards(_stamp(), paths.cache())


def lacking() -> list[Module]:
    """Return the published modules that read texts which were never fetched: they open once these are here."""
    return _lacking(_stamp(), paths.cache())


def home(space: Path, kept: frozenset[str] = frozenset()) -> Home:
    """Return what the home page of a learner's space says now."""
    tracks = cards()
    modules = [module for track in tracks for module in track.modules]
    opened = [module.folder_name for module in modules if (space / module.folder_name / ANSWERS).exists()]
    progress = summarise([facts(module) for module in modules], journal.read(space), opened)
    return Home(tracks, load_competences(), progress, kept)


def facts(module: Module) -> ModuleFacts:
    """Return what progress needs to know of a module; answers that people read are left out."""
    judged = {key: one.points for key, one in module.exercises.items() if not one.is_free}
    competences: dict[str, tuple[str, ...]] = {}
    for objective in module.objectives:
        for code in objective.competences:
            competences[code] = (*competences.get(code, ()), *objective.exercises)
    return ModuleFacts(
        id=module.id,
        folder=module.folder_name,
        version=module.version,
        track=module.track,
        minutes=module.minutes,
        pass_mark=module.pass_mark,
        prerequisites=module.prerequisites,
        exercises=judged,
        competences=competences,
    )


def _stamp() -> tuple[int, ...]:
    """Return what changes when a module or the programme does: the page is asked for every few seconds."""
    files = [path for folder in module_folders() for path in sorted(folder.iterdir()) if path.is_file()]
    return tuple(path.stat().st_mtime_ns for path in (*files, paths.course() / "programme.yml"))


@cache
def _published(_: tuple[int, ...]) -> dict[str, Module]:
    return {module.id: module for module in load_modules() if module.status == "published"}


@cache
def _lacking(stamp: tuple[int, ...], fetched: Path) -> list[Module]:
    """`fetched`: the folder where texts are kept. They come when the course is installed, so one look is enough."""
    return [module for module in _published(stamp).values() if texts.missing(module.datasets)]


@cache
def _cards(stamp: tuple[int, ...], fetched: Path) -> list[TrackCard]:
    absent = _lacking(stamp, fetched)
    published = {key: module for key, module in _published(stamp).items() if module not in absent}
    programme: Programme = load_programme()
    return [
        TrackCard(
            track.id,
            track.title,
            track.summary,
            tuple(published[one] for one in track.modules if one in published),
        )
        for track in programme.tracks
    ]
