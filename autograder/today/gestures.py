"""The gestures of a module: what each button says and runs, and which comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.today import deposits
from autograder.today.errors import Refused
from autograder.today.model import Standing

NO_FILE = "Aucun fichier n’est déposé. Choisissez d’abord un fichier, puis recommencez."


@dataclass(frozen=True)
class Gesture:
    """`label`: the button; `during`: what is told meanwhile; `command`: the words after `campus`, where `{module}` stands for the module.

    `files`: the deposited files come after them: all of those of a module, or the last class list. `json`: what is found is asked too.
    """

    label: str
    during: str
    command: str
    files: bool = False
    json: bool = False

    def arguments(self, course: Path, module: str) -> list[str]:
        """Return the words of the command. Raises Refused when files are wanted and there is none."""
        words = [word.format(module=module) for word in self.command.split()]
        return [
            *words,
            *(self._files(course, module) if self.files else ()),
            *(["--json"] if self.json else ()),
        ]

    def _files(self, course: Path, module: str) -> list[str]:
        found = deposits.kept(course, module)
        if not found:
            raise Refused(NO_FILE)
        return list(map(str, found[-1:] if module == deposits.LIST else found))

    def typed(self, name: str) -> str:
        """Return the command as people type it."""
        return f"campus {self.command.format(module=name)}{' FICHIERS' if self.files else ''}"


GESTURES: Mapping[str, Gesture] = {
    "build": Gesture("Construire", "Construction", "build {module}"),
    "release": Gesture("Publier", "Publication", "release {module}"),
    "collect": Gesture("Ramasser", "Ramassage", "collect {module}", json=True),
    "files": Gesture(
        "Ramasser les fichiers déposés",
        "Ramassage des fichiers déposés",
        "collect {module}",
        files=True,
        json=True,
    ),
    "grade": Gesture("Corriger", "Correction", "grade {module}"),
    "patient": Gesture(
        "Corriger les copies lentes", "Correction des copies lentes", "grade {module} --patient"
    ),
    "again": Gesture(
        "Corriger de nouveau toutes les copies", "Nouvelle correction", "grade {module} --force"
    ),
    "feedback": Gesture("Rendre les corrections", "Remise des corrections", "feedback {module}"),
    "unread": Gesture(
        "Rendre aussi les copies à lire, avec la mention « pas encore notée »",
        "Remise de toutes les corrections",
        "feedback {module} --with-unread",
    ),
    "marks": Gesture(
        "Exporter les notes pour un tableur", "Export des notes", "marks {module} --format csv-fr"
    ),
    "moodle": Gesture("Exporter les notes pour Moodle", "Export des notes", "marks {module} --format moodle"),
    "report": Gesture("Faire le bilan", "Bilan", "report {module}"),
    "learners": Gesture(
        "Importer la liste de la classe", "Import de la liste", "learners import", files=True
    ),
}
"""By the name that the page sends."""

READ = "read"
"""To read free answers is no command: the next gesture is then a link."""


@dataclass(frozen=True)
class Next:
    """The next gesture of a module, and why, in French."""

    gesture: str
    why: str


def following(module: Standing) -> Next | None:
    """Return the next gesture of a module; None when nothing waits."""
    return next((Next(name, _count(why, module)) for name, waits, why in RULES if waits(module)), None)


def _count(why: Sequence[str], module: Standing) -> str:
    if len(why) == 1:
        return why[0]
    one, many, of = why
    number: int = getattr(module, of)
    return one if number == 1 else many.format(number)


RULES: Sequence[tuple[str, Callable[[Standing], bool], Sequence[str]]] = (
    ("build", lambda m: not m.built and not m.handed_in, ("Le carnet n’est pas encore construit.",)),
    (
        "release",
        lambda m: not m.published and not m.handed_in and not m.arrived,
        ("Les apprenants ne peuvent pas encore le recevoir par l’échange.",),
    ),
    (
        "files",
        lambda m: m.deposited > 0,
        ("1 fichier déposé attend.", "{} fichiers déposés attendent.", "deposited"),
    ),
    (
        "collect",
        lambda m: m.arrived > 0,
        ("1 copie est arrivée dans l’échange.", "{} copies sont arrivées dans l’échange.", "arrived"),
    ),
    (
        "grade",
        lambda m: m.to_grade > 0,
        ("1 copie n’est pas encore corrigée.", "{} copies ne sont pas encore corrigées.", "to_grade"),
    ),
    (
        "report",
        lambda m: m.graded > 0 and not m.reported,
        ("Les copies sont corrigées : voyez qui bloque, et sur quelle idée.",),
    ),
    (
        READ,
        lambda m: m.waiting > 0,
        ("1 réponse libre attend votre lecture.", "{} réponses libres attendent votre lecture.", "waiting"),
    ),
    (
        "feedback",
        lambda m: m.to_give > 0,
        ("1 correction est prête à rendre.", "{} corrections sont prêtes à rendre.", "to_give"),
    ),
)
"""In order: what comes first is proposed first. A text of a count has its singular, its plural and what it counts."""
