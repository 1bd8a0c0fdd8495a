"""The verb `campus grade`."""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from autograder import paths
from autograder.french.commands import some
from autograder.french.numbers import short
from autograder.grading.batch.times import MARGIN_SECONDS, SLOW_SECONDS
from autograder.printable import FIELD, printable, say
from autograder.verbs import print_json

if TYPE_CHECKING:
    from autograder.grading.batch.crosscheck import CrossCheck
    from autograder.grading.batch.run import Report

SAMPLE = 5
NAMES = 12
"""Most learners named on one line; `--json` names them all."""
NO_FORK = "« campus grade » a besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."


POSTPONED = (
    "{count} copie(s) à reprendre, car leur code demande plus de temps : {names}. Ce qui était déjà noté n’a pas "
    "changé. Pour leur donner tout leur temps : « campus grade {module} --patient »."
)
WEAKER = {
    "landlock": "Protection plus faible sur cette machine (Landlock, sans espaces de noms) : « campus doctor » dit ce "
    "qu’elle laisse voir.",
    "none": "Attention : le code des apprenants a été exécuté sans isolation.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus grade` and its options."""
    parser = subparsers.add_parser(
        "grade",
        help="corriger les copies d’un module, isolées et en parallèle",
        description="Corrige les copies rendues (submitted/) d’un module publié. Remplit le même carnet de notes et "
        "le même dossier (autograded/) que « nbgrader autograde ». Seules les copies nouvelles ou modifiées sont "
        "corrigées : après une interruption, relancez la même commande. Une copie a d’abord le temps d’une cellule et "
        f"{MARGIN_SECONDS} s ; si son code en demande plus, elle est reprise après toutes les autres, avec tout le "
        f"temps d’un carnet. Au bout de {SLOW_SECONDS // 60} min de copies lentes, celles qui restent sont à reprendre "
        "avec --patient.",
    )
    parser.add_argument("module", metavar="MODULE", help="par exemple F02, ou F02-lire-un-tableau")
    parser.add_argument(
        "--learner",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="corriger seulement ces apprenants",
    )
    parser.add_argument(
        "--workers",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="copies exécutées à la fois (par défaut : une par cœur)",
    )
    parser.add_argument(
        "--engine",
        choices=("split", "nbgrader"),
        default="split",
        help="nbgrader : après la correction, recorriger un échantillon avec l’exécution de nbgrader, SANS isolation, "
        "dans un cours temporaire, et montrer tout écart de points",
    )
    parser.add_argument(
        "--sample",
        type=_positive,
        default=SAMPLE,
        metavar="N",
        help=f"copies de l’échantillon de --engine nbgrader (par défaut : {SAMPLE})",
    )
    parser.add_argument(
        "--no-reuse",
        action="store_true",
        help="tout exécuter pour chaque copie, même ce qui est identique dans une autre",
    )
    parser.add_argument("--force", action="store_true", help="corriger de nouveau ce qui l’est déjà")
    parser.add_argument(
        "--patient",
        action="store_true",
        help="donner dès le début tout son temps à chaque copie, sans limite pour l’ensemble",
    )
    parser.add_argument(
        "--unsafe-no-sandbox",
        action="store_true",
        help="accepter d’exécuter le code des apprenants sans isolation si le système n’en permet aucune",
    )
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Grade a module; 0 only when every copy is graded and the cross-check, if any, finds no difference."""
    if not hasattr(os, "fork"):
        say(NO_FORK)
        return 1
    from autograder.grading.batch.crosscheck import cross_check
    from autograder.grading.batch.module import find_module
    from autograder.grading.batch.outdated import outdated
    from autograder.grading.release import put_programs_on_path
    from autograder.grading.waiting import say_waiting

    put_programs_on_path()
    course = paths.course()
    check = None
    name = find_module(args.module, course)
    if old := outdated(name, course):
        say(old)
    report = _grade(args, course, name)
    if args.engine == "nbgrader":
        say("Recorrection d’un échantillon par nbgrader, sans isolation…")
        learners = [learner for learner in args.learner or report.done if learner in report.done]
        check = cross_check(course, name, learners, args.sample)
    _print_report(name, report, check)
    if unread := say_waiting(course, name):
        say(unread)
    if args.json:
        print_json(_to_json(report, check))
    return 0 if report.ok and (check is None or not check.differences) else 1


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"« {text} » : on attend un nombre entier, 1 ou plus")
    return int(text)


def _grade(args: argparse.Namespace, course: Path, name: str) -> "Report":
    from autograder.grading.batch.module import GradedModule
    from autograder.grading.batch.run import Options, grade
    from autograder.grading.engine.engine import Engine

    def open_engine(module: GradedModule) -> Engine:
        return Engine(
            course, name, unsafe=args.unsafe_no_sandbox, limits=module.limits, reuse=not args.no_reuse
        )

    options = Options(
        tuple(args.learner),
        args.workers,
        reuse=not args.no_reuse,
        force=args.force,
        patient=args.patient,
    )
    with tqdm(desc="Correction", unit="copie", file=sys.stderr, disable=None) as bar:
        return grade(
            course,
            name,
            open_engine,
            options,
            on_copies=bar.reset,
            on_copy=bar.update,
        )


def _to_json(report: "Report", check: "CrossCheck | None") -> dict[str, Any]:
    answer: dict[str, Any] = {
        "graded": report.graded,
        "reused": report.reused,
        "unchanged": report.unchanged,
        "failed": [
            {"learner": learner, "reason": reason} for learner, reason in sorted(report.failed.items())
        ],
        "postponed": sorted(report.postponed),
        "flags": [
            {"learner": learner, "flag": flag}
            for learner, flags in sorted(report.flags.items())
            for flag in flags
        ],
        "ignored": report.ignored,
        "seconds": round(report.seconds, 3),
        "tier": report.tier,
    }
    return answer | ({"cross_check": check.to_json()} if check else {})


def _print_report(name: str, report: "Report", check: "CrossCheck | None") -> None:
    say(
        f"{report.graded} copie(s) corrigée(s), dont {report.reused} par reprise d’un résultat identique ; "
        f"{report.unchanged} déjà à jour ; {len(report.failed)} en échec."
    )
    _say_lines({learner: (reason,) for learner, reason in report.failed.items()})
    if report.postponed:
        say(POSTPONED.format(count=len(report.postponed), names=_names(report.postponed), module=name))
    if report.flags:
        say("À relire :")
    _say_lines(report.flags)
    if report.ignored:
        say(report.ignored)
    if report.tier in WEAKER:
        say(WEAKER[report.tier])
    if check:
        say(f"{check.compared} copie(s) recorrigée(s) par nbgrader, {len(check.differences)} écart(s).")
        for row in check.differences:
            say(
                f"  {printable(row.learner)}, {row.cell} : {_points(row.ours)} ici, {_points(row.nbgrader)} avec nbgrader"
            )


def _points(value: float | None) -> str:
    return "non notée" if value is None else short(value, 6)


def _say_lines(texts: Mapping[str, Iterable[str]]) -> None:
    """Print each text on a line, with the learners whose text it is."""
    learners: dict[str, list[str]] = {}
    for learner, learner_texts in sorted(texts.items()):
        for text in learner_texts:
            learners.setdefault(printable(text), []).append(learner)
    for text, names in learners.items():
        several = f"{len(names)} copies ({_names(names)})"
        say(f"  {several if len(names) > 1 else _names(names)} : {text}")


def _names(learners: list[str]) -> str:
    return some([printable(learner, FIELD) for learner in learners], NAMES)
