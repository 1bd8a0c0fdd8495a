"""What the learner's pages say: tracks, modules, where the learner stands. Text only; `page.py` and `takeaways.py` write HTML."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from autograder import paths
from autograder.contract.names import ANSWERS
from autograder.data import texts
from autograder.lab import publication
from autograder.lab.card import Card, facts
from autograder.modules.errors import ModuleError
from autograder.modules.programme import Programme, load_competences, load_programme
from autograder.progress import journal
from autograder.progress.journal import Event
from autograder.progress.summary import Progress, followed, summarise

AUDIENCES = {
    "N0": "tout agent, sans connaissance préalable",
    "N1": "agent à l’aise avec un tableur",
    "N2": "agent qui lit un peu de Python",
    "D": "décideur ou décideuse",
    "F": "formateur ou formatrice",
}

PROBLEM = (
    "Un fichier de ce cours ne se lit pas : {finding} Les modules s’ouvrent, et votre travail est gardé. Montrez ce message à la "
    "personne qui tient ce cours."
)
UNTITLED = "Le titre de ce parcours n’a pas pu être lu."

T = TypeVar("T")


@dataclass(frozen=True)
class TrackCard:
    """One track, with its published modules in order."""

    id: str
    title: str
    summary: str
    modules: tuple[Card, ...]


@dataclass(frozen=True)
class Offer:
    """What the course offers. `competences`: their names, by code, where they have one; `problems`: what is wrong in its own files,
    in French.
    """

    tracks: Sequence[TrackCard]
    competences: Mapping[str, str]
    problems: tuple[str, ...] = ()

    @property
    def modules(self) -> list[Card]:
        """The modules of all the tracks, in order."""
        return [module for track in self.tracks for module in track.modules]


@dataclass(frozen=True)
class Home:
    """All that the pages need. `kept`: folders of a learner's work for which a newer version exists; `followed`: the track that
    the learner chose, or ""; `reached`: folders of the modules whose take-away card is the learner's.
    """

    offer: Offer
    progress: Progress
    kept: frozenset[str]
    followed: str
    reached: frozenset[str]


def home(space: Path, kept: frozenset[str] = frozenset()) -> Home:
    """Return what the pages of a learner's space say now."""
    offered, events = offer(), journal.read(space)
    progress = progress_in(space, offered.modules, events)
    return Home(offered, progress, kept, followed(events), _reached(offered.modules, progress, events))


def _reached(modules: Iterable[Card], progress: Progress, events: Iterable[Event]) -> frozenset[str]:
    """A card is the learner's once they came to it, in any version of the module, or once the module is done."""
    came = {event.module for event in events if event.event == "takeaway"}
    return frozenset(
        one.folder_name
        for one in modules
        if one.takeaway and (one.folder_name in came or progress.modules[one.id].state == "done")
    )


def progress_in(space: Path, modules: Sequence[Card], events: Sequence[Event]) -> Progress:
    """Return where the learner of a space stands in modules."""
    opened = [module.folder_name for module in modules if (space / module.folder_name / ANSWERS).exists()]
    return summarise([facts(module) for module in modules], events, opened)


def offer() -> Offer:
    """Return what is offered now; modules whose texts are missing here are left out."""
    course = paths.course()
    files = (publication.path(), course / "programme.yml", course / "competences.yml")
    stamps = [(file, file.stat().st_mtime_ns) for file in files if file.exists()]
    return _offer(tuple(stamps), paths.cache())


@cache
def _offer(_: tuple[tuple[Path, int], ...], fetched: Path) -> Offer:
    """The page is asked for every few seconds: files that have not changed are not read again.

    `fetched`: the folder where texts are kept. They come when the course is installed, so one look is enough.
    """
    published = [one for one in publication.published() if not texts.missing(one.datasets)]
    problems: list[str] = []
    programme = _read(load_programme, problems)
    tracks = _listed(programme, published) if programme else _without_programme(published)
    competences = {code: name for code, name in (_read(load_competences, problems) or {}).items() if name}
    return Offer(tracks, competences, tuple(problems))


def _read(read: Callable[[], T], problems: list[str]) -> T | None:
    """Read a file of the course; one that cannot be read is told, and closes nothing."""
    try:
        return read()
    except ModuleError as error:
        problems.append(PROBLEM.format(finding=error.findings[0]))
        return None


def _listed(programme: Programme, published: Sequence[Card]) -> list[TrackCard]:
    known = {one.id: one for one in published}
    return [
        TrackCard(
            track.id, track.title, track.summary, tuple(known[one] for one in track.modules if one in known)
        )
        for track in programme.tracks
    ]


def _without_programme(published: Sequence[Card]) -> list[TrackCard]:
    """Return the tracks that the modules name: they were published in the order of the programme."""
    return [
        TrackCard(
            track, f"Parcours « {track} »", UNTITLED, tuple(one for one in published if one.track == track)
        )
        for track in dict.fromkeys(one.track for one in published)
    ]
