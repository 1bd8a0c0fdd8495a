"""The verbs `campus backup` and `campus restore`."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import paths
from autograder.french.dates import clock, in_full
from autograder.grading.errors import GradingError
from autograder.printable import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

NONE = "Aucune sauvegarde. Faites-en une : « campus backup »."
OTHER_DATABASE = (
    "Le carnet de notes n’est pas un fichier SQLite : il n’est pas dans la sauvegarde. Sauvegardez-le avec les outils de votre "
    "base de données."
)
OTHER_EXCHANGE = (
    "Le dossier d’échange est hors du cours ({path}) : il n’est pas dans la sauvegarde. Ramassez d’abord les copies : "
    "« campus collect MODULE »."
)
LISTED = "{path} : {date}, {size} Mo, {files} fichiers"
ABSENT = "{path} : n’est plus là"
DONE = "Sauvegarde écrite et relue : {path} ({size} Mo, {files} fichiers).\nElle contient des données personnelles : vous seul pouvez la lire."
SAME_DISK = "Elle est sur le même disque que le cours. Copiez-la ailleurs, ou donnez un autre disque : « campus backup --to DOSSIER »."
RESTORED = "Sauvegarde du {date} remise en place : {files} fichiers, tous vérifiés."
ASIDE = "Ce qui était là est gardé dans {path}. Supprimez ce dossier quand vous n’en avez plus besoin."
NEXT = (
    "Fermez JupyterLab et le formgrader s’ils étaient ouverts, puis rouvrez-les. Si vous aviez effacé une personne depuis cette "
    "date, effacez-la de nouveau : « campus purge »."
)


def add_parser(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    parser = subparsers.add_parser(
        "backup",
        help="sauvegarder le cours dans un seul fichier, vérifié",
        description="Écrit un fichier .zip de tout ce qui ne peut pas être refait : carnet de notes, copies, retours, échange, "
        "modules publiés et réglages. Il est relu en entier avant d’être annoncé.",
    )
    parser.add_argument("--to", type=Path, metavar="DOSSIER", help="un autre dossier que course/backups")
    parser.add_argument("--list", action="store_true", help="dire les sauvegardes connues, sans en faire")
    parser.set_defaults(run=run_backup)
    parser = subparsers.add_parser(
        "restore",
        help="remettre une sauvegarde du cours",
        description="Vérifie une sauvegarde, puis la remet en place. Ce qui était là est gardé à part, dans replaced-by-restore/.",
    )
    parser.add_argument("file", type=Path, metavar="FICHIER", help="un fichier de « campus backup »")
    parser.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int:
    """Write a backup, or list those that are known. Raises GradingError and OSError."""
    from autograder.followup.backup.write import backup
    from autograder.followup.people.course import open_course

    if args.list:
        return _list(paths.course())
    course = open_course(paths.course())
    path, manifest = backup(course, args.to, datetime.now())
    say(DONE.format(path=path, size=_megabytes(path), files=len(manifest.files)))
    if args.to is None:
        say(SAME_DISK)
    if course.gradebook is None:
        say(OTHER_DATABASE)
    if course.root not in course.exchange.parents:
        say(OTHER_EXCHANGE.format(path=course.exchange))
    return 0


def _list(course: Path) -> int:
    from autograder.followup.kept_backups import known_backups

    backups = known_backups(course)
    for path in backups:
        say(_line(path) if path.is_file() else ABSENT.format(path=path))
    if not backups:
        say(NONE)
    return 0


def _line(path: Path) -> str:
    from autograder.followup.backup.verify import peek

    try:
        manifest = peek(path)
    except GradingError as error:
        return str(error)
    return LISTED.format(
        path=path, date=_day(manifest.made), size=_megabytes(path), files=len(manifest.files)
    )


def run_restore(args: argparse.Namespace) -> int:
    """Put a backup back. Raises GradingError and OSError."""
    from autograder.followup.backup.restore import restore
    from autograder.followup.people.course import open_course

    manifest, aside = restore(open_course(paths.course()), args.file, datetime.now())
    say(RESTORED.format(date=_day(manifest.made), files=len(manifest.files)))
    if aside:
        say(ASIDE.format(path=aside))
    say(NEXT)
    return 0


def _day(made: str) -> str:
    moment = datetime.fromisoformat(made)
    return f"{in_full(moment)} à {clock(moment)}"


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 10**6:.1f}".replace(".", ",")
