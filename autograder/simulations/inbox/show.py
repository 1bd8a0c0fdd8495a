"""What the module's notebook shows: `boite.message("exemple-piege")`, `boite.contacts()`."""

import html

from autograder.show import Html
from autograder.simulations.inbox.bank import Link, examples
from autograder.simulations.inbox.words import CONTACTS, MAILBOXES

FRAME = "border:1px solid #767676;border-radius:4px;padding:0.5em 1em;max-width:46em;margin:0.5em 0"


def message(name: str) -> Html:
    """Show a message of the lesson, with its true addresses; nothing in it can be clicked."""
    shown = examples()[name]
    lines = [
        ("De (nom affiché)", shown.name),
        ("Adresse réelle", shown.address),
        *([("Réponse envoyée à", shown.reply_to)] if shown.reply_to else []),
        ("Objet", shown.subject),
    ]
    body = [
        [part.text, f"(lien ; sa cible : {part.target})"] if isinstance(part, Link) else [part]
        for part in shown.body
    ]
    head = "".join(f"<div><strong>{name}\u00a0:</strong> {html.escape(value)}</div>" for name, value in lines)
    paragraphs = "".join(
        f"<p>{html.escape(part[0])}</p>"
        if len(part) == 1
        else f"<p><u>{html.escape(part[0])}</u> {html.escape(part[1])}</p>"
        for part in body
    )
    text = "\n".join([f"{name} : {value}" for name, value in lines] + [" ".join(part) for part in body])
    return Html(
        f'<div role="group" aria-label="Message fictif" style="{FRAME};overflow-wrap:anywhere">'
        f'<p><em>Message fictif</em></p><div style="margin-bottom:0.5em">{head}</div>{paragraphs}</div>',
        text,
    )


def contacts() -> Html:
    """Show the address book of Val-de-Brume: the domains that its agents know."""
    rows = [(who, domain) for domain, who in CONTACTS.items()]
    rows.append(("Messageries grand public (usagers, associations)", ", ".join(MAILBOXES)))
    body = "".join(
        f'<tr><th scope="row" style="text-align:left">{html.escape(who)}</th>'
        f'<td style="text-align:left">{html.escape(domain)}</td></tr>'
        for who, domain in rows
    )
    caption = "Carnet d’adresses de Val-de-Brume (fictif)"
    return Html(
        f'<table><caption style="text-align:left;font-weight:bold">{caption}</caption><thead><tr>'
        f'<th scope="col" style="text-align:left">Service</th><th scope="col" style="text-align:left">Son domaine</th>'
        f"</tr></thead><tbody>{body}</tbody></table>",
        "\n".join([caption, *(f"{who} : {domain}" for who, domain in rows)]),
    )
