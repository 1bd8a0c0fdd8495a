"""What is said of an answers file that is gone, damaged or another module's: before it is written again, and after."""

from enum import Enum

from autograder.contract.names import ANSWERS


class Lost(Enum):
    """Why there is nothing to read: what is said while it lasts, then of what was found."""

    GONE = ("a disparu", "avait disparu")
    DAMAGED = ("est abîmé", "était abîmé")
    FOREIGN = ("vient d’un autre module", "venait d’un autre module")


NOTHING_KNOWN = {
    Lost.DAMAGED: f"Le fichier de réponses « {ANSWERS} » est abîmé : les réponses données par formulaire n’ont pas pu être "
    "relues. Il sera gardé sous un autre nom à votre prochaine réponse ; répondez à nouveau, ou prévenez votre formateur.",
    Lost.FOREIGN: f"Le fichier de réponses « {ANSWERS} » vient d’un autre module : ses réponses ne sont pas comptées. Il sera "
    "gardé sous un autre nom à votre prochaine réponse. Répondez à nouveau, ou remettez ici le fichier de ce module.",
}
"""Said where the answers that stood in the file are not known; one that was never there is nothing to tell."""


def told(lost: Lost, known: bool) -> str | None:
    """Return what is said as long as the file is lost; `known`: its answers are still shown."""
    if not known:
        return NOTHING_KNOWN.get(lost)
    aside = "" if lost is Lost.GONE else " Ce fichier sera gardé sous un autre nom."
    return (
        f"Le fichier de réponses « {ANSWERS} » {lost.value[0]}. Vos réponses sont encore affichées ici : elles seront "
        f"enregistrées de nouveau à votre prochaine réponse.{aside}"
    )


def mended(lost: Lost, known: bool, aside: str) -> str | None:
    """Return what is said once the file is written again; `aside` is the name under which the one found is kept, if any."""
    if lost is Lost.GONE:
        again = f"Le fichier de réponses « {ANSWERS} » avait disparu : il est réécrit, avec les réponses qu’il contenait."
        return again if known else None
    again = (
        "Vos réponses de ce module sont enregistrées de nouveau."
        if known
        else "Vérifiez vos autres réponses."
    )
    return f"Le fichier de réponses « {ANSWERS} » {lost.value[1]} : il est gardé sous le nom « {aside} ». {again}"
