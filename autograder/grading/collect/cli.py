"""The verb `campus collect`."""

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import paths
from autograder.identity import shown

if TYPE_CHECKING:
    from autograder.grading.collect.run import Report

NO_EXCHANGE = "« campus collect » a besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."
HEADINGS = {
    "new": ("copie nouvelle", "copies nouvelles"),
    "replaced": ("copie remplacée par une plus récente", "copies remplacées par une plus récente"),
    "unchanged": ("copie déjà là, inchangée", "copies déjà là, inchangées"),
    "older": ("copie laissée : une plus récente est là", "copies laissées : une plus récente est là"),
}
LISTED = ("new", "replaced", "older")
DECLARED = "Le nom et la date d’une copie rendue par fichier sont ceux que l’apprenant a déclarés : rien ne les prouve."


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
    from autograder.grading.release import put_programs_on_path

    put_programs_on_path()
    course = paths.course()
    report = collect(course, find_module(args.module, course), args.sources, args.accept)
    for line in _lines(report, course, args):
        _say(line)
    if args.json:
        print(json.dumps(_to_json(report), ensure_ascii=False, indent=1))
    return 0 if report.ok else 1


def _lines(report: "Report", course: Path, args: argparse.Namespace) -> Iterable[str]:
    from autograder.grading.lateness import spell

    yield f"{report.module} : {_counts(report)}."
    for state, learners in report.learners.items():
        if state in LISTED:
            yield f"  {_heading(state, len(learners))} : {_names(learners)}"
    for learner, kept in sorted(report.kept.items()):
        yield f"  {shown(learner)} : la copie remplacée est gardée dans {shown(str(kept.relative_to(course)))}"
    for learner, late in sorted(report.late.items()):
        yield f"  {shown(learner)} : en retard de {spell(late)}"
    for who, what in report.notes:
        yield f"  {who} : {what}."
    yield from _section(
        f"Sans copie ({len(report.missing)})", [(_names(report.missing), "")] if report.missing else []
    )
    yield from _section("Mal rangé dans submitted/", report.misplaced)
    yield from _section("Pas pris", report.refused)
    held = [
        (shown(one.learner), f"{one.reason} ({one.found.origin}). {_to_accept(args, one.learner)}")
        for one in report.held
    ]
    yield from _section("À décider : rien n’est remplacé", held)
    if args.sources and report.learners:
        yield DECLARED


def _counts(report: "Report") -> str:
    counted = {state: len(report.learners.get(state, [])) for state in HEADINGS}
    said = [f"{number} {_heading(state, number)}" for state, number in counted.items() if number]
    waiting = len(report.held) + len(report.refused)
    said += (
        [f"{waiting} en attente de votre décision ou pas prise{'s' if waiting > 1 else ''}"]
        if waiting
        else []
    )
    return ", ".join(said) or "aucune copie"


def _heading(state: str, number: int) -> str:
    return HEADINGS[state][number > 1]


def _names(learners: Iterable[str]) -> str:
    return ", ".join(shown(one) for one in dict.fromkeys(learners))


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterable[str]:
    rows = list(rows)
    if rows:
        yield f"{title} :"
    for who, what in rows:
        yield f"  {who} : {what}." if what else f"  {who}"


def _to_accept(args: argparse.Namespace, learner: str) -> str:
    words = ["campus", "collect", args.module, *map(str, args.sources), "--accept", learner]
    return f"Si c’est bien la même personne : « {shlex.join(words)} »"


def _to_json(report: "Report") -> dict[str, Any]:
    return {
        "module": report.module,
        **{state: report.learners.get(state, []) for state in HEADINGS},
        "held": [
            {"learner": one.learner, "origin": one.found.origin, "reason": one.reason} for one in report.held
        ],
        "refused": [{"origin": where, "reason": why} for where, why in report.refused],
        "late": {learner: late.total_seconds() for learner, late in report.late.items()},
        "missing": report.missing,
        "misplaced": [{"path": where, "reason": why} for where, why in report.misplaced],
        "notes": [{"about": who, "note": what} for who, what in report.notes],
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
