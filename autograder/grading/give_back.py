"""Make the feedback pages of a module, and give them back through the exchange: `campus feedback`."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from autograder.grading.errors import GradingError
from autograder.grading.exchange import ReleaseFeedback
from autograder.grading.gradebook_file import in_words
from autograder.grading.layout import left_out
from autograder.grading.regular_files import regular_files
from autograder.grading.release import load_config, require_usable_gradebook
from autograder.grading.waiting import waiting

NOBODY = "Aucune copie corrigée du module {name}. Corrigez-les d’abord : « campus grade {name} »."
NOT_RECORDED = (
    "Cette copie n’est pas dans le carnet de notes : corrigez-la de nouveau (« campus grade {name} --learner {learner} »), "
    "ou retirez son dossier de autograded/."
)
NOT_WRITTEN = "La page n’a pas pu être écrite ({error})."
UNEXPECTED = "La page n’a pas pu être faite ({error}). Relancez ; si cela revient, signalez-le."
NO_EXCHANGE = "Le dossier d’échange ({root}) n’est pas accessible en écriture : aucune page n’y est remise."
OTHER_EXCHANGE = "Votre nbgrader_config.py choisit un autre échange : remettez les pages par « nbgrader release_feedback {name} »."


@dataclass
class Report:
    """What became of each copy. Learners are in order."""

    made: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Reasons, in French."""
    held: dict[str, list[str]] = field(default_factory=dict)
    """The free answers that wait, by their cells' names."""
    released: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    """Whose page was made, and cannot be given by the exchange."""
    exchange_problem: str = ""


def give_back(course: Path, name: str, with_unread: bool) -> Report:
    """Make the pages again, and release them; those whose free answers wait are left out unless `with_unread`.

    Raises GradingError when no copy is graded, or when the gradebook cannot serve; one bad copy only fills `Report.failed`.
    """
    config = load_config(course)
    config.ReleaseFeedback.with_unread = with_unread or config.ReleaseFeedback.get("with_unread", False)
    coursedir = CourseDirectory(config=config, log=_silent())
    coursedir.assignment_id = name
    report = Report()
    folders = {folder.parent.name: folder for folder in _graded(coursedir, name)}
    if not folders:
        raise GradingError(NOBODY.format(name=name))
    require_usable_gradebook(course)
    if not config.ReleaseFeedback.with_unread:
        with in_words(coursedir.db_url), Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            unread = waiting(gradebook, name)
        report.held = {learner: cells for learner, cells in unread.items() if learner in folders}
    for learner, folder in folders.items():
        if learner not in report.held:
            _make(Pages(folder, coursedir=coursedir, config=config, log=_silent()), learner, report)
    _release(coursedir, config, report)
    return report


def _silent() -> logging.Logger:
    """nbgrader logs in English; what matters is in the report."""
    log = logging.getLogger("campus.feedback")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log


def _graded(coursedir: CourseDirectory, name: str) -> Iterator[Path]:
    places = Path(coursedir.root, coursedir.autograded_directory).glob("[!.]*")
    excluded = left_out(coursedir)
    for place in sorted(places):
        if place.name not in excluded and (place / name / f"{name}.ipynb").is_file():
            yield place / name


class Pages(GenerateFeedback):  # type: ignore[misc]
    """nbgrader's converter for one copy, whatever its learner is called: nbgrader reads `p[1]` as a pattern."""

    def __init__(self, folder: Path, **kw: Any):
        super().__init__(**kw)
        self.force = True
        self.module = folder.name
        self._folder = folder

    def init_notebooks(self) -> None:
        """Take the only notebook, by its path."""
        self.notebooks = [str(self._folder / f"{self._folder.name}.ipynb")]

    def convert_notebooks(self) -> None:
        """Convert it; raise what nbconvert does."""
        name, learner = self._folder.name, self._folder.parent.name
        self.init_destination(name, learner)
        self.init_assignment(name, learner)
        for notebook in self.notebooks:
            self.convert_single_notebook(notebook)
        self.set_permissions(name, learner)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy the other files of the copy, as nbgrader does: `release_feedback` reads two of them."""
        files, _ = regular_files(self._folder, [*self.coursedir.ignore, "*.ipynb"])
        destination = Path(self._format_dest(assignment_id, student_id))
        for relative, path in files.items():
            (destination / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, destination / relative)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Say what nbgrader finds by cutting the path with an expression, that not every name fits."""
        name = self._folder.name
        return {
            "unique_key": name,
            "output_files_dir": f"{name}_files",
            "nbgrader": {
                "student": self._folder.parent.name,
                "assignment": name,
                "notebook": name,
                "db_url": self.coursedir.db_url,
            },
        }


def _make(pages: Pages, learner: str, report: Report) -> None:
    try:
        pages.start()
    except GradingError as error:
        report.failed[learner] = str(error)
    except MissingEntry:
        report.failed[learner] = NOT_RECORDED.format(name=pages.module, learner=learner)
    except OSError as error:
        report.failed[learner] = NOT_WRITTEN.format(error=error.strerror or error)
    except Exception as error:  # one bad copy must not stop the others
        report.failed[learner] = UNEXPECTED.format(error=type(error).__name__)
    else:
        report.made.append(learner)


def _release(coursedir: CourseDirectory, config: Config, report: Report) -> None:
    """Give the pages that were just made; those of another day stay where they are."""
    chosen = ExchangeFactory(config=config).release_feedback
    if not issubclass(chosen, ReleaseFeedback):
        report.exchange_problem = OTHER_EXCHANGE.format(name=coursedir.assignment_id)
        return
    exchange = chosen(only=report.made, coursedir=coursedir, config=config, log=_silent())
    try:
        exchange.start()
    except ExchangeError:
        report.exchange_problem = NO_EXCHANGE.format(root=exchange.root)
    report.released, report.by_hand = exchange.released, exchange.by_hand
