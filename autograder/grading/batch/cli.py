"""The verb `campus grade`."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from autograder import paths
from autograder.grading.errors import GradingError

if TYPE_CHECKING:
    from autograder.grading.batch.crosscheck import CrossCheck
    from autograder.grading.batch.run import Report

SAMPLE = 5
NO_FORK = "« campus grade » a besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus grade` and its options."""
    parser = subparsers.add_parser(
        "grade",
        help="corriger les copies d’un module, isolées et en parallèle",
        description="Corrige les copies rendues (submitted/) d’un module publié. Remplit le même carnet de notes et "
        "le même dossier (autograded/) que « nbgrader autograde ». Seules les copies nouvelles ou modifiées sont "
        "corrigées : après une interruption, relancez la même commande.",
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
    from autograder.grading.release import put_programs_on_path
    from autograder.grading.waiting import say_waiting

    put_programs_on_path()
    course = paths.course()
    check = None
    try:
        name = find_module(args.module, course)
        report = _grade(args, course, name)
        if args.engine == "nbgrader":
            say("Recorrection d’un échantillon par nbgrader, sans isolation…")
            learners = [one for one in args.learner or report.done if one in report.done]
            check = cross_check(course, name, learners, args.sample)
    except GradingError as error:
        say(str(error))
        return 1
    _print_report(report, check)
    if unread := say_waiting(course, name):
        say(unread)
    if args.json:
        print(json.dumps(_to_json(report, check), ensure_ascii=False, indent=1))
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

    options = Options(tuple(args.learner), args.workers, reuse=not args.no_reuse, force=args.force)
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
    found: dict[str, Any] = {
        "graded": report.graded,
        "reused": report.reused,
        "unchanged": report.unchanged,
        "failed": [{"learner": one, "reason": reason} for one, reason in sorted(report.failed.items())],
        "flags": [
            {"learner": one, "flag": flag} for one, flags in sorted(report.flags.items()) for flag in flags
        ],
        "seconds": round(report.seconds, 3),
        "tier": report.tier,
    }
    return found | ({"cross_check": check.to_json()} if check else {})


def _print_report(report: "Report", check: "CrossCheck | None") -> None:
    say(
        f"{report.graded} copie(s) corrigée(s), dont {report.reused} par reprise d’un résultat identique ; "
        f"{report.unchanged} déjà à jour ; {len(report.failed)} en échec."
    )
    for learner, reason in sorted(report.failed.items()):
        say(f"  {learner} : {reason}")
    if report.flags:
        say("À relire :")
    for learner, flags in sorted(report.flags.items()):
        for flag in flags:
            say(f"  {learner} : {flag}")
    if report.tier == "none":
        say("Attention : le code des apprenants a été exécuté sans isolation.")
    if check:
        say(f"{check.compared} copie(s) recorrigée(s) par nbgrader, {len(check.differences)} écart(s).")
        for row in check.differences:
            say(
                f"  {row.learner}, {row.cell} : {_points(row.ours)} ici, {_points(row.nbgrader)} avec nbgrader"
            )


def _points(value: float | None) -> str:
    return "non notée" if value is None else f"{value:g}".replace(".", ",")


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)
