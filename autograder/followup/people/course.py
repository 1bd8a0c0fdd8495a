"""The places of a course where people's data lie."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder import paths
from autograder.contract.names import STATE
from autograder.grading.batch.reuse import kept_results
from autograder.grading.gradebook_file import gradebook_path
from autograder.grading.release import load_config, put_programs_on_path

EXPORTS, REPORTS, REPLACED = "exports", "reports", "replaced"
GRADES = ("grades.csv", "grades.xlsx")
"""What `nbgrader export` writes, in the course."""
GRADEBOOK = "gradebook.db"
"""The gradebook in a backup, and in what a restore put aside."""
FORMER = "replaced-by-restore"
"""What a restore put aside: one folder per restore, laid out as the course."""


@dataclass(frozen=True)
class Course:
    """Folders may be missing. `exchange` and `handed_in` (nbgrader's copy of what this account handed in) are this course's own.

    `lab`: what the instructor's JupyterLab writes for itself: log, open tabs, history.
    """

    root: Path
    db_url: str
    course_id: str
    steps: tuple[str, ...]
    """The folders of learners' folders."""
    exchange: Path
    handed_in: Path
    results: Path
    lab: Path

    @property
    def gradebook(self) -> Path | None:
        """The file of the gradebook; None when an institution keeps it in another kind of database."""
        return gradebook_path(self.db_url)

    @property
    def states(self) -> list["Course"]:
        """The course, then each state of it that a restore put aside."""
        return [self, *(self._at(folder) for folder in folders(self.root / FORMER))]

    def _at(self, root: Path) -> "Course":
        exchange = root / "exchange" / self.course_id
        return replace(self, root=root, db_url=f"sqlite:///{root / GRADEBOOK}", exchange=exchange)


def open_course(root: Path) -> Course:
    """Read the settings of a course directory. Raises GradingError."""
    put_programs_on_path()
    config = load_config(root)
    course = CourseDirectory(config=config)
    steps = (course.submitted_directory, course.autograded_directory, course.feedback_directory)
    exchange, handed_in = _exchange(config)
    return Course(
        root,
        course.db_url,
        course.course_id,
        steps,
        exchange / course.course_id,
        handed_in / course.course_id,
        kept_results(),
        paths.work() / STATE / "instructor",
    )


def _exchange(config: Config) -> tuple[Path, Path]:
    settings: Any = config.Exchange
    cache = settings.cache if "cache" in settings else Path(jupyter_data_dir(), "nbgrader_cache")
    return Path(settings.root), Path(cache)


def folders(place: Path) -> list[Path]:
    """Return the folders in a folder, in order, without links; none when it is missing."""
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.is_dir() and not path.is_symlink())
