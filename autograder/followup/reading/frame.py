"""What the pages of the reading have in common: a document of its own, its head, the words of marks."""

from dataclasses import dataclass

from markupsafe import Markup

from autograder.french.numbers import points
from autograder.html import joined

PAGE = Markup(
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title}</title><link rel="stylesheet" href="{root}/fichiers/reading.css">'
    '<script type="module" src="{root}/fichiers/reading.js"></script></head><body>{content}</body></html>'
)
PROBLEM = Markup(
    '<main><h1>Lire les réponses libres</h1><p role="alert"><strong>À savoir.</strong> {}</p>{}</main>'
)


@dataclass(frozen=True)
class Place:
    """Where the pages are served."""

    root: str
    """The address of the list, without a slash at the end."""
    xsrf: str
    """What the server asks for in every request that changes something."""


def document(place: Place, title: str, content: Markup) -> str:
    """Return a whole page."""
    return str(PAGE.format(title=title, root=place.root, content=content))


def problem(place: Place, said: str) -> str:
    """Return the page that says what keeps the others from being shown."""
    back = Markup('<p><a href="{}">Revenir à la liste des questions</a></p>').format(place.root)
    return document(place, "Lire les réponses libres", PROBLEM.format(said, back))


def link(address: str, text: str) -> Markup:
    """Return a link."""
    return Markup('<a href="{}">{}</a>').format(address, text)


def ways(*links: Markup) -> Markup:
    """Return the links to the other pages."""
    items = joined(Markup("<li>{}</li>").format(one) for one in links)
    return Markup('<nav aria-label="Pages de lecture"><ul>{}</ul></nav>').format(items)


def told(value: float | None) -> str:
    """Return points in words; a dash where there are none."""
    return "—" if value is None else points(value)
