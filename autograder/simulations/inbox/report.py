"""The inbox in French: what the page draws, what is said of a badly sorted message, and the sort as a table."""

import html
from typing import Any

from autograder.simulations.inbox.bank import ADVERT, KINDS, LEGITIMATE, PHISHING, Link, Message, bank
from autograder.simulations.inbox.box import SIZE, Box, draw
from autograder.simulations.inbox.words import (
    CONTACTS,
    FILE,
    HANDLE,
    MAILBOXES,
    REPORT,
    RIGHT_SORTS,
    SHORT_SORTS,
    SORTS,
)

DONE = {
    (PHISHING, HANDLE): "Vous l’avez traité comme un message ordinaire.",
    (PHISHING, FILE): "Vous l’avez rangé sans prévenir personne.",
    (LEGITIMATE, REPORT): "Vous l’avez signalé, et l’expéditeur attend toujours.",
    (LEGITIMATE, FILE): "Vous l’avez rangé, et personne ne le lira plus.",
    (ADVERT, REPORT): "Vous l’avez signalé comme un piège.",
    (ADVERT, HANDLE): "Vous l’avez gardé pour le traiter.",
}
"""(kind, sort) -> what a wrong sort did, said before the reason of the message."""


def board(seed: int) -> dict[str, Any]:
    """Return what the page draws of an inbox: nothing of what has to be found out."""
    return {
        "seed": seed,
        "messages": [_shown(message, rank) for rank, message in enumerate(draw(seed))],
        "sorts": [[key, label, SHORT_SORTS[key]] for key, label in SORTS.items()],
        "contacts": [[who, domain] for domain, who in CONTACTS.items()],
        "mailboxes": " et ".join(MAILBOXES),
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
            f"**« {message.subject} », de {message.name}.** {DONE[message.kind, sort]} {message.why}",
        )
        for message in bank().values()
        for sort in SORTS
        if sort != RIGHT_SORTS[message.kind]
    ]


def matrix(box: Box) -> str:
    """Return the confusion matrix of a sorted inbox as an HTML table; "" while something is not sorted."""
    if box.missing:
        return ""
    names = {PHISHING: "hameçonnage", LEGITIMATE: "légitime", ADVERT: "publicité"}
    rows = []
    for kind in KINDS:
        sorted_as = [box.sorts[message.id] for message in box.messages if message.kind == kind]
        cells = "".join(f"<td>{sorted_as.count(sort)}</td>" for sort in (REPORT, HANDLE, FILE))
        rows.append(f'<tr><th scope="row">{names[kind]}</th>{cells}</tr>')
    heads = "".join(
        f'<th scope="col">classés « {SHORT_SORTS[sort]} »</th>' for sort in (REPORT, HANDLE, FILE)
    )
    return (
        '<div class="campus-table" tabindex="0" role="group" aria-label="Votre tri en tableau"><table>'
        f"<caption>Votre tri en tableau : ce que sont les {SIZE} messages, et comment vous les avez classés</caption>"
        f'<thead><tr><th scope="col">Ce que c’est</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def summary(box: Box) -> str:
    """Return a sorted inbox as an HTML list, for pages without script."""
    items = [
        f"<li>{html.escape(message.subject)} ({html.escape(message.address)}) : "
        f"{SHORT_SORTS.get(box.sorts.get(message.id, ''), 'non trié')}</li>"
        for message in box.messages
    ]
    return f"<p>Tirage no {box.seed}</p><ul>{''.join(items)}</ul>"
