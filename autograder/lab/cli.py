"""The verbs `campus lab` and `campus publish`: their options. Every command loads this file: what they do is in `opening`."""

import argparse
from pathlib import Path

PORT = 8888


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare both verbs and their options."""
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
    parser.add_argument(
        "--prepare", action="store_true", help="remplir le dossier de travail sans ouvrir JupyterLab"
    )
    subparsers.add_parser(
        "publish",
        help="préparer le cours pour les autres comptes de cet ordinateur",
        description="Construit et publie les modules, puis ferme aux autres comptes tout ce qui contient des réponses. Ces comptes "
        "ouvrent ensuite le cours avec « campus lab » : leur travail reste dans leur dossier personnel.",
    )
