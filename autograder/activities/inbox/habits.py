"""Ways of sorting without looking at what decides, and how to recognise them in a sorted inbox."""

from collections.abc import Callable

from autograder.activities.inbox.bank import PHISHING, Message
from autograder.activities.inbox.box import Box
from autograder.activities.inbox.words import FILE, HANDLE, REPORT

PRESSING = (
    *("urgent", "urgence", "immédiat", "aujourd’hui même", "avant ce soir", "dernier rappel", "dernier avis"),
    *("dernier délai", "expire", "suspend", "bloqué", "sous 24", "sous 48"),
)
"""What a reader of pressing words looks for."""

KNOWN_NAMES = (
    *(
        "val-de-brume",
        "trois-vallons",
        "préfecture",
        "finances publiques",
        "centre de gestion",
        "mutuelle des agents",
    ),
    *(
        "plateforme de partage",
        "visioconférence",
        "banque de la régie",
        "transporteur de la mairie",
        "papeterie dubois",
    ),
    *("électricité", "lycée", "formation des agents", "nadia roux", "sami lenoir", "claire aubin"),
)
"""What a reader of displayed names trusts."""

ENOUGH = 3
"""Errors from which a habit is recognised."""


def presses(message: Message) -> bool:
    """Tell whether the subject or the text of a message presses its reader."""
    shown = [message.subject, *(part for part in message.body if isinstance(part, str))]
    text = " ".join(shown).lower().replace("\u00a0", " ")
    return any(word in text for word in PRESSING)


def has_known_name(message: Message) -> bool:
    """Tell whether the displayed name is one that an agent of Val-de-Brume knows."""
    return any(name in message.name.lower() for name in KNOWN_NAMES)


STRATEGIES: dict[str, Callable[[Message], str]] = {
    "tout-signaler": lambda message: REPORT,
    "tout-traiter": lambda message: HANDLE,
    "urgence": lambda message: REPORT if presses(message) else HANDLE,
    "nom-affiche": lambda message: HANDLE if has_known_name(message) else REPORT,
}
"""habit -> how it sorts a message."""


def habits(box: Box) -> list[str]:
    """Return the habits that a sorted inbox shows: strategies, and « supprimer » (phishing put with the unwanted mail).

    A strategy is shown when there are three errors at least, and when it would make every one of these errors.
    """
    wrong = box.wrong
    one_way = len({box.sorts[message.id] for message in wrong}) == 1
    found = []
    for name, strategy in STRATEGIES.items():
        follows = all(box.sorts[message.id] == strategy(message) for message in wrong)
        if len(wrong) >= ENOUGH and follows and one_way == name.startswith("tout-"):
            found.append(name)
    if any(message.kind == PHISHING and box.sorts[message.id] == FILE for message in wrong):
        found.append("supprimer")
    return found
