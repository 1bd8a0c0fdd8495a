"""The verb `campus report`."""

import argparse
from shlex import quote

from autograder import paths
from autograder.printable import say
from autograder.verbs import Verbs, print_json, verb_on_modules

STATISTICS = "scipy"
MISSING = (
    "Les statistiques du rapport demandent la bibliothèque scipy, que seuls les formateurs installent. Installez-la : "
    "« make -C {home} instructor », puis relancez."
)


def add_parser(subparsers: Verbs) -> None:
    """Declare `campus report` and its options."""
    parser = verb_on_modules(
        subparsers,
        "report",
        "écrire qui bloque sur quelle idée, et un bilan sans nom pour l’administration",
        run,
    )
    parser.add_argument(
        "--interne",
        action="store_true",
        help="écrire aussi un bilan à ne pas diffuser, qui montre les effectifs à partir de 5 personnes au lieu de 11",
    )


def run(args: argparse.Namespace) -> int:
    """Write the report of modules. Raises GradingError."""
    try:
        from autograder.followup.report.report import as_json, make_report, write_report
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != STATISTICS:
            raise
        say(MISSING.format(home=quote(str(paths.home()))))
        return 1
    from autograder.grading.batch.module import find_module
    from autograder.grading.release import put_programs_on_path

    put_programs_on_path()
    course = paths.course()
    report = make_report(course, [find_module(name, course) for name in args.modules])
    for path in write_report(report, course, args.interne):
        say(f"Écrit : {path}")
    if args.json:
        print_json(as_json(report, args.interne))
    return 0
