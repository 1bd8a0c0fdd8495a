"""The inbox in French: what the page draws, what is said of a badly sorted message, and the sort as a table."""

from typing import Any

from markupsafe import Markup

from autograder.activities.inbox.bank import (
    ADVERT,
    KINDS,
    LEGITIMATE,
    MISLEADING,
    PHISHING,
    Link,
    Message,
    bank,
)
from autograder.activities.inbox.box import SIZE, Box, draw
from autograder.activities.inbox.words import (
    AGENDA,
    CONTACTS,
    DECLINE,
    FILE,
    HANDLE,
    MAILBOXES,
    REPORT,
    RIGHT_SORTS,
    SHORT_KINDS,
    SHORT_SORTS,
    SORTS,
)
from autograder.french.marks import quoted, spaced
from autograder.html import cell, heading, listed, table

DONE = {
    (PHISHING, HANDLE): "Vous l’avez traité comme un message ordinaire.",
    (PHISHING, FILE): "Vous l’avez rangé sans prévenir personne.",
    (
        PHISHING,
        DECLINE,
    ): "Sans répondre, et en le disant : la moitié du point. Mais la sécurité ne le sait pas.",
    (MISLEADING, HANDLE): "Vous l’avez traité, et la commande est peut-être passée.",
    (MISLEADING, FILE): "Vous l’avez rangé ; le même attend peut-être chez un collègue.",
    (MISLEADING, REPORT): "Sans répondre, et en le disant : la moitié du point. Mais il n’imite personne.",
    (LEGITIMATE, REPORT): "Vous l’avez signalé, et l’expéditeur attend toujours.",
    (LEGITIMATE, FILE): "Vous l’avez rangé, et personne ne le lira plus.",
    (LEGITIMATE, DECLINE): "Vous l’avez pris pour un démarchage, et l’expéditeur attend toujours.",
    (ADVERT, REPORT): "Vous l’avez signalé comme un piège.",
    (ADVERT, HANDLE): "Vous l’avez gardé pour le traiter.",
    (ADVERT, DECLINE): "Vous l’avez signalé comme trompeur.",
}
"""(kind, sort) -> what a wrong sort did, said before the reason of the message."""


AIDS: list[dict[str, Any]] = [
    {
        "title": "Carnet d’adresses : ce que vous connaissez",
        "heads": ["Service", "Son domaine"],
        "rows": [
            *([who, domain] for domain, who in CONTACTS.items()),
            ["Messageries grand public (usagers, associations)", " et ".join(MAILBOXES)],
        ],
    },
    {
        "title": "Agenda : ce que vous attendez",
        "heads": ["Quand, ou quoi", "Ce qui est prévu"],
        "rows": [[when, what] for when, what in AGENDA.items()],
    },
]
"""What stands beside the messages: with it, each of them can be settled by what is shown."""


def board(seed: int) -> dict[str, Any]:
    """Return what the page draws of an inbox: nothing of what has to be found out."""
    return {
        "seed": seed,
        "messages": [_shown(message, rank) for rank, message in enumerate(draw(seed))],
        "sorts": [[key, label, SHORT_SORTS[key]] for key, label in SORTS.items()],
        "aids": AIDS,
    }


def _shown(message: Message, rank: int) -> dict[str, Any]:
    minutes = 9 * 60 + 52 - 11 * rank  # the latest first, as mail clients do
    return {
        "id": message.id,
        "name": message.name,
        "address": message.address,
        "reply_to": message.reply_to,
        "subject": message.subject,
        "at": f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}",
        "body": [
            {"text": part.text, "target": part.target} if isinstance(part, Link) else part
            for part in message.body
        ],
        "attachments": list(message.attachments),
    }


def told() -> list[tuple[str, str, str]]:
    """Return (message, wrong sort, what is said of it) for every message of the bank."""
    return [
        (
            message.id,
            sort,
            spaced(f"**« {message.subject} », de {message.name}.** {DONE[message.kind, sort]} {message.why}"),
        )
        for message in bank().values()
        for sort in SORTS
        if sort != RIGHT_SORTS[message.kind]
    ]


def matrix(box: Box) -> str:
    """Return the confusion matrix of a sorted inbox as an HTML table; "" while something is not sorted."""
    if box.missing:
        return ""
    rows = []
    for kind in KINDS:
        sorted_as = [box.sorts[message.id] for message in box.messages if message.kind == kind]
        counts = [cell(str(sorted_as.count(sort)), "") for sort in RIGHT_SORTS.values()]
        rows.append([heading(SHORT_KINDS[kind], "row", ""), *counts])
    heads = [
        heading(text, "col", "")
        for text in (
            "Ce que c’est",
            *(f"classés {quoted(SHORT_SORTS[sort])}" for sort in RIGHT_SORTS.values()),
        )
    ]
    caption = f"Votre tri en tableau\u00a0: ce que sont les {SIZE} messages, et comment vous les avez classés"
    framed = Markup(
        '<div class="campus-table" tabindex="0" role="group" aria-label="Votre tri en tableau">{}</div>'
    )
    return str(framed.format(table(caption, heads, rows, "")))


def summary(box: Box) -> str:
    """Return a sorted inbox as an HTML list, for pages without script."""
    items = [
        f"{message.subject} ({message.address})\u00a0: {SHORT_SORTS.get(box.sorts.get(message.id, ''), 'non trié')}"
        for message in box.messages
    ]
    return Markup("<p>Tirage nº {}</p>{}").format(box.seed, listed(items))
