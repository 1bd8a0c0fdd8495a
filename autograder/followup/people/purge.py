"""Erase one person from a course. Each step can be cut off and done again; nothing of anybody else is touched."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder import files
from autograder.followup.kept_backups import FOLDER as BACKUPS
from autograder.followup.people import gradebook, places
from autograder.followup.people.course import EXPORTS, GRADES, REPLACED, REPORTS, Course, folders
from autograder.followup.people.needles import Needles
from autograder.followup.people.person import Person, find
from autograder.followup.people.search_file import traces
from autograder.followup.people.texts import TooMuch, walk
from autograder.grading.alone import alone
from autograder.grading.batch.run import BUSY as GRADING
from autograder.grading.batch.run import WORK as GRADED
from autograder.grading.collect.run import BUSY as COLLECTING
from autograder.grading.collect.run import WORK as COLLECTED
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import in_words
from autograder.grading.last_done import FOLDER as TOLD
from autograder.grading.layout import DEPOSITS

SEVERAL = (EXPORTS, REPORTS, DEPOSITS, TOLD)
UNFINISHED = ".ramassage-"
"""How the folders of a copy being collected begin, in the course: an interruption leaves them."""


@dataclass
class Erased:
    """What was erased. `again`: files of several people, that a command makes again; `problems`: gradebooks left as they are."""

    folders: list[Path] = field(default_factory=list)
    pages: int = 0
    rows: int = 0
    again: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether anything was theirs."""
        return bool(self.folders or self.rows)


def purge(course: Course, learner: str, needles: Needles) -> Erased:
    """Erase a person everywhere in a course, and in what restores put aside.

    Raises GradingError and OSError: doing it again then ends the work.
    """
    done = Erased()
    with quiet(course):
        for state in course.states:
            _erase_files(state, learner, needles, done)
        _forget_results(course)
        for state in course.states:
            _erase_rows(state, find(state, learner), done) if state is course else _try_rows(
                state, learner, done
            )
    return done


@contextmanager
def quiet(course: Course) -> Iterator[None]:
    """Keep collecting and grading out of the course meanwhile; clear what they, or a backup, left unfinished. Raises GradingError."""
    submitted, graded = course.root / "submitted" / COLLECTED, course.root / "autograded" / GRADED
    with alone(submitted, COLLECTING), alone(graded, GRADING):
        for folder in folders(course.root):
            if folder.name.startswith(UNFINISHED):
                shutil.rmtree(folder)
        for half in (course.root / BACKUPS).glob(f".*{files.UNFINISHED}"):
            half.unlink()
        yield


def _erase_files(course: Course, learner: str, needles: Needles, done: Erased) -> None:
    own = places.own_folders(course, learner)
    for page in places.released_pages(course, own):
        page.unlink()
        done.pages += 1
    for folder in own:
        _remove(folder)
        done.folders.append(folder)
    for path in made_again(course):
        if os.path.lexists(path) and is_named(path, needles):
            for one in (path.with_name(path.name + end) for end in gradebook.BESIDE):
                one.unlink(missing_ok=True)
            done.again += [path] if course.lab not in path.parents else []


def _remove(place: Path) -> None:
    """Remove a folder, a file or a link, not what a link leads to; and the folder of a date that is empty then."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()
    if place.parent.parent.name == REPLACED and not any(place.parent.iterdir()):
        place.parent.rmdir()


def made_again(course: Course) -> Iterator[Path]:
    """Yield the files that may name several people, and that are made again: exports, reports, what the page « Aujourd’hui » was
    given and told, Jupyter's own.
    """
    for place in (*(course.root / name for name in SEVERAL), course.lab):
        yield from (path for path in walk(place, lambda _: False) if path.is_symlink() or not path.is_dir())
    yield from (path for name in GRADES if (path := course.root / name).is_file())


def is_named(path: Path, needles: Needles) -> bool:
    """Whether a file names the person, or is too big for this to be known."""
    try:
        return bool(traces(path, needles))
    except TooMuch:
        return True


def _forget_results(course: Course) -> None:
    """Empty the cache of graded results: they hold texts of copies without a name. Grading again costs time only."""
    for path in walk(course.results, lambda _: False):
        path.unlink()


def _try_rows(course: Course, learner: str, done: Erased) -> None:
    """Erase in the gradebook of a former state, that may have been put aside because it was damaged."""
    try:
        _erase_rows(course, find(course, learner), done)
    except GradingError as error:
        done.problems.append(str(error))


def _erase_rows(course: Course, person: Person, done: Erased) -> None:
    path = course.gradebook
    if path is not None and not path.exists():
        return
    gradebook.erase(course, person)
    done.rows += len(person.rows)
    if path is not None:
        with in_words(course.db_url):
            gradebook.compact(path)
