"""The verbs `campus purge` and `campus export`: one person's data, erased or handed over."""

import argparse
from typing import TYPE_CHECKING

from autograder import paths
from autograder.followup.people import purge_cli
from autograder.printable import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    purge_cli.add_parser(subparsers)
    parser = subparsers.add_parser(
        "export",
        help="rassembler les données d’une personne, pour les lui remettre",
        description="Écrit dans exports/ un fichier .zip avec toutes les données d’une personne : copies, réponses, notes, "
        "commentaires, pages de retour, parcours. Un LISEZ-MOI en français dit ce qu’est chaque fichier.",
    )
    parser.add_argument("learner", metavar="ID", help="l’identifiant de la personne")
    parser.set_defaults(run=run_export)


def run_export(args: argparse.Namespace) -> int:
    """Write the archive of one person. Raises GradingError when nobody has this identifier."""
    from autograder.followup.people.course import open_course
    from autograder.followup.people.export import export

    path, notes = export(open_course(paths.course()), args.learner)
    for note in notes:
        say(note)
    say(
        f"Données de la personne : {path}\nRemettez ce fichier à elle seule, par un moyen sûr, puis supprimez-le."
    )
    return 0
