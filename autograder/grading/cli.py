"""The verbs `campus collect`, `campus grade`, `campus release` and `campus feedback`."""

import argparse

from autograder import paths
from autograder.grading import feedback_cli
from autograder.grading.batch import cli as batch
from autograder.grading.collect import cli as collect
from autograder.printable import say


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    collect.add_parser(subparsers)
    batch.add_parser(subparsers)
    _add_release(subparsers)
    feedback_cli.add_parser(subparsers)


def _add_release(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "release",
        help="publier un module : préparer la version des apprenants",
        description="Prépare la version des apprenants de modules construits, sans les solutions, inscrit leurs questions au "
        "carnet de notes et les met dans l’échange, comme « nbgrader generate_assignment » puis « nbgrader release_assignment ».",
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
    from autograder.grading.hand_out import hand_out
    from autograder.grading.release import release

    for name in args.modules:
        folder = find_built(name, paths.course())
        release(folder, force=args.force)
        hand_out(folder, paths.course())
        say(f"Module publié : {folder}. Il est dans l’échange.")
    return 0
