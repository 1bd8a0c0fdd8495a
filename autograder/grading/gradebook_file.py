"""The gradebook's file: look at it before it is used, and say in French what keeps it from serving."""

import itertools
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shlex import quote
from typing import Any

from nbgrader.converters import BaseConverter
from nbgrader.converters.base import NbGraderException
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from autograder.grading.errors import GradingError

WAIT_SECONDS = 30
"""For another program to let go of the gradebook; SQLite's own default is 5."""

GONE = (
    "Le carnet de notes ({path}) {state} : les points, les notes données à la main et les commentaires qu’il contenait "
    "n’y sont plus. Remettez votre sauvegarde à cette place, puis relancez. Sans sauvegarde, « {release} » repart d’un "
    "carnet vide, puis « {grade} » redonne les points automatiques : ceux que vous aviez donnés à la main sont à donner "
    "de nouveau."
)
ANEW = "mettez de côté le carnet de notes : « {aside} », puis repartez d’un carnet vide : « campus release {name} --force »"
DAMAGED = (
    "Le carnet de notes ({path}) est abîmé : ce n’est plus une base de données lisible. Mettez-le de côté : « {aside} ». "
    "Remettez votre sauvegarde à sa place, puis relancez ; sans sauvegarde, relancez aussi : le message "
    "dira comment repartir d’un carnet vide."
)
BUSY = (
    "Le carnet de notes ({path}) est occupé par un autre programme depuis {seconds} s : fermez le formgrader et les autres "
    "commandes qui s’en servent, puis relancez. Rien n’a changé pour ce qui n’a pas été écrit."
)
READ_ONLY = (
    "Le carnet de notes ({path}) ne peut pas être modifié : il faut le droit d’écrire dans ce fichier et dans son "
    "dossier. Donnez-le : « chmod u+rwx {folder} && chmod u+rw {quoted} », puis relancez{owner}."
)
OWNER = " ; s’il est refusé, relancez sous le compte « {name} », à qui ils appartiennent"
FULL = "Le disque est plein : le carnet de notes ({path}) n’a pas pu être écrit. Libérez de la place, puis relancez."
OTHER_VERSION = (
    "Le carnet de notes ({path}) vient d’une autre version de nbgrader. Faites-en une copie, puis lancez « cd {folder} && "
    "nbgrader db upgrade », et relancez."
)
FAILED = (
    "Le carnet de notes ({path}) n’a pas pu être lu ou écrit ({code}) : vérifiez que le disque répond, puis relancez. "
    "S’il reste illisible, remettez votre sauvegarde à sa place."
)
FOLDER = "Un dossier est à la place du carnet de notes ({path}). Déplacez-le : « {aside} », puis relancez."
BAD_URL = (
    "c.CourseDirectory.db_url vaut « {url} » dans nbgrader_config.py : ce n’est pas l’adresse d’une base de données. "
    "Corrigez ce réglage, ou retirez-le."
)
MESSAGES = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": READ_ONLY,
    "SQLITE_PERM": READ_ONLY,
    "SQLITE_FULL": FULL,
    "SQLITE_ERROR": OTHER_VERSION,
}


@event.listens_for(Engine, "do_connect")
def _be_patient(dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> None:
    """Wait longer than SQLite does, in every nbgrader command."""
    if dialect.name == "sqlite":
        options.setdefault("timeout", WAIT_SECONDS)


def gradebook_path(db_url: str) -> Path | None:
    """Return the file of a gradebook; None when an institution keeps it in another kind of database."""
    try:
        url = make_url(db_url)
    except SQLAlchemyError:
        raise GradingError(BAD_URL.format(url=db_url)) from None
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def require_gradebook(db_url: str, modules: Sequence[str], may_start: bool = False) -> None:
    """Raise GradingError when the gradebook cannot be read and written now, or is gone.

    `modules` are for the message; `may_start` accepts that it is gone: another is started.
    """
    path = gradebook_path(db_url)
    if path is None:
        return
    if path.is_dir():
        raise GradingError(FOLDER.format(path=path, aside=_aside(path)))
    state = _gone(path)
    if state and may_start:
        return
    if state:
        release = f"campus release {' '.join(modules)} --force"
        grade = " && ".join(f"campus grade {module}" for module in modules)
        raise GradingError(GONE.format(path=path, state=state, release=release, grade=grade))
    with in_words(db_url), closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA user_version = 1")  # something to write, taken back
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.rollback()


def _gone(path: Path) -> str:
    if not path.exists():
        return "manque"
    return "" if path.stat().st_size else "est vide (0 octet)"


def close_to_others(db_url: str) -> None:
    """Keep the gradebook from the accounts outside its group: it holds names, addresses and marks."""
    path = gradebook_path(db_url)
    with suppress(OSError):  # the gradebook of another account, or of no file
        if path and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o007:
            path.chmod(mode & ~0o007)


@contextmanager
def in_words(db_url: str) -> Iterator[None]:
    """Turn what a database says into a GradingError that tells what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
        raise GradingError(words(error, db_url)) from error


def words(error: Exception, db_url: str) -> str:
    """Return what a database's error means and what to do, in French, without SQL."""
    code = _code(error)
    message = next((text for start, text in MESSAGES.items() if code.startswith(start)), FAILED)
    path = gradebook_path(db_url) or Path(make_url(db_url).render_as_string())
    return message.format(
        path=path,
        quoted=quote(str(path)),
        aside=_aside(path),
        folder=quote(str(path.parent)),
        code=code,
        seconds=WAIT_SECONDS,
        owner=_owner(path),
    )


def is_busy(error: Exception) -> bool:
    """Whether another program holds the gradebook."""
    return MESSAGES.get(_code(error)) is BUSY


def _code(error: Exception) -> str:
    cause = getattr(error, "orig", error)
    return str(getattr(cause, "sqlite_errorname", type(cause).__name__))


def anew(db_url: str, module: str) -> str:
    """Tell how to put the gradebook aside and to release a module in an empty one."""
    path = gradebook_path(db_url)
    aside = _aside(path) if path else "d’après votre base de données"
    return ANEW.format(aside=aside, name=module)


def _aside(path: Path) -> str:
    """Return the command that puts a file aside, under a name that is free: nothing is lost."""
    names = (path.with_name(f"{path.name}.ancien{number or ''}") for number in itertools.count())
    return f"mv {quote(str(path))} {quote(str(next(name for name in names if not name.exists())))}"


def _owner(path: Path) -> str:
    """Name the owner, when that is somebody else."""
    if sys.platform == "win32" or not path.exists() or path.stat().st_uid == os.geteuid():
        return ""
    return OWNER.format(name=path.owner())


class GradebookFirst:
    """Looks at the gradebook before anything is done: nbgrader makes its exporter once, before the first copy."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        converter = getattr(self, "parent", None)
        if isinstance(converter, BaseConverter):
            require_for(converter)


def require_for(converter: BaseConverter) -> None:
    """Look at the gradebook for one of nbgrader's converters; raise what its command knows how to end on."""
    coursedir = converter.coursedir
    try:
        require_gradebook(coursedir.db_url, [coursedir.assignment_id])
    except GradingError as error:
        converter.log.error("%s", error)
        raise NbGraderException(str(error)) from None
