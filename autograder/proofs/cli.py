"""The verbs of proofs: `campus run` for modules, `campus watch` for one being written, `campus demo` for a whole made-up cohort."""

import argparse
import contextlib
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from autograder import paths
from autograder.french.numbers import short
from autograder.grading.errors import GradingError
from autograder.printable import say
from autograder.verbs import Verbs, print_json, verb_on_modules

if TYPE_CHECKING:
    from autograder.proofs.demo import Row


def add_parser(verbs: Verbs) -> None:
    """Declare the verbs and their options."""
    _add_watch(verbs)
    _add_run(verbs)
    _add_demo(verbs)


def _add_watch(verbs: Verbs) -> None:
    text = "relire, construire et juger un module à chaque enregistrement"
    watch = verbs.add_parser(
        "watch", help=text, description=f"{text[0].upper()}{text[1:]}, jusqu’à Ctrl + C."
    )
    watch.add_argument("module", metavar="MODULE", help="par exemple F02")
    watch.set_defaults(run=_watch)


def _add_run(verbs: Verbs) -> None:
    run = verb_on_modules(
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


def _add_demo(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "demo",
        help="corriger une petite promotion inventée, du rendu au retour",
        description="Construit et publie des modules dans un cours temporaire, y rend les copies d’une "
        "promotion inventée, les corrige avec nbgrader et compare les points. Votre carnet de notes n’est "
        "pas touché.",
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="par exemple F02 (par défaut : F01 F02)")
    parser.add_argument(
        "--keep", type=Path, metavar="DOSSIER", help="garder le cours temporaire dans ce dossier"
    )
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    parser.set_defaults(run=_demo)


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


def _watch(args: argparse.Namespace) -> int:
    from autograder.proofs.watch import watch

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped from outside: as Ctrl+C
    try:
        watch(args.module, say)
    except KeyboardInterrupt:
        say("\nFin de la surveillance.")
    return 0


def _run(args: argparse.Namespace) -> int:
    from autograder.grading.release import load_config
    from autograder.proofs.junit import write
    from autograder.proofs.run import run

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
            f"{report.id} : corrigé {_points(solved['points'])}/{_points(solved['max'])} · vide {_points(row['released']['points'])} · autres bonnes "
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
        print_json({"modules": [report.to_json() for report in reports]})
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


def _demo(args: argparse.Namespace) -> int:
    """Run the demonstration; 0 only when every learner gets the points and the page expected."""
    from autograder.proofs import demo

    with _folder(args.keep) as root:
        say("Construction et publication…")
        demos = demo.prepare(args.modules, root)
        total = sum(len(one.submissions) for one in demos)
        with tqdm(total=total, desc="Correction", unit="copie", file=sys.stderr) as bar:
            rows = demo.grade(demos, on_submission=bar.update)
    ok = all(row.ok for row in rows)
    if args.json:
        print_json({"ok": ok, "rows": [row.to_json() for row in rows]})
    else:
        _print_table(rows)
    if args.keep:
        say(f"Le cours de la démonstration est gardé dans {args.keep}.")
    return 0 if ok else 1


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="campus-demo-") as folder:
            yield Path(folder)
        return
    if keep.exists() and any(keep.iterdir()):
        raise GradingError(f"Le dossier {keep} n’est pas vide : donnez-en un autre, ou videz-le.")
    yield keep.resolve()


def _print_table(rows: "list[Row]") -> None:
    width = max(len(row.profile) for row in rows)
    for module in dict.fromkeys(row.module for row in rows):
        print(f"\n{module}")
        print(f"  {'profil':<{width}}  {'points attendus':>15}  {'points obtenus':>14}")
        for row in (row for row in rows if row.module == module):
            mark = "" if row.ok else "   ← écart" if row.feedback else "   ← écart ou retour manquant"
            print(f"  {row.profile:<{width}}  {_points(row.expected):>15}  {_points(row.obtained):>14}{mark}")
    wrong = sum(not row.ok for row in rows)
    print(f"\n{len(rows)} copies, {wrong} écart(s). Les réponses libres ne comptent pas ici.")


def _points(value: float | None) -> str:
    return "non notée" if value is None else short(value, 6)
