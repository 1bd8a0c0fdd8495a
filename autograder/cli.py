"""The command `campus`: one verb, one call. Messages go to standard error, JSON alone to standard output."""

import argparse
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from autograder import paths
from autograder.data.errors import DataError
from autograder.french import speak_french
from autograder.grading.errors import GradingError
from autograder.modules.errors import ModuleError
from autograder.sandbox.errors import SandboxError

Verb = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 only when all is well, 2 for a misused command."""
    speak_french()
    args = _parser().parse_args(arguments)
    run: Verb = args.run
    try:
        return run(args)
    except (DataError, GradingError, ModuleError, SandboxError) as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("\nInterrompu. Vous pouvez relancer la même commande.")
        return 130
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    from autograder.data import cli as data
    from autograder.grading import cli as grading
    from autograder.lab import cli as lab
    from autograder.sandbox import cli as sandbox

    parser = argparse.ArgumentParser(
        prog="campus", description="Le cours : construire, vérifier, ouvrir, corriger."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERBE")

    _verb(verbs, "build", "construire les carnets et leurs corrigés", _build)

    new = verbs.add_parser(
        "new", help="créer un module prêt à compléter", description="Créer un module prêt à compléter."
    )
    new.add_argument("id", metavar="ID", help="par exemple F15")
    new.add_argument("slug", metavar="MOTS-DU-TITRE", help="par exemple lire-une-carte")
    new.set_defaults(run=_new)

    _verb(verbs, "check", "relire les modules : forme, objectifs, points, accessibilité, fuites", _check)

    run = _verb(
        verbs, "run", "exécuter chaque module avec papermill : solutions, erreurs, version vide", _run
    )
    run.add_argument("--junit", type=Path, metavar="FICHIER", help="écrire un rapport JUnit (XML)")
    run.add_argument(
        "--workers", type=_count, metavar="N", help="exécutions simultanées (par défaut : une par cœur)"
    )
    run.add_argument(
        "--whole",
        action="store_true",
        help="exécuter aussi en entier le carnet de chaque essai, et pas seulement quatre par module (trois fois plus long)",
    )
    run.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NOM=VALEUR",
        type=_parameter,
        help="donner une autre valeur à un paramètre du carnet, par exemple millesime=2019",
    )

    lab.add_parser(verbs)
    verbs.choices["lab"].set_defaults(run=_lab)
    grading.add_parser(verbs)
    data.add_parser(verbs)
    sandbox.add_parser(verbs)
    verbs.choices["doctor"].set_defaults(run=_doctor)
    return parser


def _verb(verbs: Any, name: str, text: str, run: Verb) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}."
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="par exemple F02 (tous par défaut)")
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    parser.set_defaults(run=run)
    return parser


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"« {text} » : on attend NOM=VALEUR, par exemple millesime=2019")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"« {text} » : on attend un nombre entier, à partir de 1")
    return int(text)


def _build(args: argparse.Namespace) -> int:
    from autograder.build import build

    built = build(args.modules, on_module=lambda name: _say(f"Construction de {name}…"))
    done = [{"id": b.module.id, "folder": b.module.folder_name, "built": b.fresh} for b in built]
    if args.json:
        _print_json({"modules": done})
    fresh = sum(b.fresh for b in built)
    _say(f"{fresh} module(s) construit(s), {len(built) - fresh} déjà à jour.")
    return 0


def _new(args: argparse.Namespace) -> int:
    from autograder.build.new import new

    folder = new(args.id, args.slug)
    _say(f"Module créé : {folder}. Il se construit tel quel : « campus build {args.id} ».")
    return 0


def _check(args: argparse.Namespace) -> int:
    from autograder.build.check import check

    reports = check(args.modules)
    for report in reports:
        _say(
            f"{report.id} : {'rien à corriger' if not report.errors else f'{len(report.errors)} point(s) à corriger'}"
        )
        for finding in [*report.errors, *report.warnings]:
            _say(f"    {finding}")
    if args.json:
        _print_json({"modules": [report.to_json() for report in reports]})
    return 1 if any(report.errors for report in reports) else 0


def _run(args: argparse.Namespace) -> int:
    from autograder.grading.release import load_config
    from autograder.run.junit import write
    from autograder.run.run import run

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped from outside: as Ctrl+C
    bar = tqdm(desc="Exécutions", unit="essai", disable=None)

    def on_done(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        config, parameters = load_config(paths.course()), dict(args.set)
        reports = run(args.modules, config, parameters, on_done, args.workers, whole=args.whole)
    finally:
        bar.close()
    for report in reports:
        row = report.to_json()
        solved, answers, mistakes = row["solved"], row["answers"], row["mistakes"]
        _say(
            f"{report.id} : corrigé {solved['points']:g}/{solved['max']:g} · vide {row['released']['points']:g} · autres bonnes "
            f"réponses {answers['accepted']}/{answers['total']} · erreurs reconnues {mistakes['recognised']}/{mistakes['total']}"
        )
        if row["set_aside"]:
            _say(
                f"    {row['set_aside']} réponse(s) ne valent que pour les paramètres d’origine : laissées de côté."
            )
        for one in row["trials"]:
            _say(f"    {_trials(one)}")
        for problem in row["problems"]:
            _say(f"    {problem}")
    if not all(report.confined for report in reports):
        _say(
            "Les carnets n’ont pas été isolés : ce système refuse les espaces de noms (voir « campus doctor »). Les "
            "résultats sont bons, mais rien n’empêchait un carnet d’utiliser le réseau ou d’autres fichiers."
        )
    if args.junit:
        write(reports, args.junit)
    if args.json:
        _print_json({"modules": [report.to_json() for report in reports]})
    return 0 if all(report.ok for report in reports) else 1


def _trials(row: dict[str, Any]) -> str:
    """Return what a round of trials found, in one line."""
    right, wrong, named = row["right"], row["wrong"], row["recognised"]
    contact = "premier contact" if row["first_contact"] else "module modifié depuis"
    causes = (
        f"{named[group]['recognised']}/{named[group]['total']} {label}"
        for group, label in (
            ("all", "en tout"),
            ("first", "premières"),
            ("numbers_by_form", "nombres par formulaire"),
        )
    )
    left_out = f" · {row['left_out']} par le code, non jugés sans isolement" if row["left_out"] else ""
    return (
        f"essais, tour {row['round']} ({contact}) : justes acceptés {right['accepted']}/{right['total']} · faux refusés "
        f"{wrong['refused']}/{wrong['total']} · cause nommée {', '.join(causes)} ; {row['pointed_at']} orientés{left_out}"
    )


def _lab(args: argparse.Namespace) -> int:
    from autograder.build import build
    from autograder.grading.release import release
    from autograder.lab.cli import run

    def publish(folder_name: str) -> None:
        try:
            release(folder_name)
        except GradingError as error:  # a module that has copies, say: what learners have stays good
            if not (paths.course() / "release" / folder_name).is_dir():
                raise
            _say(f"{error}\nLa version déjà publiée est gardée.")

    return run(
        args,
        build=lambda names: build(names, on_module=lambda name: _say(f"Construction de {name}…")),
        release=publish,
    )


def _doctor(args: argparse.Namespace) -> int:
    from autograder.sandbox.cli import run

    def rehearse(tier: Any) -> Any:
        from autograder.grading.rehearsal import rehearse

        return rehearse(paths.course(), tier)

    return run(args, rehearse)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1), flush=True)


if __name__ == "__main__":
    sys.exit(main())
