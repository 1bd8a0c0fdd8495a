"""The command `campus`: one verb, one call. Messages go to standard error, JSON alone to standard output."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm
from traitlets import TraitError

from autograder import paths
from autograder.data.errors import DataError
from autograder.french import speak_french
from autograder.grading.errors import GradingError
from autograder.grading.refused_setting import refused_setting
from autograder.modules.errors import ModuleError
from autograder.printable import say
from autograder.system_words import system_words

Verb = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 only when all is well, 2 for a misused command."""
    speak_french()
    args = _parser().parse_args(arguments)
    run: Verb = args.run
    try:
        return run(args)
    except (DataError, GradingError, ModuleError) as error:
        say(str(error))
        return 1
    except TraitError as error:
        say(refused_setting(str(error)))
        return 1
    except BrokenPipeError:
        return 1
    except OSError as error:
        say(system_words(error))
        return 1
    except KeyboardInterrupt:
        say("\nInterrompu. Vous pouvez relancer la même commande.")
        return 130


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
        "--set",
        action="append",
        default=[],
        metavar="NOM=VALEUR",
        type=_parameter,
        help="donner une autre valeur à un paramètre du carnet, par exemple millesime=2019",
    )

    lab.add_parser(verbs)
    verbs.choices["lab"].set_defaults(run=_lab)
    verbs.choices["publish"].set_defaults(run=_publish)
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

    built = build(args.modules, on_module=lambda name: say(f"Construction de {name}…"))
    done = [{"id": b.module.id, "folder": b.module.folder_name, "built": b.fresh} for b in built]
    if args.json:
        _print_json({"modules": done})
    fresh = sum(b.fresh for b in built)
    say(f"{fresh} module(s) construit(s), {len(built) - fresh} déjà à jour.")
    return 0


def _new(args: argparse.Namespace) -> int:
    from autograder.build.new import new

    folder = new(args.id, args.slug)
    say(f"Module créé : {folder}. Il se construit tel quel : « campus build {args.id} ».")
    return 0


def _check(args: argparse.Namespace) -> int:
    from autograder.build.check import check

    reports = check(args.modules)
    for report in reports:
        say(
            f"{report.id} : {'rien à corriger' if not report.errors else f'{len(report.errors)} point(s) à corriger'}"
        )
        for finding in [*report.errors, *report.warnings]:
            say(f"    {finding}")
    if args.json:
        _print_json({"modules": [report.to_json() for report in reports]})
    return 1 if any(report.errors for report in reports) else 0


def _run(args: argparse.Namespace) -> int:
    from autograder.grading.release import load_config
    from autograder.run.junit import write
    from autograder.run.run import run

    bar = tqdm(desc="Exécutions", unit="carnet", disable=None)

    def on_done(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        reports = run(args.modules, load_config(paths.course()), dict(args.set), on_done, args.workers)
    finally:
        bar.close()
    for report in reports:
        row = report.to_json()
        solved, answers, mistakes = row["solved"], row["answers"], row["mistakes"]
        say(
            f"{report.id} : corrigé {solved['points']:g}/{solved['max']:g} · vide {row['released']['points']:g} · autres bonnes "
            f"réponses {answers['accepted']}/{answers['total']} · erreurs reconnues {mistakes['recognised']}/{mistakes['total']}"
        )
        if row["set_aside"]:
            say(
                f"    {row['set_aside']} réponse(s) ne valent que pour les paramètres d’origine : laissées de côté."
            )
        for problem in row["problems"]:
            say(f"    {problem}")
    if not all(report.confined for report in reports):
        say(
            "Les carnets n’ont pas été isolés : ce système refuse les espaces de noms (voir « campus doctor »). Les "
            "résultats sont bons, mais rien n’empêchait un carnet d’utiliser le réseau ou d’autres fichiers."
        )
    if args.junit:
        write(reports, args.junit)
    if args.json:
        _print_json({"modules": [report.to_json() for report in reports]})
    return 0 if all(report.ok for report in reports) else 1


def _lab(args: argparse.Namespace) -> int:
    from autograder.grading.release import require_usable_gradebook
    from autograder.lab import cli as lab

    if args.instructor:
        try:
            require_usable_gradebook(paths.course())
        except GradingError as error:  # JupyterLab opens all the same: files can be put back from it
            say(str(error))
    return lab.run(args, _build_told, _release)


def _publish(args: argparse.Namespace) -> int:
    from autograder.lab import cli as lab

    return lab.publish(_build_told, _release)


def _build_told(names: list[str]) -> None:
    from autograder.build import build

    build(names, on_module=lambda name: say(f"Construction de {name}…"))


def _release(folder_name: str) -> bool:
    from autograder.grading.release import release

    try:
        release(folder_name)
    except GradingError as error:  # a module that has copies, say: what learners have stays good
        if not (paths.course() / "release" / folder_name).is_dir():
            raise
        say(f"{error}\nLa version déjà publiée est gardée.")
        return False
    return True


def _doctor(args: argparse.Namespace) -> int:
    from autograder.sandbox.cli import run

    def rehearse(tier: Any) -> Any:
        from autograder.grading.rehearsal import rehearse

        return rehearse(paths.course(), tier)

    return run(args, rehearse)


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1), flush=True)


if __name__ == "__main__":
    sys.exit(main())
