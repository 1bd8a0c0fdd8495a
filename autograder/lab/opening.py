"""What `campus lab` and `campus publish` do."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from autograder import paths
from autograder.contract.names import STATE
from autograder.data import texts
from autograder.lab import access, publication
from autograder.lab.launch import LaunchError, Server, free_port, serve
from autograder.lab.page import GUIDES
from autograder.lab.publication import Build, Release
from autograder.lab.settings import write_settings
from autograder.lab.turn import alone
from autograder.lab.workspace import State, sync
from autograder.modules.model import Module


def run(args: argparse.Namespace, build: Build, release: Release) -> int:
    """Prepare and serve."""
    return _told(lambda: _open(args, build, release))


def publish(build: Build, release: Release) -> int:
    """Prepare the course for the other accounts of this machine."""
    return _told(lambda: _publish(build, release))


def prepare(build: Build, release: Release) -> None:
    """Publish what has changed; an account that may not write the course opens what is released. Raises LaunchError."""
    if publication.may_publish():
        with alone(paths.course()):
            _tell_lacking([module for module in publication.authored() if texts.missing(module.datasets)])
            publication.publish(build, release)
    elif not publication.published():
        here = paths.course().is_dir()
        raise LaunchError(NOT_PUBLISHED if here else paths.not_a_course("programme.yml"))
    write_settings()


def fill(work: Path) -> None:
    """Copy into the learner's space what is published. Raises LaunchError, OSError."""
    released = [paths.course() / "release" / card.folder_name for card in publication.published()]
    if not work.exists():
        paths.own(work)
    with alone(paths.own(work / STATE)):
        for copy in sync([*released, paths.course() / GUIDES], work):
            print(_SAID[copy.state].format(folder=copy.folder))


def _open(args: argparse.Namespace, build: Build, release: Release) -> int:
    if args.instructor and not publication.may_publish():
        raise LaunchError(NOT_YOURS.format(course=paths.course()))
    prepare(build, release)
    work: Path = (args.work or paths.work()).resolve()
    if not args.instructor:
        fill(work)
    if args.prepare:
        return 0
    port = free_port(args.port)
    if port != args.port:
        print(f"Le port {args.port} est occupé : le port {port} est utilisé à la place.")
    root, role = (paths.course(), "instructor") if args.instructor else (work, "learner")
    print("Démarrage de JupyterLab…", flush=True)
    return serve(Server(role, root, "/lab", work / STATE / role, port, not args.no_browser), paths.home())


def _publish(build: Build, release: Release) -> int:
    if not publication.may_publish():
        raise LaunchError(NOT_YOURS.format(course=paths.course()))
    prepare(build, release)
    access.share()
    for problem in (problems := access.problems()):
        print(problem, file=sys.stderr)
    if not problems:
        print(PUBLISHED.format(campus=Path(sys.executable).with_name("campus")))
    return 1 if problems else 0


def _told(verb: Callable[[], int]) -> int:
    try:
        return verb()
    except LaunchError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(NOT_WRITTEN.format(error=error.strerror or error, file=error.filename), file=sys.stderr)
    return 1


def _tell_lacking(modules: list[Module]) -> None:
    for module in modules:
        print(
            f"{module.id} (« {module.title} ») n’est pas proposé : ses textes ne sont pas sur cet ordinateur. "
            "Relancez « make lab » quand le réseau sera là."
        )


NOT_PUBLISHED = "Ce cours n’est pas encore prêt pour votre compte. Demandez à la personne qui l’a installé de lancer « campus publish »."
NOT_YOURS = "Votre compte n’a pas le droit de modifier le cours, dans « {course} ». Utilisez le compte qui l’a installé."
NOT_WRITTEN = (
    "Un fichier du cours n’a pas pu être lu ou écrit : « {file} » ({error}). Vérifiez qu’il reste de la place sur le disque et que "
    "ce dossier est à vous, puis recommencez."
)
PUBLISHED = (
    "Le cours est prêt pour les autres comptes. Ils l’ouvrent avec :\n\n    {campus} lab\n\nIls ne peuvent lire ni les réponses, "
    "ni les copies, ni le carnet de notes. Relancez « campus publish » après chaque mise à jour du cours."
)

_SAID = {
    State.NEW: "Copié dans votre espace : {folder}",
    State.CURRENT: "Déjà dans votre espace : {folder}",
    State.UPDATED: "Remplacé par la nouvelle version : {folder}",
    State.KEPT: "Gardé tel quel, car vous y avez travaillé : {folder} (une nouvelle version existe)",
}
