"""Make the learners' version of a module, as `nbgrader generate_assignment` does."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import paths
from autograder.grading.errors import GradingError

CONFIG_FILE = "nbgrader_config.py"


def release(folder_name: str, course: Path | None = None) -> None:
    """Write `release/<folder_name>` from `source/<folder_name>`; raise GradingError if nbgrader refuses.

    nbgrader begins by removing what was released: it is put back whenever the new version does not come.
    """
    put_programs_on_path()
    course = course or paths.course()
    with _kept(course / "release" / folder_name):
        _generate(folder_name, course)


def _generate(folder_name: str, course: Path) -> None:
    result = NbGraderAPI(config=load_config(course)).generate_assignment(folder_name)
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


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Have a folder back as it was if what is done meanwhile fails, or was cut off the last time."""
    before, partial = (folder.with_name(f".{folder.name}.{name}") for name in ("avant", "partiel"))
    if before.exists():
        _put_back(before, folder)
    shutil.rmtree(partial, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, partial)
        os.replace(partial, before)
    try:
        yield
    except BaseException:
        _put_back(before, folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _put_back(before: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if before.exists():
        os.replace(before, folder)


def load_config(course: Path) -> Config:
    """Return the configuration of a course directory, with what the institution added to it."""
    return PyFileConfigLoader(CONFIG_FILE, path=str(course)).load_config()


def put_programs_on_path() -> None:
    """nbgrader calls `alembic` by its name, and the environment may not have been activated."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
