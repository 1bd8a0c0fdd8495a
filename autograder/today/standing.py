"""Where each module of the course stands, by its folders, its exchange and its gradebook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from autograder.grading import last_done
from autograder.grading.errors import GradingError
from autograder.grading.release import load_config
from autograder.lab import publication
from autograder.today import deposits
from autograder.today.copies import arrived, copies, in_exchange
from autograder.today.recorded import Recorded, recorded


@dataclass(frozen=True)
class Standing:
    """One module. Counts are of copies, but `waiting`, of free answers, and `listed`, of people (0: no class list).

    `arrived`: hand-ins that came since the last collection, `deposited` those of them that came by files. `unread`: graded copies
    that hold a free answer to read; `to_give`: the other graded copies whose feedback page is not made. `reported`: whether its report
    was made since.
    """

    folder: str
    title: str
    built: bool = True
    published: bool = True
    due: datetime | None = None
    listed: int = 0
    missing: int = 0
    arrived: int = 0
    deposited: int = 0
    files: int = 0
    handed_in: int = 0
    to_grade: int = 0
    graded: int = 0
    failed: int = 0
    waiting: int = 0
    unread: int = 0
    to_give: int = 0
    given: int = 0
    reported: bool = False

    @property
    def id(self) -> str:
        """The id of the module, which people say."""
        return self.folder.partition("-")[0]

    @property
    def named(self) -> str:
        """The id and the title."""
        return f"{self.id} – {self.title}"


@dataclass(frozen=True)
class Day:
    """The whole course. `problem`: what keeps the gradebook from being read, in French."""

    modules: tuple[Standing, ...]
    listed: int = 0
    lists: int = 0
    """Class lists given and not imported since."""
    problem: str = ""


def day(course: Path) -> Day:
    """Return where the course stands now; a gradebook that cannot be read is told, and hides nothing else."""
    try:
        config = load_config(course)
        known, problem = recorded(course, config), ""
    except GradingError as error:
        return Day((), problem=str(error))
    titles = {one.folder_name: one.title for one in publication.published()}
    looked = _Look(course, config, known, titles)
    lists = arrived(deposits.kept(course, deposits.LIST), course, deposits.LIST)
    return Day(tuple(map(looked.at, _modules(course, titles))), len(known.listed), lists, problem)


def _modules(course: Path, order: Iterable[str]) -> list[str]:
    """Return the modules that are built or released, in the order of the programme, then of their names."""
    found = {
        one.name
        for step in ("source", "release")
        for one in (course / step).glob("[!.]*")
        if (one / f"{one.name}.ipynb").is_file()
    }
    return [*(name for name in order if name in found), *sorted(found - set(order))]


class _Look:
    """One look at a course."""

    def __init__(self, course: Path, config: Config, known: Recorded, titles: dict[str, str]):
        self._course, self._known, self._titles = course, known, titles
        coursedir = CourseDirectory(config=config)
        self._excluded = coursedir.student_id_exclude.split(",")
        root = ExchangeFactory(config=config).exchange(coursedir=coursedir, config=config).root
        self._exchange = Path(root, coursedir.course_id)

    def at(self, module: str) -> Standing:
        """Return where a module stands."""
        course, known = self._course, self._known
        done = copies(course, module, self._excluded)
        waits = known.waiting.get(module, {})
        unread = done.graded & waits.keys()
        given_files = deposits.kept(course, module)
        by_file = arrived(given_files, course, module)
        counts: dict[str, Any] = {
            "missing": len(known.listed - done.handed_in),
            "arrived": by_file + arrived(in_exchange(self._exchange / "inbound", module), course, module),
            "handed_in": len(done.handed_in),
            "to_grade": len(done.to_grade),
            "graded": len(done.graded),
            "failed": len(done.failed),
            "unread": len(unread),
            "to_give": len(done.graded - unread - done.given),
            "given": len(done.given),
        }
        return Standing(
            module,
            self._titles.get(module, module.partition("-")[2] or module),
            built=(course / "source" / module / f"{module}.ipynb").is_file(),
            published=self._is_published(module),
            due=known.due.get(module),
            listed=len(known.listed),
            deposited=by_file,
            files=len(given_files),
            waiting=sum(waits.values()),
            reported=self._is_reported(module),
            **counts,
        )

    def _is_published(self, module: str) -> bool:
        return (self._exchange / "outbound" / module / f"{module}.ipynb").is_file()

    def _is_reported(self, module: str) -> bool:
        """Whether the report was made after the last grading."""
        return last_done.last(self._course, "report", module) > last_done.last(self._course, "grade", module)
