"""The verb `campus lab`. Every command loads this file for its options: what is heavy is imported where it serves."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from autograder import paths
from autograder.lab.workspace import STATE, State, sync

PORT = 8888


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus lab` and its options."""
    parser = subparsers.add_parser(
        "lab",
        help="ouvrir la formation dans JupyterLab",
        description="Prépare les modules, puis ouvre JupyterLab en français sur la page d’accueil.",
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"port de départ ({PORT} par défaut)")
    parser.add_argument("--no-browser", action="store_true", help="ne pas ouvrir le navigateur")
    parser.add_argument(
        "--work", type=Path, metavar="DOSSIER", help="dossier de travail (« travail » par défaut)"
    )
    parser.add_argument(
        "--instructor",
        action="store_true",
        help="ouvrir le cours côté formation : publication, collecte et correction",
    )


def run(
    args: argparse.Namespace, build: Callable[[list[str]], object], release: Callable[[str], object]
) -> int:
    """Prepare and serve; `build` builds modules, by their folders; `release` releases one."""
    from autograder.lab.home import lacking
    from autograder.lab.launch import LaunchError, Server, free_port, serve
    from autograder.lab.settings import write_settings

    try:
        for module in lacking():
            print(
                f"{module.id} (« {module.title} ») n’est pas proposé : ses textes ne sont pas sur cet ordinateur. "
                "Relancez « make lab » quand le réseau sera là."
            )
        build(_folders())
        write_settings()
        work: Path = (args.work or paths.work()).resolve()
        port = free_port(args.port)
        if port != args.port:
            print(f"Le port {args.port} est occupé : le port {port} est utilisé à la place.")
        if args.instructor:
            root, page, role = paths.course(), "/lab", "instructor"
        else:
            prepare(work, release)
            root, page, role = work, "/lab", "learner"
        print("Démarrage de JupyterLab…", flush=True)
        state = work / STATE / role
        return serve(Server(role, root, page, state, port, not args.no_browser), paths.home())
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1


def prepare(work: Path, release: Callable[[str], object]) -> None:
    """Release what has changed, copy it into the learner's space."""
    from autograder.lab.page import GUIDES

    folders = _folders()
    for folder in folders:
        if _needs_release(folder):
            print(f"Publication du module {folder}…", flush=True)
            release(folder)
    released = [paths.course() / "release" / folder for folder in folders]
    for copy in sync([*released, paths.course() / GUIDES], work):
        print(_SAID[copy.state].format(folder=copy.folder))


def _folders() -> list[str]:
    from autograder.lab.home import cards

    return [module.folder_name for track in cards() for module in track.modules]


def _needs_release(folder: str) -> bool:
    source = paths.course() / "source" / folder
    notebook = paths.course() / "release" / folder / f"{folder}.ipynb"
    if not notebook.exists():
        return True
    return any(path.stat().st_mtime > notebook.stat().st_mtime for path in source.iterdir())


_SAID = {
    State.NEW: "Copié dans votre espace : {folder}",
    State.CURRENT: "Déjà dans votre espace : {folder}",
    State.UPDATED: "Remplacé par la nouvelle version : {folder}",
    State.KEPT: "Gardé tel quel, car vous y avez travaillé : {folder} (une nouvelle version existe)",
}
