"""The verb `campus feedback`."""

import argparse
import sys
from typing import TYPE_CHECKING

from autograder import paths
from autograder.contract.names import exercise_of
from autograder.printable import printable

if TYPE_CHECKING:
    from autograder.grading.give_back import Report

MOST = 100_000
"""Characters of a line: a list of learners is never cut."""
ADVICE = (
    "Notez ces réponses par « Lire les réponses libres » (« campus lab --instructor »), puis relancez « campus feedback {name} ». "
    "Pour remettre quand même ces pages, avec la mention « pas encore notée » : « campus feedback {name} --with-unread »."
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus feedback` and its options."""
    parser = subparsers.add_parser(
        "feedback",
        help="faire les pages de retour d’un module, et les remettre par l’échange",
        description="Fait, dans feedback/, la page de chaque copie corrigée d’un module, et la remet par l’échange à qui "
        "a rendu par l’échange. Les pages des copies dont une réponse libre attend votre lecture sont retenues.",
    )
    parser.add_argument("module", metavar="MODULE", help="par exemple F02, ou F02-lire-un-tableau")
    parser.add_argument(
        "--with-unread",
        action="store_true",
        help="remettre aussi les pages où une réponse libre n’est pas encore notée",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make and release the pages; 0 only when every page that was wanted is made, and given to whom the exchange knows."""
    from autograder.grading.batch.module import find_module
    from autograder.grading.give_back import give_back
    from autograder.grading.release import put_programs_on_path

    put_programs_on_path()
    course = paths.course()
    name = find_module(args.module, course)
    report = give_back(course, name, args.with_unread)
    for line in lines(report, args.module, name):
        print(printable(line, MOST), file=sys.stderr, flush=True)
    return 1 if report.failed or report.exchange_problem else 0


def lines(report: "Report", name: str, folder: str) -> list[str]:
    """Return what to tell the instructor of a module, by the name that they gave and by that of its folder."""
    found = [
        f"{len(report.made)} page(s) faite(s) dans feedback/, {len(report.released)} remise(s) par l’échange."
    ]
    if report.exchange_problem:
        found.append(report.exchange_problem)
    if report.by_hand:
        found.append(
            f"À remettre vous-même, copies déposées hors de l’échange : {', '.join(report.by_hand)}. "
            f"Leurs pages sont dans le dossier du cours : feedback/IDENTIFIANT/{folder}/{folder}.html."
        )
    if report.failed:
        found.append(f"{len(report.failed)} page(s) en échec :")
        found += [f"  {learner} : {reason}" for learner, reason in sorted(report.failed.items())]
    if report.held:
        found.append(f"{len(report.held)} page(s) retenue(s), une réponse libre y attend votre lecture :")
        found += [f"  {learner} : {_exercises(cells)}" for learner, cells in report.held.items()]
        found.append(ADVICE.format(name=name))
    return found


def _exercises(cells: list[str]) -> str:
    return ", ".join(f"exercice « {exercise_of(cell) or cell} »" for cell in cells)
