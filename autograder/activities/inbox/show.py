"""What the module's notebook shows: `boite.message("exemple-innocent")`."""

from markupsafe import Markup

from autograder.activities.inbox.bank import Link, examples
from autograder.html import joined
from autograder.show import Html

FRAME = "border:1px solid #767676;border-radius:4px;padding:0.5em 1em;max-width:46em;margin:0.5em 0"
LINE = Markup('<p style="margin:0.3em 0">')


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
    head = joined(Markup("<div><strong>{}\u00a0:</strong> {}</div>").format(*line) for line in lines)
    paragraphs = joined(
        Markup("{}{}</p>" if len(part) == 1 else "{}<u>{}</u> {}</p>").format(LINE, *part) for part in body
    )
    text = "\n".join([f"{name} : {value}" for name, value in lines] + [" ".join(part) for part in body])
    page = Markup(
        '<div role="group" aria-label="Message fictif" style="{};overflow-wrap:anywhere">'
        '{}<em>Message fictif</em></p><div style="margin-bottom:0.5em">{}</div>{}</div>'
    )
    return Html(str(page.format(FRAME, LINE, head, paragraphs)), text)
