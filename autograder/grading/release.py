"""Make the learners' version of a module, as `nbgrader generate_assignment` does."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder import paths
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import anew, close_to_others, require_gradebook
from autograder.grading.settings import CONFIG_FILE, BrokenSettings, read_settings

CONFIG = """\
from pathlib import Path

from autograder.grading.config import configure

c = get_config()
configure(c, Path(__file__).resolve().parent)
"""
"""A course's settings, without what an institution adds to its own: its gradebook must not be reached by a trial."""
CHANGED = (
    "Le module {name} a déjà des copies, et ses questions ont changé : nbgrader ne peut pas le publier par-dessus. Gardez "
    "cette version jusqu’à la fin de la session. Pour publier la nouvelle sans attendre : {anew}."
)


def release(folder_name: str, course: Path | None = None, force: bool = False) -> None:
    """Write `release/<folder_name>` from `source/<folder_name>`, and its questions in the gradebook.

    nbgrader begins by removing what was released: it is put back whenever the new version does not come. `force` starts an
    empty gradebook when that of copies already graded is gone. Raises GradingError.
    """
    put_programs_on_path()
    course = course or paths.course()
    config = load_config(course)
    graded = has_graded(course)
    db_url = CourseDirectory(config=config).db_url
    require_gradebook(db_url, [folder_name], may_start=force or not graded)
    with _kept(course / "release" / folder_name):
        _generate(folder_name, config, db_url)
    close_to_others(db_url)


def _generate(folder_name: str, config: Config, db_url: str) -> None:
    result = NbGraderAPI(config=config).generate_assignment(folder_name)
    if result["success"]:
        return
    details = f"{result.get('log', '')}{result.get('error', '')}"
    if "Cannot add or remove cells" in details:
        raise GradingError(CHANGED.format(name=folder_name, anew=anew(db_url, folder_name)))
    raise GradingError(
        f"nbgrader n’a pas pu préparer le module {folder_name}. Voici ce qu’il en dit :\n{details}"
    )


def write_config(course: Path, more: str = "") -> None:
    """Make a course directory of `course`, a folder for a trial; `more` are further lines of its settings."""
    (course / CONFIG_FILE).write_text(CONFIG + more, encoding="utf-8")


def has_graded(course: Path) -> bool:
    """Whether copies were graded in this course."""
    return any((course / "autograded").glob("[!.]*/*"))


def require_usable_gradebook(course: Path) -> None:
    """Raise GradingError when the gradebook cannot serve, or is gone though copies were graded."""
    modules = sorted(folder.name for folder in (course / "release").glob("[!.]*") if folder.is_dir())
    db_url = CourseDirectory(config=load_config(course)).db_url
    require_gradebook(db_url, modules, may_start=not has_graded(course))


def require_course(course: Path) -> None:
    """Raise GradingError when a folder is not a course directory."""
    if not (course / CONFIG_FILE).is_file():
        raise GradingError(paths.not_a_course(CONFIG_FILE))


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
    """Return the configuration of a course directory, with what the institution added to it; raise GradingError."""
    require_course(course)
    try:
        return read_settings(course)
    except BrokenSettings as error:
        raise GradingError(str(error)) from error


def put_programs_on_path() -> None:
    """nbgrader calls `alembic` by its name, and the environment may not have been activated."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
