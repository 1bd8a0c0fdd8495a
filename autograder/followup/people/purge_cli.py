"""The verb `campus purge`."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from autograder import paths
from autograder.grading.errors import GradingError
from autograder.printable import FIELD, printable, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from autograder.followup.people.course import Course
    from autograder.followup.people.needles import Needles
    from autograder.followup.people.proof import Place
    from autograder.followup.people.purge import Erased

NOBODY = (
    "Rien n’a été trouvé au nom de « {learner} » : déjà effacé, ou identifiant mal écrit. Vérifiez-le dans la liste de la "
    "classe{alike}. Majuscules et minuscules comptent."
)
ONE_OR_DATE = "Donnez un identifiant (« campus purge jean.dupont »), ou une date (« campus purge --older-than 2026-01-01 »)."
BAD_DATE = "« {text} » n’est pas une date : écrivez l’année, le mois et le jour, par exemple 2026-01-01."
NO_ANSWER = (
    "Personne ne peut répondre ici : rien n’a été effacé. Relancez avec « --yes » pour effacer sans question."
)
GIVEN_UP = "Rien n’a été effacé."
QUESTION = (
    "Effacer définitivement toutes les données de {people} : copies, réponses, notes, commentaires, retours ? "
    "Tapez « oui » pour effacer : "
)
AGAIN = "Ces fichiers nommaient la personne, ils ont été supprimés ; refaites ceux dont vous avez besoin :"
HELD = "Ces sauvegardes contiennent encore la personne :"
REMEDY = (
    "  Faites-en une neuve (« campus backup »), puis supprimez-les. Si vous en restaurez une un jour, relancez aussitôt la "
    "même commande d’effacement."
)
OUT_OF_REACH = "  {path} : ce fichier n’est plus là. S’il existe ailleurs (clé, serveur), supprimez-le aussi."
ALONE = (
    "« {name} » n’a pas été cherché seul : c’est aussi le nom de quelqu’un d’autre, ou un mot des modules."
)
STAYS = (
    "Il reste des traces dans ces fichiers. Ouvrez-les : si le texte parle bien de cette personne, effacez-le ou supprimez "
    "le fichier, puis relancez la même commande."
)
CLEAN = "Preuve : 0 trace de l’identifiant, des noms, de l’adresse et de la clé connus."
UNKNOWN_NAMES = "Le carnet de notes ne connaît pas son nom ni son adresse : seul l’identifiant « {learner} » a été cherché."


def add_parser(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `campus purge` and its options."""
    parser = subparsers.add_parser(
        "purge",
        help="effacer toutes les données d’une personne, et le prouver",
        description="Efface une personne du carnet de notes, des copies, des retours, de l’échange, des exports et de ce que "
        "la correction garde. C’est définitif.",
    )
    parser.add_argument(
        "learners", nargs="*", metavar="ID", help="l’identifiant d’une personne, ou de plusieurs"
    )
    parser.add_argument(
        "--older-than",
        metavar="DATE",
        help="toutes les personnes dont la dernière copie date d’avant ce jour (2026-01-01) : d’abord leur liste, puis la question",
    )
    parser.add_argument(
        "--proof",
        action="store_true",
        help="chercher ensuite toute trace de la personne, et montrer le résultat",
    )
    parser.add_argument("--yes", action="store_true", help="effacer sans poser la question")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Erase people; 0 when each was known and no trace is found. Raises GradingError and OSError."""
    from autograder.followup.people.course import open_course

    if bool(args.learners) == bool(args.older_than):
        raise GradingError(ONE_OR_DATE)
    course = open_course(paths.course())
    learners = args.learners or _past(course, _day(args.older_than))
    if not learners:
        say("Personne à effacer.")
        return 0
    _confirm(learners, args.yes)
    return max([_purge(course, learner, args.proof) for learner in learners])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise GradingError(BAD_DATE.format(text=printable(text, FIELD))) from None


def _past(course: "Course", limit: date) -> list[str]:
    """Tell whose last copy is older than a day, and who has no copy at all; return the former."""
    from autograder.followup.people.retention import last_dates

    dates = last_dates(course)
    past = [one for one, last in dates.items() if last is not None and last < limit]
    say(f"Dernière copie avant le {limit} : {len(past)} personne(s).")
    for one in past:
        say(f"  {printable(one)} : {dates[one]}")
    if never := [printable(one) for one, last in dates.items() if last is None]:
        say(f"Inscrites sans aucune copie, à effacer par leur identifiant s’il le faut : {', '.join(never)}.")
    return past


def _confirm(learners: list[str], yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise GradingError(NO_ANSWER)
    people = f"« {printable(learners[0])} »" if len(learners) == 1 else f"ces {len(learners)} personnes"
    print(QUESTION.format(people=people), end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != "oui":
        raise GradingError(GIVEN_UP)


def _purge(course: "Course", learner: str, wants_proof: bool) -> int:
    from autograder.followup.people.person import find_anywhere
    from autograder.followup.people.proof import needles_of
    from autograder.followup.people.purge import purge

    person = find_anywhere(course, learner)
    needles = needles_of(course, person)
    done = purge(course, learner, needles)
    _tell(course, learner, done)
    _tell_backups(course, learner, needles)
    failed = bool(done.problems) or not (done.known or wants_proof)
    return int(_prove(course, learner, needles, bool(person.rows)) or failed) if wants_proof else int(failed)


def _tell(course: "Course", learner: str, done: "Erased") -> None:
    shown = printable(learner, FIELD)
    if not done.known:
        say(NOBODY.format(learner=shown, alike=_alike(course, learner)))
    else:
        say(
            f"« {shown} » est effacé : {len(done.folders)} dossier(s), {done.pages} page(s) de retour dans l’échange, "
            f"{done.rows} ligne(s) de la liste de la classe avec notes, commentaires et parcours."
        )
    if done.again:
        say(
            "\n".join(
                [
                    AGAIN,
                    *(
                        f"  {printable(path.relative_to(course.root) if course.root in path.parents else path)}"
                        for path in done.again
                    ),
                ]
            )
        )
    for problem in done.problems:
        say(problem)


def _alike(course: "Course", learner: str) -> str:
    """Name who has nearly this identifier."""
    from autograder.followup.people.person import everyone
    from autograder.followup.people.places import learners
    from autograder.grading.identifiers import fold

    known = {*learners(course), *(one.learner for one in everyone(course))}
    alike = sorted(printable(one) for one in known if fold(one) == fold(learner))
    return f" (presque pareil : {', '.join(alike)})" if alike else ""


def _tell_backups(course: "Course", learner: str, needles: "Needles") -> None:
    from autograder.followup.kept_backups import known_backups
    from autograder.followup.people.backups import holds

    backups = known_backups(course.root)
    held = [f"  {path}" for path in backups if path.is_file() and holds(path, learner, needles)]
    gone = [OUT_OF_REACH.format(path=path) for path in backups if not path.is_file()]
    if held or gone:
        say("\n".join([HELD, *held, *gone, REMEDY]))


def _prove(course: "Course", learner: str, needles: "Needles", has_names: bool) -> int:
    """Search, and print the table of the places; return 1 when something stays."""
    from autograder.followup.people.proof import prove

    found = prove(course, needles)
    say("\n".join(["Lieu                      cherchés   traces", *map(_line, found)]))
    for name in needles.passed_over:
        say(ALONE.format(name=printable(name, FIELD)))
    if not has_names:
        say(UNKNOWN_NAMES.format(learner=printable(learner, FIELD)))
    hits = [hit for place in found for hit in place.hits]
    say("\n".join([STAYS, *(f"  {printable(hit)}" for hit in hits)]) if hits else CLEAN)
    return int(bool(hits))


def _line(place: "Place") -> str:
    return f"{place.name:<24}{place.searched:>10}{len(place.hits):>9}"
