"""The verb `campus collect`."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import paths
from autograder.printable import printable
from autograder.verbs import print_json

if TYPE_CHECKING:
    from autograder.grading.collect.run import Report

MOST = 100_000
"""Characters of a line: neither a list of learners nor a command is ever cut."""
NO_EXCHANGE = "« campus collect » a besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus collect` and its options."""
    parser = subparsers.add_parser(
        "collect",
        help="ramasser les copies d’un module : échange, archives, dossiers, Moodle",
        description="Met dans submitted/ la dernière copie de chaque apprenant. Sans autre argument, elle vient de l’échange "
        "de nbgrader. Sinon, donnez des archives de « Rendre mon travail », un dossier d’archives ou de copies, ou "
        "l’archive de tous les travaux téléchargée de Moodle. Ce qui est remplacé est gardé dans replaced/.",
    )
    parser.add_argument("module", metavar="MODULE", help="par exemple F02, ou F02-lire-un-tableau")
    parser.add_argument(
        "sources", nargs="*", type=Path, metavar="ARCHIVE-OU-DOSSIER", help="d’où viennent les copies"
    )
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="ID",
        help="prendre la copie en attente de cet apprenant ; à répéter pour plusieurs",
    )
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Collect a module; 0 only when every copy found is in its place, or gave it to a later one. Raises GradingError."""
    if not hasattr(os, "fork"):
        _say(NO_EXCHANGE)
        return 1
    from autograder.grading.batch.module import find_module
    from autograder.grading.collect.run import collect
    from autograder.grading.collect.words import lines
    from autograder.grading.release import put_programs_on_path

    put_programs_on_path()
    course = paths.course()
    report = collect(course, find_module(args.module, course), args.sources, args.accept)
    for line in lines(report, course, ["campus", "collect", args.module, *map(str, args.sources)]):
        _say(line)
    if args.json:
        print_json(_to_json(report))
    return 0 if report.ok else 1


def _to_json(report: "Report") -> dict[str, Any]:
    from autograder.grading.collect.decide import PLACED

    return {
        "module": report.module,
        **{state.value: report.learners.get(state.value, []) for state in PLACED},
        "held": [
            {"learner": one.learner, "origin": one.found.origin, "reason": one.reason} for one in report.held
        ],
        "refused": [{"origin": where, "reason": why} for where, why in report.refused],
        "late": {learner: late.total_seconds() for learner, late in report.late.items()},
        "unlisted": report.unlisted,
        "missing": report.missing,
        "misplaced": [{"path": where, "reason": why} for where, why in report.misplaced],
        "notes": [{"about": who, "note": what} for who, what in report.notes],
    }


def _say(text: str) -> None:
    print(printable(text, MOST), file=sys.stderr, flush=True)
