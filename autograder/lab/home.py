"""What the home page says: tracks, modules, where the learner stands. Text only; `page.py` writes the HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder import paths
from autograder.data import texts
from autograder.lab import publication
from autograder.lab.card import Card, facts
from autograder.lab.workspace import ANSWERS
from autograder.modules.programme import load_competences, load_programme
from autograder.progress import journal
from autograder.progress.summary import Progress, summarise

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
    modules: tuple[Card, ...]


@dataclass(frozen=True)
class Home:
    """All that the page needs. `kept`: folders of a learner's work for which a newer version exists."""

    tracks: Sequence[TrackCard]
    competences: Mapping[str, str | None]
    progress: Progress
    kept: frozenset[str]


def cards() -> list[TrackCard]:
    """Return the tracks of the programme, each with what is published; modules whose texts are missing here are left out."""
    files = (publication.path(), paths.course() / "programme.yml")
    stamps = [(file, file.stat().st_mtime_ns) for file in files if file.exists()]
    return _cards(tuple(stamps), paths.cache())


def home(space: Path, kept: frozenset[str] = frozenset()) -> Home:
    """Return what the home page of a learner's space says now."""
    tracks = cards()
    modules = [module for track in tracks for module in track.modules]
    opened = [module.folder_name for module in modules if (space / module.folder_name / ANSWERS).exists()]
    progress = summarise([facts(module) for module in modules], journal.read(space), opened)
    return Home(tracks, load_competences(), progress, kept)


@cache
def _cards(_: tuple[tuple[Path, int], ...], fetched: Path) -> list[TrackCard]:
    """The page is asked for every few seconds: files that have not changed are not read again.

    `fetched`: the folder where texts are kept. They come when the course is installed, so one look is enough.
    """
    offered = {one.id: one for one in publication.published() if not texts.missing(one.datasets)}
    return [
        TrackCard(track.id, track.title, track.summary, _listed(track.modules, offered))
        for track in load_programme().tracks
    ]


def _listed(ids: Iterable[str], offered: Mapping[str, Card]) -> tuple[Card, ...]:
    return tuple(offered[one] for one in ids if one in offered)
