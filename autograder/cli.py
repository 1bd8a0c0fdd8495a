"""The command `campus`: one verb, one call. Messages go to standard error, JSON alone to standard output."""

import argparse
import json
import signal
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
from autograder.sandbox.errors import SandboxError
from autograder.system_words import system_words

Verb = Callable[[argparse.Namespace], int]

SHOWN = 3
"""Remarks on typography shown for each module: they are all mended at once."""


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 only when all is well, 2 for a misused command."""
    speak_french()
    args = _parser().parse_args(arguments)
    run: Verb = args.run
    try:
        return run(args)
    except (DataError, GradingError, ModuleError, SandboxError) as error:
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

    _add_new(verbs)
    check = _verb(
        verbs, "check", "relire les modules : forme, objectifs, points, images, typographie", _check
    )
    check.add_argument("--fix", action="store_true", help="corriger d’abord la typographie dans les fichiers")

    text = "relire et construire un module à chaque enregistrement"
    watch = verbs.add_parser(
        "watch", help=text, description=f"{text[0].upper()}{text[1:]}, jusqu’à Ctrl + C."
    )
    watch.add_argument("module", metavar="MODULE", help="par exemple F02")
    watch.set_defaults(run=_watch)

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
    verbs.choices["publish"].set_defaults(run=_publish)
    grading.add_parser(verbs)
    data.add_parser(verbs)
    sandbox.add_parser(verbs)
    verbs.choices["doctor"].set_defaults(run=_doctor)
    return parser


def _add_new(verbs: Any) -> None:
    text = "créer un module prêt à compléter, ou un exercice de plus"
    new = verbs.add_parser("new", help=text, description=f"{text[0].upper()}{text[1:]}.")
    new.add_argument("id", metavar="ID", help="le module, par exemple F15")
    new.add_argument(
        "slug", metavar="MOTS", help="les mots du titre, par exemple lire-une-carte ; ou la clé de l’exercice"
    )
    new.add_argument(
        "--exercise",
        metavar="GENRE",
        help="ajouter à ce module un exercice : choice, choices, order, match, number, text ou free",
    )
    new.set_defaults(run=_new)


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
    for warning in [warning for b in built for warning in b.warnings]:
        say(f"    {warning}")
    fresh = sum(b.fresh for b in built)
    if fresh:
        say(f"Fiches de preuve, à faire relire : {paths.course() / 'proofs'}")
    say(f"{fresh} module(s) construit(s), {len(built) - fresh} déjà à jour.")
    return 0


def _new(args: argparse.Namespace) -> int:
    from autograder.build.new import new
    from autograder.build.new_exercise import new_exercise

    if args.exercise:
        folder = new_exercise(args.exercise, args.id, args.slug)
        say(
            f"Exercice ajouté à {folder} (notebook.md, answers.yml, module.yml). Écrivez ce qui est marqué « À écrire »."
        )
        return 0
    folder = new(args.id, args.slug)
    say(f"Module créé : {folder}. Il se construit tel quel : « campus build {args.id} ».")
    return 0


def _check(args: argparse.Namespace) -> int:
    from autograder.build.check import check

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
        _print_json({"modules": [report.to_json() for report in reports]})
    return 1 if any(report.errors for report in reports) else 0


def _watch(args: argparse.Namespace) -> int:
    from autograder.build.watch import watch

    try:
        watch(args.module, say)
    except KeyboardInterrupt:
        say("\nFin de la surveillance.")
    return 0


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
        say(
            f"{report.id} : corrigé {solved['points']:g}/{solved['max']:g} · vide {row['released']['points']:g} · autres bonnes "
            f"réponses {answers['accepted']}/{answers['total']} · erreurs reconnues {mistakes['recognised']}/{mistakes['total']}"
        )
        if row["set_aside"]:
            say(
                f"    {row['set_aside']} réponse(s) ne valent que pour les paramètres d’origine : laissées de côté."
            )
        for one in row["trials"]:
            say(f"    {_trials(one)}")
            for remark in one["below_goals"]:
                say(f"    à améliorer : {remark}")
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
    from autograder.grading.release import require_usable_gradebook
    from autograder.lab import opening

    if args.instructor:
        try:
            require_usable_gradebook(paths.course())
        except GradingError as error:  # JupyterLab opens all the same: files can be put back from it
            say(str(error))
    return opening.run(args, _build_told, _release)


def _publish(args: argparse.Namespace) -> int:
    from autograder.lab import opening

    return opening.publish(_build_told, _release)


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
