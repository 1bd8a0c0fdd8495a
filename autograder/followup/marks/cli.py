"""The verb `campus marks`."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import files, paths
from autograder.french.commands import counted
from autograder.printable import printable, say
from autograder.verbs import Verbs

if TYPE_CHECKING:
    from autograder.followup.marks.read import Marks

MOST = 100_000
"""Characters of a line: a list of learners is never cut."""
FOLDER, NAMES = "exports", {"csv-fr": "notes.csv", "moodle": "notes-moodle.csv"}
DETAIL = "-par-exercice"
PRIVATE = 0o600
UNREAD = "{module} : total provisoire pour {copies} ; {answers} à lire, pas encore dans le total. Notez-les par « Lire les réponses libres » (« campus lab --instructor »), puis relancez."
UNGRADED = "{module} : {copies} à corriger, dont la note n’est pas dans ces fichiers. Lancez « campus grade {module} », puis relancez."
PERSONAL = "Ces fichiers contiennent des données personnelles : effacez-les quand ils ne servent plus."


def add_parser(verbs: Verbs) -> None:
    """Declare `campus marks` and its options."""
    parser = verbs.add_parser(
        "marks",
        help="écrire les notes : pour un tableur français, ou pour Moodle",
        description="Écrit les notes de tous les modules, ou de ceux que vous nommez. Pour un tableur : une ligne par personne, et un "
        "second fichier avec les points de chaque exercice. Qui n’a rien rendu est « absent », et n’a pas 0.",
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="par exemple F02 (tous par défaut)")
    parser.add_argument(
        "--format",
        choices=tuple(NAMES),
        default="csv-fr",
        help="csv-fr : LibreOffice ou Excel en français (par défaut) ; moodle : importation des notes de Moodle",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FICHIER",
        help="où écrire (par défaut : dans le dossier exports/ du cours)",
    )
    parser.add_argument(
        "--with-unread",
        action="store_true",
        help="donner aussi à Moodle les notes provisoires : une réponse libre ou une nouvelle copie y attend",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the files, readable by their owner only. Raises GradingError and OSError."""
    from autograder.followup.marks.read import read_marks
    from autograder.grading.batch.module import find_module

    course = paths.course()
    marks = read_marks(course, [find_module(name, course) for name in args.modules])
    place = args.output or paths.own(course / FOLDER) / NAMES[args.format]
    for line in _moodle(marks, place, args.with_unread) if args.format == "moodle" else _sheets(marks, place):
        say(printable(line, MOST))
    say(PERSONAL)
    return 0


def _sheets(marks: "Marks", place: Path) -> Iterator[str]:
    from autograder.followup.marks.sheets import by_exercise, totals
    from autograder.followup.spreadsheet import semicolons

    detail = place.with_stem(f"{place.stem}{DETAIL}")
    files.write(place, semicolons(totals(marks)), mode=PRIVATE)
    files.write(detail, semicolons(by_exercise(marks)), mode=PRIVATE)
    people = counted(len(marks.learners), "personne", "personnes")
    modules = counted(len(marks.modules), "module", "modules")
    yield f"Notes écrites ({people}, {modules}) : {place}"
    yield f"Points de chaque exercice : {detail}"
    yield from _waiting(marks)


def _waiting(marks: "Marks") -> Iterator[str]:
    """Say what is not final yet."""
    for module in marks.modules:
        unread = [copy.unread for copy in module.copies.values() if copy.unread]
        outdated = [who for who, copy in module.copies.items() if copy.is_outdated]
        if unread:
            copies, answers = (
                counted(len(unread), "copie", "copies"),
                counted(sum(unread), "réponse libre", "réponses libres"),
            )
            yield UNREAD.format(module=module.name, copies=copies, answers=answers)
        if waiting := len(outdated) + len(module.ungraded):
            yield UNGRADED.format(module=module.name, copies=counted(waiting, "copie", "copies"))


def _moodle(marks: "Marks", place: Path, with_unread: bool) -> Iterator[str]:
    from autograder.followup.marks.moodle import moodle, told
    from autograder.followup.spreadsheet import commas

    made = moodle(marks, with_unread)
    files.write(place, commas(made.rows), mode=PRIVATE)
    yield f"Notes écrites ({counted(len(made.rows) - 1, 'personne', 'personnes')}) : {place}"
    yield from told(made, marks)
