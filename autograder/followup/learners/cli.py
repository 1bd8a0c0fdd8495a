"""The verb `campus learners`: import the class list, and show it."""

import argparse
from pathlib import Path

from autograder import paths
from autograder.french.commands import counted
from autograder.printable import say
from autograder.verbs import Verbs


def add_parser(verbs: Verbs) -> None:
    """Declare `campus learners` and its actions."""
    parser = verbs.add_parser(
        "learners",
        help="la liste de la classe : l’importer, la montrer",
        description="La liste de la classe, dans le carnet de notes : l’importer, la montrer.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_import(actions)
    text = "montrer qui est connu, et qui a rendu quoi"
    actions.add_parser("list", help=text, description=f"{text.capitalize()}.").set_defaults(run=run_list)


def _add_import(actions: Verbs) -> None:
    parser = actions.add_parser(
        "import",
        help="importer une liste : fichier CSV d’un tableur ou de Moodle",
        description="Ajoute au carnet de notes les personnes d’un fichier CSV (séparateur « ; » ou « , » ; UTF-8 ou Windows-1252). La "
        "première ligne donne les titres : identifiant, et si possible nom, prénom, courriel ; les titres de Moodle "
        "vont aussi. Une ligne fautive : rien n’est importé. Importer de nouveau met à jour, et ne retire personne ; "
        "une case vide ne change rien.",
    )
    parser.add_argument("file", type=Path, metavar="LISTE.CSV", help="par exemple liste.csv")
    parser.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Import a list; raise GradingError, or OSError when the file cannot be read."""
    from autograder.followup.learners.class_list import import_list

    done = import_list(paths.course(), args.file)
    said = [
        counted(len(done.added), "personne ajoutée", "personnes ajoutées"),
        counted(len(done.changed), "mise à jour", "mises à jour"),
        counted(len(done.same), "inchangée", "inchangées"),
    ]
    say(f"Liste importée : {', '.join(said)}.")
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Show the list; raise GradingError."""
    from autograder.followup.learners.known import lines, read_class

    for line in lines(read_class(paths.course())):
        say(line)
    return 0
