"""The home page: `Accueil.md`, which JupyterLab opens rendered."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.lab.workspace import ANSWERS, State

HOME = "Accueil.md"
GUIDES = "guides"

AUDIENCES = {
    "N0": "tout agent, sans connaissance préalable",
    "N1": "agent à l’aise avec un tableur",
    "N2": "agent qui lit un peu de Python",
    "D": "décideur ou décideuse",
    "F": "formateur ou formatrice",
}


@dataclass(frozen=True)
class ModuleCard:
    """What the page says of one module."""

    id: str
    folder: str
    title: str
    minutes: int
    audience: tuple[str, ...]  # codes of AUDIENCES
    summary: str
    prerequisites: tuple[str, ...]  # ids of modules
    track: str  # id of a track


@dataclass(frozen=True)
class TrackCard:
    """One track, with its modules in order."""

    id: str
    title: str
    summary: str
    modules: tuple[ModuleCard, ...]


def cards() -> list[TrackCard]:
    """Return the tracks of the programme, each with its published modules."""
    from autograder.modules.load import load_modules
    from autograder.modules.programme import load_programme

    published = {
        module.id: ModuleCard(
            id=module.id,
            folder=module.folder_name,
            title=module.title,
            minutes=module.minutes,
            audience=tuple(module.audience),
            summary=module.summary,
            prerequisites=tuple(module.prerequisites),
            track=module.track,
        )
        for module in load_modules()
        if module.status == "published"
    }
    return [
        TrackCard(
            id=track.id,
            title=track.title,
            summary=track.summary,
            modules=tuple(published[id] for id in track.modules if id in published),
        )
        for track in load_programme().tracks
    ]


def write_home(work: Path, tracks: Sequence[TrackCard], states: Mapping[str, State]) -> Path:
    """Write the home page of the space `work`; `states` says what became of each folder."""
    started = {
        module.folder
        for track in tracks
        for module in track.modules
        if (work / module.folder / ANSWERS).exists()
    }
    kept = {folder for folder, state in states.items() if state is State.KEPT}
    path = work / HOME
    partial = path.with_suffix(".partial")
    partial.write_text(render(tracks, started, kept), encoding="utf-8")
    os.replace(partial, path)
    return path


def render(tracks: Sequence[TrackCard], started: set[str], kept: set[str]) -> str:
    """Return the page's Markdown; `started` and `kept` are folders of modules."""
    titles = {module.id: module.title for track in tracks for module in track.modules}
    parts = [_WELCOME]
    for number, track in enumerate(tracks, start=1):
        if track.modules:
            place = f"Parcours {number} sur {len(tracks)}."
            parts.append(f"## {track.title}\n\n**{place}** {track.summary}\n")
            parts += [_module(m, titles, m.folder in started, m.folder in kept) for m in track.modules]
    to_come = [f"- {track.title}\n" for track in tracks if not track.modules]
    if to_come:
        parts.append("## Parcours sans module pour l’instant\n\n" + "".join(to_come))
    parts.append(_HELP)
    return "\n".join(parts)


def _module(module: ModuleCard, titles: Mapping[str, str], started: bool, kept: bool) -> str:
    link = f"{module.folder}/{module.folder}.ipynb"
    audience = " ; ".join(AUDIENCES[code] for code in module.audience)
    before = ", ".join(f"« {titles.get(id, id)} » ({id})" for id in module.prerequisites)
    lines = [
        f"### [{module.id} – {module.title}]({link})\n",
        f"{module.summary.strip()}\n",
        f"- **Durée :** environ {module.minutes} minutes",
        f"- **Pour qui :** {audience}",
        f"- **À faire avant :** {before or 'rien'}",
        f"- **Où vous en êtes :** {'commencé' if started else 'pas commencé'}",
    ]
    if kept:
        lines.append(
            "- **Nouvelle version :** ce module a changé depuis que vous l’avez commencé. Votre "
            f"travail est gardé tel quel. Pour la nouvelle version, renommez le dossier "
            f"`{module.folder}`, puis relancez JupyterLab."
        )
    return "\n".join(lines) + "\n"


_WELCOME = """\
# Bienvenue dans votre espace de formation

Ici, vous apprenez en faisant, à votre rythme, sur de vraies données publiques.
Vos réponses et vos essais restent sur votre ordinateur.

## Commencer

1. Choisissez un module ci-dessous et ouvrez-le d’un clic sur son titre.
2. Lisez de haut en bas. Pour exécuter une cellule, placez-vous dedans,
   puis appuyez sur <kbd>Maj</kbd> + <kbd>Entrée</kbd>.
3. Répondez par le formulaire ou par le code, au choix : les points sont les mêmes,
   et vous pouvez recommencer.

Pour revenir à cette page, ouvrez `Accueil.md` dans la liste de fichiers, à gauche.
"""

_HELP = f"""\
## Trouver de l’aide

- [Guide de l’apprenant]({GUIDES}/apprenant.md) : exécuter, répondre, enregistrer, résoudre un problème
- [Accessibilité]({GUIDES}/accessibilite.md) : travailler au clavier, limites connues
- [Vie privée]({GUIDES}/confidentialite.md) : ce qui est enregistré, et où ; comment l’effacer

Dans chaque module, chaque exercice offre deux indices, du plus léger au plus précis.
"""
