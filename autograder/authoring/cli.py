"""The verbs of authors: `campus build`, `campus new`, `campus check` and `campus facts`."""

import argparse
from datetime import date

from autograder import paths
from autograder.printable import say
from autograder.verbs import Verbs, print_json, verb_on_modules

SHOWN = 3
"""Remarks on typography shown for each module: they are all mended at once."""


def add_parser(verbs: Verbs) -> None:
    """Declare the verbs and their options."""
    verb_on_modules(verbs, "build", "construire les carnets et leurs corrigés", _build)

    _add_new(verbs)
    check = verb_on_modules(
        verbs, "check", "relire les modules : forme, objectifs, points, images, typographie", _check
    )
    check.add_argument("--fix", action="store_true", help="corriger d’abord la typographie dans les fichiers")
    _add_facts(verbs)


def _add_new(verbs: Verbs) -> None:
    text = "créer un module prêt à compléter, ou un exercice de plus"
    new = verbs.add_parser("new", help=text, description=f"{text[0].upper()}{text[1:]}.")
    new.add_argument("id", metavar="ID", help="le module, par exemple F15")
    new.add_argument(
        "slug", metavar="MOTS", help="les mots du titre, par exemple lire-une-carte ; ou la clé de l’exercice"
    )
    new.add_argument(
        "--exercise",
        metavar="GENRE",
        help="ajouter à ce module un exercice : choice, choices, order, match, number, text, free, rule ou repair",
    )
    new.set_defaults(run=_new)


def _add_facts(verbs: Verbs) -> None:
    facts = verbs.add_parser(
        "facts",
        help="lister les faits du registre, ou ceux qui sont à relire",
        description="Lister les faits de course/facts.yml, leur source et leur lecture ; ou ceux qui sont à relire (« due »).",
    )
    facts.add_argument(
        "due",
        nargs="?",
        choices=["due"],
        metavar="due",
        help="seulement les faits à relire, les plus anciens d’abord ; code de sortie 1 s’il y en a, 0 sinon",
    )
    facts.add_argument(
        "--on",
        type=_day,
        default=date.today(),
        metavar="DATE",
        help="à cette date, comme 2027-01-31 (aujourd’hui par défaut)",
    )
    facts.set_defaults(run=_facts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"on attend une date, comme 2027-01-31, pas « {text} »") from None


def _build(args: argparse.Namespace) -> int:
    from autograder.authoring.apart import build_apart

    built = build_apart(args.modules, on_module=lambda name: say(f"Construction de {name}…"))
    done = [{"id": b.module.id, "folder": b.module.folder_name, "built": b.fresh} for b in built]
    if args.json:
        print_json({"modules": done})
    for warning in [warning for b in built for warning in b.warnings]:
        say(f"    {warning}")
    fresh = sum(b.fresh for b in built)
    if fresh:
        say(f"Fiches de preuve, à faire relire : {paths.course() / 'proofs'}")
    say(f"{fresh} module(s) construit(s), {len(built) - fresh} déjà à jour.")
    return 0


def _new(args: argparse.Namespace) -> int:
    from autograder.authoring.new import new
    from autograder.authoring.new_exercise import new_exercise

    if args.exercise:
        folder = new_exercise(args.exercise, args.id, args.slug)
        say(
            f"Exercice ajouté à {folder} (notebook.md, answers.yml, module.yml). Écrivez ce qui est marqué « À écrire »."
        )
        return 0
    folder = new(args.id, args.slug)
    say(f"Module créé : {folder}. Il se construit tel quel : « campus build {args.id} ».")
    return 0


def _facts(args: argparse.Namespace) -> int:
    from autograder.authoring import facts
    from autograder.modules.facts import load_facts

    known = load_facts()
    listed = facts.due(known.values(), args.on) if args.due else list(known.values())
    for line in facts.lines(listed):
        print(line)
    say(facts.summary(listed, args.on) if args.due else facts.state(listed))
    return 1 if args.due and listed else 0


def _check(args: argparse.Namespace) -> int:
    from autograder.authoring.check import check

    reports = check(args.modules, args.fix)
    for report in reports:
        say(
            f"{report.id} : {'rien à corriger' if not report.errors else f'{len(report.errors)} point(s) à corriger'}"
        )
        if report.fixed:
            say(f"    typographie : {report.fixed} correction(s) faite(s) dans les fichiers.")
        for finding in [*report.errors, *report.warnings, *report.typography[:SHOWN]]:
            say(f"    {finding}")
        if report.typography:
            say(
                f"    typographie : {len(report.typography)} remarque(s) en tout ; « campus check --fix {report.id} » "
                "les corrige."
            )
    if args.json:
        print_json({"modules": [report.to_json() for report in reports]})
    return 1 if any(report.errors for report in reports) else 0
