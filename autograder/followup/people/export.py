"""All that the course holds of one person, in one archive to hand over (right of access)."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from autograder import files, paths
from autograder.followup.people import places
from autograder.followup.people.course import EXPORTS, REPLACED, Course
from autograder.followup.people.person import find
from autograder.followup.people.tables_of import tables
from autograder.grading.errors import GradingError
from autograder.grading.regular_files import regular_files
from autograder.printable import FIELD, printable

README = "LISEZ-MOI.txt"
UNKNOWN = "Rien n’a été trouvé au nom de « {learner} » : vérifiez l’identifiant dans la liste de la classe."
LEFT = "Liens laissés de côté dans {folder} : {names}."
ABOUT = """\
Données de « {learner} » au {now:%d/%m/%Y}

Ce dossier contient tout ce que la formation garde sur vous.

identite.csv              votre identifiant, votre nom et votre adresse, dans le carnet de notes ; la clé qui les remplace ailleurs
copies.csv                la date de chacune de vos copies, et ce que le retard a retiré
notes.csv                 chaque question notée : points automatiques, points donnés par une personne, maximum
commentaires.csv          les commentaires de vos réponses
parcours-corrections.csv  chaque copie corrigée : version du module, et si elle contenait vos essais
parcours-reponses.csv     par exercice : le résultat (« state »), la part des points, la part au premier essai, le nombre d’essais
parcours-erreurs.csv      les erreurs reconnues dans vos réponses : leur nom, si elle reste dans la copie, si elle est venue d’abord
copies/                   vos copies, telles que rendues ; reponses.json contient vos réponses par formulaire
copies-remplacees/        vos copies plus anciennes, par date de remplacement
retours/                  vos pages de retour : à ouvrir dans un navigateur
echange/                  vos copies telles qu’elles sont dans le dossier d’échange

Un fichier absent veut dire qu’il n’y a rien. Les fichiers .csv s’ouvrent dans un tableur : séparateur « ; », texte en UTF-8.
Le carnet corrigé n’est pas joint : il contient les contrôles cachés du module. Vos réponses, vos points et les commentaires sont ici.
Ces données ne servent jamais à l’évaluation des agents par leur employeur.
"""


def export(course: Course, learner: str) -> tuple[Path, list[str]]:
    """Write the archive under exports/, readable by its owner alone; return its path, and what to tell.

    Raises GradingError when nothing bears this identifier, and OSError.
    """
    person, folders = find(course, learner), places.own_folders(course, learner)
    if not person.rows and not folders:
        raise GradingError(UNKNOWN.format(learner=printable(learner, FIELD)))
    now = datetime.now()
    safe = re.sub(r"[^\w.@-]", "_", learner)
    path = paths.own(course.root / EXPORTS) / f"{safe}-{now:%Y%m%d-%H%M%S}.zip"
    notes: list[str] = []
    with (
        files.replacing(path, mode=0o600) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(README, ABOUT.format(learner=learner, now=now))
        for name, content in tables(course, person):
            archive.writestr(name, content)
        for name, place in _copies(course, folders, notes):
            archive.write(place, name)
    return path, notes


def _copies(course: Course, folders: list[Path], notes: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files of a person, with their names in the archive."""
    for folder in folders:
        into, only = _part(course, folder)
        found, others = (
            regular_files(folder, ()) if folder.is_dir() and not folder.is_symlink() else ({}, [""])
        )
        if others:
            notes.append(LEFT.format(folder=printable(folder), names=printable(", ".join(others))))
        yield from (
            (f"{into}/{name}", place) for name, place in found.items() if into and name.endswith(only)
        )


def _part(course: Course, folder: Path) -> tuple[str, str]:
    """Return the folder of the archive for a folder of the course, and how the names of the files to take end."""
    submitted, _, feedback = (course.root / step for step in course.steps)
    if folder.parent == submitted:
        return "copies", ""
    if folder.parent == feedback:
        return "retours", ".html"
    if folder.parent.parent == course.root / REPLACED:
        return f"copies-remplacees/{folder.parent.name}", ""
    return (f"echange/{folder.name}", "") if folder.parent.name == "inbound" else ("", "")
