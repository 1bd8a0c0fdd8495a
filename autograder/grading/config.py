"""nbgrader's configuration for the course, called by `course/nbgrader_config.py`."""

import os
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import Execute, GetGrades
from nbgrader.server_extensions.formgrader import handlers as formgrader
from traitlets.config import Config

from autograder import locales
from autograder.grading.exchange import ReleaseFeedback
from autograder.grading.execute import GradingExecute
from autograder.grading.feedback import FeedbackExporter, HideGraderText
from autograder.grading.free_answers import FillFreeAnswers
from autograder.grading.mark_schemes import MoveMarkSchemes
from autograder.grading.reading import SubmissionExporter
from autograder.grading.rebuild import RebuildNotebook

COURSE_ID = "campus"
TEMPLATES = Path(__file__).parent / "templates"
MARK = ".correction.json"  # left by `campus grade` in a graded folder
CELL_TIMEOUT = 30  # seconds; CAMPUS_CELL_TIMEOUT changes it


def configure(c: Config, root: Path) -> None:
    """Fill `c` for the course directory `root`; create the exchange folder when it is missing."""
    os.environ.update(locales.readable())
    _course(c, root)
    _assignments(c)
    _autograde(c, root)
    _pages(c)


def _course(c: Config, root: Path) -> None:
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
    ]
    c.Exchange.root = str(_exchange(root / "exchange"))
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
    c.Autograde.exporter_class = SubmissionExporter
    c.Autograde.sanitize_preprocessors = [
        RebuildNotebook,
        FillFreeAnswers,
        *Autograde.sanitize_preprocessors.default(),
    ]
    c.Autograde.autograde_preprocessors = [
        GradingExecute if step is Execute else step for step in Autograde.autograde_preprocessors.default()
    ]
    c.RebuildNotebook.course = str(root)
    c.OverwriteCells.add_missing_cells = True
    c.OverwriteCells.missing_cell_notification = (
        "La cellule {cell_id} manquait dans la copie rendue : elle a été remise.\n\n"
    )
    c.GradingExecute.course = str(root)
    c.Execute.timeout = int(os.environ.get("CAMPUS_CELL_TIMEOUT", CELL_TIMEOUT))
    c.Execute.shutdown_kernel = "immediate"
    c.Execute.extra_arguments = [
        "--IPKernelApp.log_level=ERROR"
    ]  # it warns of its ports, in English, each time


def _pages(c: Config) -> None:
    """Feedback and formgrader pages: nothing from another host, nothing active from a learner."""
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.grading.pages.markdown",
        "clean_html": "autograder.grading.pages.clean",
    }
    # A static rendering is shown where there is one; a widget needs scripts from a public CDN.
    c.DataTypeFilter.display_data_priority = [
        "text/html",
        "text/markdown",
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "text/latex",
        "text/plain",
    ]
    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), formgrader.template_path]
    c.GenerateFeedback.exporter_class = FeedbackExporter
    c.GenerateFeedback.preprocessors = [GetGrades, HideGraderText]
    c.FeedbackExporter.template_name = "campus"
    c.FeedbackExporter.exclude_input_prompt = True
    c.FeedbackExporter.exclude_output_prompt = True
