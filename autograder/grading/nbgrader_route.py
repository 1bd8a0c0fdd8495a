"""`nbgrader autograde` and the formgrader's button, made to read what was handed in as `campus grade` does.

nbgrader copies with the instructor's rights, follows links, and opens what it finds: here it is given private copies.
"""

import glob
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.contract.names import ANSWERS
from autograder.grading.compared import compare
from autograder.grading.errors import GradingError
from autograder.grading.exchange import changed
from autograder.grading.facts_of_copy import facts_of_copy
from autograder.grading.gradebook_file import require_for
from autograder.grading.handed_in import HandedIn, opened, read_start, readable, take
from autograder.grading.layout import ignored, left_out
from autograder.grading.marked import adopt
from autograder.grading.pieces import find_pieces
from autograder.grading.reading import read_notebook_at
from autograder.grading.regular_files import regular_files

TIMESTAMP = "timestamp.txt"
nbgraders_submitted_timestamp = NbGraderAPI.get_submitted_timestamp
FAILED = "Copies non corrigées : {learners}. La raison de chacune est donnée plus haut."


def install() -> None:
    """Have nbgrader do so in this process: no setting of nbgrader names another converter, nor another reader of dates."""
    Autograde.start = _start
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp


def _submitted_timestamp(self: NbGraderAPI, assignment_id: str, student_id: str) -> datetime | None:
    """Return when a copy was handed in, for the formgrader's lists: a pipe in the place of the file would stop them."""
    folder = self.coursedir.format_path(self.coursedir.submitted_directory, student_id, assignment_id)
    if read_start(Path(folder, TIMESTAMP), 1) is None:
        return None
    return nbgraders_submitted_timestamp(self, assignment_id, student_id)


def _start(self: Autograde) -> None:
    """Take a private copy of each submission, tell what must be told, then grade the copies. Raises NbGraderException."""
    course = self.coursedir
    require_for(self)
    _adopt_marks(course)  # nbgrader removes a graded copy before it reads the new one
    with tempfile.TemporaryDirectory(prefix=".lecture-", dir=course.root) as folder:
        found = _submissions(self)
        failed = [learner for path, learner in found if not _taken(self, path, learner, Path(folder))]
        if len(failed) < len(found) or not found:
            with changed(
                course, submitted_directory=Path(folder).name if found else course.submitted_directory
            ):
                BaseConverter.start(self)
    if course.student_id == "*" and (
        places := ignored(Path(course.root), course.assignment_id, left_out(course))
    ):
        self.log.warning(places)
    if failed:
        problem = FAILED.format(learners=", ".join(map(readable, failed)))
        self.log.error(problem)
        raise NbGraderException(problem)


def _adopt_marks(course: CourseDirectory) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        adopt(gradebook, course.assignment_id, Path(course.root, course.autograded_directory))


def _submissions(converter: Autograde) -> list[tuple[str, str]]:
    """Return the path and the learner of each submission that is asked for, as nbgrader finds them."""
    course = converter.coursedir
    pattern = course.format_path(
        course.submitted_directory, "(?P<student_id>.*)", course.assignment_id, escape=True
    )
    paths = sorted(
        glob.glob(course.format_path(course.submitted_directory, course.student_id, course.assignment_id))
    )
    matches = [(path, re.fullmatch(pattern, path)) for path in paths]
    found = [(path, match["student_id"]) for path, match in matches if match]
    return [pair for pair in found if pair[1] not in left_out(course)]


def _taken(converter: Autograde, path: str, learner: str, folder: Path) -> bool:
    """Put the private copy of a submission where the converter will look; False when it cannot be graded, which is told."""
    course = converter.coursedir
    step, *names = os.path.relpath(path, course.root).split(os.sep)
    target = Path(course.format_path(folder.name, learner, course.assignment_id))
    try:
        with opened(Path(course.root, step), *names) as source:
            handed_in = take(source, Path(tempfile.mkdtemp(dir=folder, prefix=".")), course.ignore)
        for note in _lay_out(converter, handed_in, target):
            converter.log.warning("%s : %s", readable(learner), note)
    except GradingError as error:
        converter.log.error("%s : %s", readable(learner), error)
        return False
    return True


def _lay_out(converter: Autograde, handed_in: HandedIn, target: Path) -> tuple[str, ...]:
    """Move a copy to `target`, each piece under its own name; return what must be told.

    A release that is not one notebook named as its folder is not ours: its copies are moved as they are.
    """
    course, module = converter.coursedir, str(converter.coursedir.assignment_id)
    release = Path(course.format_path(course.release_directory, ".", module), f"{module}.ipynb")
    if _notebooks(converter) != [module] or not release.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        handed_in.folder.rename(target)
        return handed_in.notes

    def released() -> NotebookNode:
        return nbformat.read(release, as_version=4)

    source = Path(course.format_path(course.source_directory, ".", module))
    own, _ = regular_files(source, [*course.ignore, "*.ipynb"])
    pieces = find_pieces(handed_in, module, own, released)
    facts = facts_of_copy(
        compare(
            released(),
            read_notebook_at(pieces.notebook),
            pieces.table,
            pieces.files.get(ANSWERS),
            Path(course.root),
        )
    )
    for relative, file in {f"{module}.ipynb": pieces.notebook, **pieces.files}.items():
        place = target / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place)
    return (*pieces.notes, *facts)


def _notebooks(converter: Autograde) -> list[str]:
    course = converter.coursedir
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            return [notebook.name for notebook in gradebook.find_assignment(course.assignment_id).notebooks]
        except ValueError:  # nbgrader's MissingEntry: it will say so itself
            return []
