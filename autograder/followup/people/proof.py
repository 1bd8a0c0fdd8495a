"""The proof of an erasure: every place of the course is searched for what named the person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.followup.kept_backups import FOLDER
from autograder.followup.people import places
from autograder.followup.people.course import EXPORTS, FORMER, REPLACED, REPORTS, Course
from autograder.followup.people.needles import Needles, fold, needles, readings
from autograder.followup.people.person import Person
from autograder.followup.people.search_file import traces
from autograder.followup.people.texts import TooMuch, walk

MATERIAL = frozenset({
    "source", "release", "private", "guides",
    "facts.yml", "glossaire.yml", "competences.yml", "programme.yml",
})  # fmt: skip
"""What is made from the modules, the same for all: no data of learners."""
OTHERS, CACHE, EXCHANGE, LAB = "autres fichiers", "résultats gardés", "exchange", "JupyterLab du formateur"
TOO_BIG = "{path} (trop gros pour être lu : vérifiez-le vous-même)"


@dataclass
class Place:
    """A part of the course. `hits`: the files that name the person, or cannot be searched."""

    name: str
    searched: int = 0
    hits: list[str] = field(default_factory=list)


def needles_of(course: Course, person: Person) -> Needles:
    """Return what names a person, compared with the other people and with the words of the modules."""
    others = {one for state in course.states for one in places.learners(state)}
    texts = [fold(text) for path in _material(course) for text in readings(path.read_bytes())]

    def is_common(word: str) -> bool:
        return any(Needles((word,)).search_folded(text) for text in texts)

    return needles(person, others, is_common)


def _material(course: Course) -> Iterator[Path]:
    files = (path for name in ("source", "release") for path in walk(course.root / name, lambda _: False))
    yield from (path for path in files if path.suffix in (".ipynb", ".json") and path.is_file())


def prove(course: Course, looked_for: Needles) -> list[Place]:
    """Search the whole course, the exchange and the results kept. Raises OSError."""
    found = {name: Place(name) for name in _names(course)}
    for path in _everything(course):
        place = found[_name_of(course, path)]
        place.searched += 1
        place.hits += _hits(path, course.root, looked_for)
    return list(found.values())


def _names(course: Course) -> list[str]:
    steps = [*course.steps, REPLACED, EXCHANGE, EXPORTS, REPORTS, FORMER]
    return ["carnet de notes", *steps, OTHERS, CACHE, LAB]


def _everything(course: Course) -> Iterator[Path]:
    def left_out(path: Path) -> bool:
        return path.parent == course.root and (path.name in MATERIAL or path.name == FOLDER)

    yield from walk(course.root, left_out)
    if course.gradebook is not None and course.root not in course.gradebook.parents:
        yield course.gradebook
    for outside in (course.exchange, course.handed_in):
        if course.root not in outside.parents:
            yield from walk(outside, lambda _: False)
    for place in (course.results, course.lab):
        yield from walk(place, lambda _: False)


def _name_of(course: Course, path: Path) -> str:
    if path == course.gradebook:
        return "carnet de notes"
    if course.results in path.parents:
        return CACHE
    if course.lab in path.parents:
        return LAB
    if course.root not in path.parents:
        return EXCHANGE
    first = path.relative_to(course.root).parts[0]
    return first if first in _names(course) else OTHERS


def _hits(path: Path, root: Path, looked_for: Needles) -> list[str]:
    try:
        return [found.removeprefix(f"{root}/") for found in traces(path, looked_for)]
    except TooMuch:
        return [TOO_BIG.format(path=str(path).removeprefix(f"{root}/"))]
