"""What the buttons of a module do to a learner's files: begin again, hand in, see the feedback. Nothing is ever lost."""

import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder import files, identity
from autograder.checks.exercises import ExercisesError, load_exercises
from autograder.contract.names import TRIES
from autograder.exchange import has_exchange
from autograder.identity import Identity
from autograder.lab import identity as own_identity
from autograder.lab import workspace
from autograder.lab.workspace import NOT_WORK
from autograder.progress import journal, tries
from autograder.progress.tries import Try

HANDED_IN = "rendus"
NOT_HANDED_IN = ("feedback", identity.FILE_NAME)
"""Names left out of an archive: what comes from the instructor, and what the archive says itself."""
NO_ROOM = "Ce que vous rendez n’a pas pu être écrit ({error}). Libérez de la place, puis recommencez."
SECONDS = 60
"""For a command of nbgrader."""


class ActionError(Exception):
    """What was asked cannot be done; the message, in French, says what to do."""


@dataclass(frozen=True)
class Done:
    """What was done, in French; `path` is a file to open, `file` one to take away, relative to the space, or ""."""

    message: str
    path: str = ""
    file: str = ""


def begin_again(space: Path, folder: str, released: Path, now: datetime) -> Done:
    """Keep a dated copy of a module's folder, then put the released one in its place. Raises ActionError."""
    own = _folder(space, folder)
    if not released.is_dir():
        raise ActionError(
            "La version d’origine de ce module est introuvable. Relancez « make lab », puis recommencez."
        )
    copy = space / f"{folder}-copie-{now:%Y%m%d-%H%M%S}"
    try:
        shutil.copytree(own, copy, ignore=shutil.ignore_patterns(*NOT_WORK))
        workspace.begin_again(space, folder, released)
    except OSError as error:
        raise ActionError(
            f"Le module n’a pas pu être remis à neuf ({error}). Votre travail n’a pas changé."
        ) from error
    return Done(f"Le module est remis à neuf. Votre travail d’avant est dans le dossier « {copy.name} ».")


def complete(space: Path, folder: str) -> Done:
    """Put back the files of a module that are missing. Raises ActionError."""
    if not workspace.is_folder(space, folder):
        raise ActionError(
            "Le dossier de ce module a disparu. Relancez « make lab », puis rouvrez le module depuis l’accueil."
        )
    try:
        workspace.complete(space, folder)
    except OSError as error:
        raise ActionError(
            f"Un fichier de ce module manque, et n’a pas pu être remis en place ({error}). Vos réponses sont gardées. "
            "Libérez de la place, puis relancez « make lab »."
        ) from error
    if workspace.lacks(space, folder):
        raise ActionError(
            "Un fichier de ce module manque, et sa copie d’origine aussi. Relancez « make lab », puis rouvrez le module."
        )
    return Done("Un fichier de ce module manquait : il est remis en place.")


def hand_in(space: Path, folder: str, learner: str, now: datetime, *, with_tries: bool = False) -> Done:
    """Hand in by nbgrader's exchange where there is one, else write an archive to send, under the name `learner`.

    The exchange knows who hands in, and leaves the name aside. Raises ActionError.
    """
    own, exchanged, learner = _folder(space, folder), has_exchange(), identity.clean(learner)
    if not exchanged and (problem := identity.problem(learner)):
        raise ActionError(problem)
    _enclose(own, met(space, folder) if with_tries else [])
    if exchanged:
        _nbgrader(
            ["submit", folder],
            space,
            "Votre travail n’a pas pu être rendu. Le module est-il bien distribué par votre formateur ? Montrez-lui ce message :",
        )
        return Done(
            "Votre travail est rendu à votre formateur. Vous pouvez le rendre de nouveau : la dernière fois compte."
        )
    try:
        archive = _write_archive(own, own_identity.declare(space, learner), now.astimezone())
    except OSError as error:
        raise ActionError(NO_ROOM.format(error=error)) from error
    return Done(
        f"Aucun formateur n’est relié à cet espace. Votre travail est réuni, au nom de « {learner} », dans le fichier "
        f"« {HANDED_IN}/{archive.name} » : téléchargez-le, puis envoyez-le à la personne qui vous forme. Si vous apprenez seul, vous "
        "n’avez rien à rendre : vos réponses sont déjà corrigées.",
        file=archive.relative_to(space).as_posix(),
    )


def met(space: Path, folder: str) -> list[Try]:
    """Return the verdicts met in a module, that may be handed in with it; none when its exercises cannot be read."""
    try:
        exercises = load_exercises(space / folder)
    except ExercisesError:
        return []
    return tries.tries_of(journal.read(space), exercises.module, exercises.version)


def feedback(space: Path, folder: str) -> Done:
    """Find the last feedback page of a module, fetching it first where there is an exchange. Raises ActionError."""
    own = _folder(space, folder)
    if has_exchange():
        _nbgrader(
            ["fetch_feedback", folder],
            space,
            "Le retour n’a pas pu être cherché. Montrez ce message à votre formateur :",
        )
    pages = sorted((own / "feedback").glob(f"*/{folder}.html"))
    if not pages:
        raise ActionError(
            "Il n’y a pas encore de retour pour ce module. Il arrive quand votre formateur a corrigé ce que vous avez rendu. "
            "En attendant, chaque exercice vous répond déjà dans le carnet."
        )
    return Done("Voici le retour de votre formateur.", pages[-1].relative_to(space).as_posix())


def _folder(space: Path, folder: str) -> Path:
    own = space / folder
    if not workspace.is_folder(space, folder) or not (own / f"{folder}.ipynb").is_file():
        raise ActionError("Ce dossier n’est pas celui d’un module. Ouvrez le module depuis l’accueil.")
    return own


def _enclose(folder: Path, verdicts: Sequence[Try]) -> None:
    """Put the verdicts beside the notebook, to be handed in; what an earlier hand-in left there goes."""
    try:
        if verdicts:
            files.write(folder / TRIES, tries.write(verdicts))
        else:
            (folder / TRIES).unlink(missing_ok=True)
    except OSError as error:
        raise ActionError(NO_ROOM.format(error=error)) from error


def _nbgrader(arguments: list[str], space: Path, problem: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "nbgrader", *arguments],
        cwd=space,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise ActionError(f"{problem} {' '.join(done.stderr.split())[-300:]}")


def _write_archive(folder: Path, declared: Identity, now: datetime) -> Path:
    """Write a module's folder, and who hands it in, in an archive beside the module; return its path."""
    archive = (
        folder.parent / HANDED_IN / f"{folder.name}-{_in_a_name(declared.learner)}-{now:%Y%m%d-%H%M%S}.zip"
    )
    archive.parent.mkdir(exist_ok=True)
    told = replace(declared, module=folder.name, handed_in=now.isoformat(timespec="seconds"))
    with (
        files.replacing(archive, lasting=True) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as writer,
    ):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not path.is_symlink() and not {*NOT_WORK, *NOT_HANDED_IN} & set(name.parts):
                writer.write(path, Path(folder.name, name))
        writer.writestr(f"{folder.name}/{identity.FILE_NAME}", identity.write(told))
    return archive


def _in_a_name(learner: str) -> str:
    """Return an identifier as a part of a file's name that any system and any mail accepts."""
    letters = unicodedata.normalize("NFKD", learner).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.@_+-]+", "_", letters)
