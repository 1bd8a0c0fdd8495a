"""A course of forty-two modules in five tracks, as the home page will have to show: cards only, nothing to open.

Titles are those of the programme that is planned; objectives, exercises and cards are made up for the tests.
"""

from pathlib import Path

import yaml

from autograder import paths
from autograder.lab import card
from autograder.lab.card import Card, Publication

TRACKS = {
    "fondamentaux": (
        "Les fondamentaux numériques des agents publics",
        """
F01|Prendre en main le parcours|N0|25|5.2 2.3|
F02|Lire un jeu de données public sans se tromper|N0 N1|40|1.2 1.3|F01
F03|Contrôler et réparer un fichier administratif|N1|50|1.3 1.2|F02
F04|Choisir, lire et rendre accessible un graphique|N0 N1|45|1.3 3.3|F02
F05|Donnée personnelle, pseudonyme, anonyme : mesurer le risque|N0 N1|50|4.2 2.4|F02
F06|Ouvrir et réutiliser : le droit en pratique|N0 N1|35|3.3 2.2|F02
F07|Repérer l’hameçonnage et signaler|N0|35|4.1 2.1|F01
F08|Mots de passe et double authentification : décider avec les bons chiffres|N0 N1|35|4.1|F01
F09|Les premières heures d’un incident|N0|40|4.1 5.1|F07
F10|Ce qu’une IA générative fait, et ce qu’elle ne fait pas|N0|40|2.4 1.1|F01
F11|Demander, vérifier, citer|N0 N1|45|1.1 3.1 4.2|F01
F12|Écrire clair et accessible|N0|30|3.1 3.3|F01
F13|Partager un fichier : qui voit quoi ?|N0|25|2.1 2.3|F01
F14|Trouver, dater et recouper une information publique|N0|30|1.1|F01
F15|Mettre à jour, sauvegarder, vérifier|N0 N1|40|4.1 5.1|F09
K01|Une semaine à Val-de-Brume|N0 N1|90|1.2 1.3 4.1 4.2|F02 F03 F04 F05 F07 F09 F11""",
    ),
    "filiere": (
        "L’excellence de la filière numérique",
        """
E01|Lire et modifier du code de données|N1 N2|50|3.4 1.3|F02
E02|Croiser deux fichiers avec une clé pivot|N2|50|1.3|E01
E03|Agréger sans biais|N2|45|1.3|E01
E04|Publier un tableau sans dévoiler personne|N2|50|4.2|F05
E05|Évaluer un outil de tri automatique avant de l’utiliser|N1 N2 D|50|1.3 2.4|F10
E06|Récupérer par API et valider par schéma|N2|50|3.4|E01
E07|Auditer une page avec 12 critères du RGAA|N1 N2|55|3.3|F12
E08|Lire des journaux d’accès pour détecter une intrusion|N2|55|4.1 5.1|E01
E09|Publier un traitement reproductible et ouvert|N2|45|3.4 3.3|E01""",
    ),
    "communautes": (
        "Les communautés apprenantes",
        """
C01|Relire et questionner|F N1|40|2.3 3.1|F01
C03|Faire monter le score de qualité des métadonnées|N1|30|1.2 2.2|F02
C04|Contribuer à un commun numérique|N1|30|2.2 2.3|F01
C05|Retour d’expérience sans blâme|N0 D|30|2.3|F09""",
    ),
    "decideurs": (
        "La vision stratégique des décideurs publics",
        """
D01|Siéger au comité d’investissement|D N0|60|1.3 2.3|F01
D02|Du tableau de bord à l’indicateur utile|D N1|40|1.3|D01
D03|Lire une tendance : ruptures, saison, périmètre|D N1|40|1.3|F02
D04|Choisir un hébergement de confiance : mutualiser, acheter, héberger|D|40|5.2 4.1|D01
D05|La cyber au comité de direction|D|45|4.1|F09
D06|Internaliser, former, recruter|D|35|1.3|D01
D07|Aller vers les usagers grâce aux données|D N1|45|1.3 4.2|F05""",
    ),
    "avenir": (
        "Préparer l’avenir de l’action publique",
        """
A01|Décider d’un usage d’IA au service de l’usager|N1 D|50|2.4 4.2|F10
A02|Expliquer un algorithme public|N1 N2|45|3.4 2.4|F10
A03|Analyser une consultation sans faire parler les absents|N1|45|1.3 2.4|F02
A04|Mesurer et réduire l’empreinte d’un service|N1 D|40|4.3|F01
A05|Concevoir pour ceux qui n’y arrivent pas|N0 D|40|2.4 3.3|F01
A06|Confier une question de données à un agent IA, et le contrôler|N2|50|1.1 3.4|F11""",
    ),
}
EXERCISES = 10
"""In each module, of two points each."""
WITHOUT_CODE = {"D01", "F07", "F12"}


def write_course(folder: Path) -> None:
    """Write the programme and what is published in a course's folder."""
    (folder / "release").mkdir(parents=True)
    (folder / "competences.yml").write_bytes((paths.course() / "competences.yml").read_bytes())
    tracks = [
        {
            "id": id,
            "title": title,
            "summary": f"Le parcours « {title} ».",
            "modules": [line[:3] for line in lines(text)],
        }
        for id, (title, text) in TRACKS.items()
    ]
    (folder / "programme.yml").write_text(
        yaml.safe_dump({"tracks": tracks}, allow_unicode=True), encoding="utf-8"
    )
    cards = [_card(id, line) for id, (_, text) in TRACKS.items() for line in lines(text)]
    card.write(folder / "release" / "modules.json", Publication(tuple(cards), {}))


def lines(text: str) -> list[str]:
    """Return the lines of a track, one for each module."""
    return text.strip().split("\n")


def _card(track: str, line: str) -> Card:
    id, title, audience, minutes, codes, required = line.split("|")
    exercises = {f"exercice-{number}": 2.0 for number in range(EXERCISES)}
    return Card(
        id=id,
        folder_name=f"{id}-essai",
        title=title,
        summary=f"Un module d’essai sur le sujet : {title.lower()}. Il tient en deux phrases, comme les vrais.",
        track=track,
        audience=tuple(audience.split()),
        minutes=int(minutes),
        version=1,
        pass_mark=0.7,
        prerequisites=tuple(required.split()),
        datasets=(),
        exercises=exercises,
        optional=(),
        free_points=2.0,
        competences={f"pix:{code}": tuple(exercises) for code in codes.split()}
        | {"dc:1.2": tuple(exercises)},
        objectives=(
            f"Dire, devant un cas réel, ce que « {title} » change.",
            f"Reconnaître l’erreur la plus courante de {id}.",
        ),
        code=id not in WITHOUT_CODE,
        takeaway=f"> **Trois réflexes : {title}**\n>\n> 1. **Regarder** avant de conclure.\n> 2. **Vérifier** <script>alert(1)</script>.\n> 3. **Dire** ce qui reste incertain.",
    )
