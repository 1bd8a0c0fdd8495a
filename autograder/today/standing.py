"""Where each module of the course stands, by its folders, its exchange and its gradebook."""

from collections.abc import Iterable
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from autograder.grading import last_done
from autograder.grading.errors import GradingError
from autograder.grading.layout import left_out
from autograder.grading.release import load_config
from autograder.lab import publication
from autograder.today import deposits
from autograder.today.copies import copies, in_exchange, since
from autograder.today.model import Day, Standing
from autograder.today.outputs import outputs
from autograder.today.recorded import Recorded, recorded


def day(course: Path) -> Day:
    """Return where the course stands now; a gradebook that cannot be read is told, and hides nothing else."""
    try:
        config = load_config(course)
        known, problem = recorded(course, config), ""
    except GradingError as error:
        return Day((), problem=str(error))
    titles = {one.folder_name: one.title for one in publication.published()}
    looked = _Look(course, config, known, titles)
    lists = since(deposits.kept(course, deposits.LIST), last_done.last(course, "learners", deposits.LIST))
    modules = tuple(map(looked.at, _modules(course, titles)))
    return Day(modules, len(known.listed), lists, problem, outputs(course))


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
        self._excluded = left_out(coursedir)
        root = ExchangeFactory(config=config).exchange(coursedir=coursedir, config=config).root
        self._exchange = Path(root, coursedir.course_id)

    def at(self, module: str) -> Standing:
        """Return where a module stands."""
        course, known = self._course, self._known
        done = copies(course, module, self._excluded)
        waiting = known.waiting.get(module, {}).items()
        waits = {who: count for who, count in waiting if who not in self._excluded}
        unread = done.graded & waits.keys()
        files = deposits.kept(course, module)
        deposited = since(files, last_done.last(course, "files", module))
        handed_in = in_exchange(self._exchange / "inbound", module)
        return Standing(
            module,
            self._titles.get(module, module.partition("-")[2] or module),
            built=(course / "source" / module / f"{module}.ipynb").is_file(),
            published=self._is_published(module),
            due=known.due.get(module),
            listed=len(known.listed),
            missing=len(known.listed - done.handed_in),
            arrived=deposited + since(handed_in, last_done.last(course, "collect", module)),
            deposited=deposited,
            files=len(files),
            handed_in=len(done.handed_in),
            to_grade=len(done.to_grade),
            graded=len(done.graded),
            failed=len(done.failed),
            waiting=sum(waits.values()),
            unread=len(unread),
            to_give=len(done.graded - unread - done.given),
            given=len(done.given),
            reported=self._is_reported(module),
        )

    def _is_published(self, module: str) -> bool:
        return (self._exchange / "outbound" / module / f"{module}.ipynb").is_file()

    def _is_reported(self, module: str) -> bool:
        """Whether the report was made after the last grading."""
        return last_done.last(self._course, "report", module) > last_done.last(self._course, "grade", module)
