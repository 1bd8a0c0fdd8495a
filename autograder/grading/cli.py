"""The verbs `campus demo`, `campus collect`, `campus grade`, `campus release` and `campus feedback`."""

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from autograder import paths
from autograder.grading import feedback_cli
from autograder.grading.batch import cli as batch
from autograder.grading.collect import cli as collect
from autograder.grading.errors import GradingError
from autograder.printable import say

if TYPE_CHECKING:
    from autograder.grading.demo import Row


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    collect.add_parser(subparsers)
    batch.add_parser(subparsers)
    _add_release(subparsers)
    feedback_cli.add_parser(subparsers)
    parser = subparsers.add_parser(
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
    parser.set_defaults(run=run)


def _add_release(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "release",
        help="publier un module : préparer la version des apprenants",
        description="Prépare la version des apprenants de modules construits, sans les solutions, et inscrit leurs "
        "questions au carnet de notes, comme « nbgrader generate_assignment ».",
    )
    parser.add_argument(
        "modules", nargs="+", metavar="MODULE", help="par exemple F02, ou F02-lire-un-tableau"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="repartir d’un carnet de notes vide quand celui des copies déjà corrigées est perdu",
    )
    parser.set_defaults(run=run_release)


def run_release(args: argparse.Namespace) -> int:
    """Release modules; raise GradingError at the first that cannot be."""
    from autograder.grading.batch.module import find_built
    from autograder.grading.release import release

    for name in args.modules:
        folder = find_built(name, paths.course())
        release(folder, force=args.force)
        say(f"Module publié : {folder}.")
    return 0


def run(args: argparse.Namespace) -> int:
    """Run the demonstration; 0 only when every learner gets the points and the page expected."""
    from autograder.grading import demo

    with _folder(args.keep) as root:
        say("Construction et publication…")
        demos = demo.prepare(args.modules, root)
        total = sum(len(one.submissions) for one in demos)
        with tqdm(total=total, desc="Correction", unit="copie", file=sys.stderr) as bar:
            rows = demo.grade(demos, on_submission=bar.update)
    ok = all(row.ok for row in rows)
    if args.json:
        print(json.dumps({"ok": ok, "rows": [row.to_json() for row in rows]}, ensure_ascii=False, indent=1))
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
    return "non notée" if value is None else f"{value:g}".replace(".", ",")
