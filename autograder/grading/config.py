"""nbgrader's configuration for the course, called by `course/nbgrader_config.py`."""

import os
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import Execute, SaveAutoGrades
from nbgrader.server_extensions.formgrader import handlers as formgrader
from traitlets.config import Config

from autograder import locales
from autograder.grading import nbgrader_route
from autograder.grading.bounds import SHOWN, Shorten
from autograder.grading.dates import replace_nbgrader_reader
from autograder.grading.exchange import Collect, ReleaseFeedback
from autograder.grading.execute import GradingExecute
from autograder.grading.feedback import FeedbackExporter, HideGraderText
from autograder.grading.free_answers import FillFreeAnswers
from autograder.grading.logs import LOGGING, silence
from autograder.grading.mark_schemes import MoveMarkSchemes
from autograder.grading.marks import ForGraders, GetMarks
from autograder.grading.reading import SubmissionExporter
from autograder.grading.rebuild import RebuildNotebook
from autograder.grading.save_grades import SaveGrades
from autograder.identity import FILE_NAME as IDENTITY
from autograder.printable import FIELD, printable

COURSE_ID = "campus"
TEMPLATES = Path(__file__).parent / "templates"
MARK = ".correction.json"  # left by `campus grade` in a graded folder
OURS = {Execute: GradingExecute, SaveAutoGrades: SaveGrades}
CELL_TIMEOUT = 30  # seconds; CAMPUS_CELL_TIMEOUT changes it


BAD_TIMEOUT = (
    "CAMPUS_CELL_TIMEOUT vaut « {text} » : on attend un nombre entier de secondes, 1 ou plus. Corrigez ce réglage, ou "
    "retirez-le : « unset CAMPUS_CELL_TIMEOUT »."
)


def configure(c: Config, root: Path) -> None:
    """Fill `c` for the course directory `root`; create the exchange folder when it is missing."""
    replace_nbgrader_reader()
    silence()
    os.environ.update(locales.readable())
    _course(c, root)
    _assignments(c)
    _autograde(c, root)
    _pages(c)


def _course(c: Config, root: Path) -> None:
    c.Application.logging_config = LOGGING
    c.CourseDirectory.course_id = COURSE_ID
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "__pycache__",
        "*.pyc",
        ".virtual_documents",
        "feedback",
        MARK,
        IDENTITY,
    ]
    c.Exchange.root = str(_exchange(root / "exchange"))
    c.ExchangeFactory.collect = Collect
    c.ExchangeFactory.release_feedback = ReleaseFeedback


def _exchange(folder: Path) -> Path:
    """nbgrader wants the folder to exist and to be writable by everyone (it sets finer rights inside)."""
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o777)
    return folder


def _assignments(c: Config) -> None:
    # A stub that raises would greet the learner with a traceback.
    c.ClearSolutions.code_stub = {"python": "# Écrivez votre code ici"}
    c.ClearSolutions.text_stub = "*Écrivez votre réponse ici.*"
    c.GenerateAssignment.preprocessors = [MoveMarkSchemes, *GenerateAssignment.preprocessors.default()]
    c.ClearMarkScheme.enforce_metadata = False  # ours are in statements, not in nbgrader's task cells


def _autograde(c: Config, root: Path) -> None:
    nbgrader_route.install()
    c.Autograde.exporter_class = SubmissionExporter
    c.Autograde.sanitize_preprocessors = [
        RebuildNotebook,
        FillFreeAnswers,
        *Autograde.sanitize_preprocessors.default(),
    ]
    c.Autograde.autograde_preprocessors = [
        OURS.get(step, step) for step in Autograde.autograde_preprocessors.default()
    ]
    c.RebuildNotebook.course = str(root)
    c.OverwriteCells.add_missing_cells = True
    c.OverwriteCells.missing_cell_notification = (
        "La cellule {cell_id} manquait dans la copie rendue : elle a été remise.\n\n"
    )
    c.GradingExecute.course = str(root)
    c.Execute.timeout = _cell_seconds()
    c.Execute.shutdown_kernel = "immediate"
    c.Execute.extra_arguments = [
        "--IPKernelApp.log_level=ERROR"
    ]  # it warns of its ports, in English, each time


def _cell_seconds() -> int:
    """Return the time of a learner's cell.

    Raises SystemExit, which nbgrader does not pass over as it does an error in its configuration: it would go on
    without ours, and run learners' code unconfined.
    """
    text = os.environ.get("CAMPUS_CELL_TIMEOUT", str(CELL_TIMEOUT))
    if not text.isdecimal() or int(text) < 1:
        raise SystemExit(BAD_TIMEOUT.format(text=printable(text, FIELD)))
    return int(text)


def _pages(c: Config) -> None:
    """Feedback and formgrader pages: nothing from another host, nothing active from a learner."""
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.grading.pages.markdown",
        "clean_html": "autograder.grading.pages.clean",
    }
    c.HTMLExporter.preprocessors = [Shorten, ForGraders]
    c.DataTypeFilter.display_data_priority = list(SHOWN)
    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), formgrader.template_path]
    c.GenerateFeedback.exporter_class = FeedbackExporter
    c.GenerateFeedback.preprocessors = [GetMarks, HideGraderText]
    c.FeedbackExporter.template_name = "campus"
    c.FeedbackExporter.exclude_input_prompt = True
    c.FeedbackExporter.exclude_output_prompt = True
