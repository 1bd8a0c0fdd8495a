"""The verb `campus release`."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from autograder import paths
from autograder.printable import say

PUBLISHED = "Module publié : {name}. Dans l’échange : {place}"
NOT_HANDED_OUT = "Module prêt : {name}, dans release/{name}. Ce système n’a pas d’échange : donnez ce dossier aux apprenants vous-même."
DUE = "  À rendre avant le {date}."
NO_DUE = "  Sans date limite. Pour en donner une : « campus release {name} --due '2026-07-01 14:30 Europe/Paris' »."
PAST = "  Cette date est déjà passée."
GRADED = "  Des copies sont déjà corrigées : « campus grade {name} --force » recompte leurs retards."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus release` and its options."""
    parser = subparsers.add_parser(
        "release",
        help="publier un module : préparer la version des apprenants, la distribuer, donner la date limite",
        description="Prépare la version des apprenants de modules construits, sans les solutions, inscrit leurs questions au carnet de "
        "notes, et la met dans l’échange. Relancer ne change rien de plus.",
    )
    parser.add_argument(
        "modules", nargs="+", metavar="MODULE", help="par exemple F02, ou F02-lire-un-tableau"
    )
    parser.add_argument(
        "--due",
        type=_date,
        metavar="DATE",
        help='date limite, avec son fuseau : "2026-07-01 14:30 Europe/Paris" ; sans cette option, elle reste ce qu’elle est',
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="repartir d’un carnet de notes vide quand celui des copies déjà corrigées est perdu",
    )
    parser.set_defaults(run=run)


def _date(text: str) -> datetime:
    from autograder.grading.dates import UnreadableDate, read_zoned

    try:
        return read_zoned(text)
    except UnreadableDate as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(args: argparse.Namespace) -> int:
    """Release and hand out modules; raise GradingError at the first that cannot be."""
    from autograder.grading.batch.module import find_built
    from autograder.grading.release import release

    course = paths.course()
    for name in args.modules:
        folder = find_built(name, course)
        release(folder, force=args.force)
        for line in _handed_out(folder, course, args.due):
            say(line)
    return 0


def _handed_out(name: str, course: Path, date: datetime | None) -> Iterator[str]:
    """Set the due date, then hand out: nobody fetches a module whose date is still to come."""
    from autograder.grading.due_date import in_french, set_due
    from autograder.grading.hand_out import hand_out

    due = set_due(name, course, date)
    place = hand_out(name, course)
    yield PUBLISHED.format(name=name, place=place) if place else NOT_HANDED_OUT.format(name=name)
    yield DUE.format(date=in_french(due.date)) if due.date else NO_DUE.format(name=name)
    if date and date < datetime.now(date.tzinfo):
        yield PAST
    if due.is_after_grading:
        yield GRADED.format(name=name)
