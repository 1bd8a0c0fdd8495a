"""Make the learners' version of a module, as `nbgrader generate_assignment` does."""

import os
import sys
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import paths
from autograder.grading.errors import GradingError

CONFIG_FILE = "nbgrader_config.py"
CONFIG = """\
from pathlib import Path

from autograder.grading.config import configure

c = get_config()
configure(c, Path(__file__).resolve().parent)
"""
"""A course's settings, without what an institution adds to its own: its gradebook must not be reached by a trial."""


def release(folder_name: str, course: Path | None = None) -> None:
    """Write `release/<folder_name>` from `source/<folder_name>`; raise GradingError if nbgrader refuses."""
    put_programs_on_path()
    result = NbGraderAPI(config=load_config(course or paths.course())).generate_assignment(folder_name)
    if result["success"]:
        return
    details = f"{result.get('log', '')}{result.get('error', '')}"
    if "Cannot add or remove cells" in details:
        raise GradingError(
            f"Le module {folder_name} a déjà des copies, et ses questions ont changé : nbgrader ne "
            "peut pas le publier par-dessus. Gardez cette version jusqu’à la fin de la session, ou "
            "archivez le carnet de notes (gradebook.db) avant de publier la nouvelle."
        )
    raise GradingError(
        f"nbgrader n’a pas pu préparer le module {folder_name}. Voici ce qu’il en dit :\n{details}"
    )


def write_config(course: Path, more: str = "") -> None:
    """Make a course directory of `course`, a folder for a trial; `more` are further lines of its settings."""
    (course / CONFIG_FILE).write_text(CONFIG + more, encoding="utf-8")


def load_config(course: Path) -> Config:
    """Return the configuration of a course directory, with what the institution added to it."""
    return PyFileConfigLoader(CONFIG_FILE, path=str(course)).load_config()


def put_programs_on_path() -> None:
    """nbgrader calls `alembic` by its name, and the environment may not have been activated."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
