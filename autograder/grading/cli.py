"""The verbs `campus demo`, `campus grade` and `campus feedback`."""

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from autograder.grading import feedback_cli
from autograder.grading.batch import cli as batch
from autograder.grading.errors import GradingError
from autograder.modules.errors import ModuleError

if TYPE_CHECKING:
    from autograder.grading.demo import Row


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    batch.add_parser(subparsers)
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


def run(args: argparse.Namespace) -> int:
    """Run the demonstration; 0 only when every learner gets the points and the page expected."""
    from autograder.grading import demo

    try:
        with _folder(args.keep) as root:
            print("Construction et publication…", file=sys.stderr, flush=True)
            demos = demo.prepare(args.modules, root)
            total = sum(len(one.submissions) for one in demos)
            with tqdm(total=total, desc="Correction", unit="copie", file=sys.stderr) as bar:
                rows = demo.grade(demos, on_submission=bar.update)
    except (GradingError, ModuleError) as error:
        print(error, file=sys.stderr)
        return 1
    ok = all(row.ok for row in rows)
    if args.json:
        print(json.dumps({"ok": ok, "rows": [row.to_json() for row in rows]}, ensure_ascii=False, indent=1))
    else:
        _print_table(rows)
    if args.keep:
        print(f"Le cours de la démonstration est gardé dans {args.keep}.", file=sys.stderr)
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
