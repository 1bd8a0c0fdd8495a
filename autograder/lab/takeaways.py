"""« Mes fiches »: the cards of the modules whose end was reached, on one page to print; the others, to come."""

from collections.abc import Iterator

from markupsafe import Markup

from autograder.checks import text
from autograder.html import joined, listed
from autograder.lab.card import Card
from autograder.lab.home import Home
from autograder.lab.page_parts import count, link, named

ABOUT = (
    "L’essentiel de chaque module, à garder. Une fiche paraît ici quand vous arrivez à la fin de son module."
)
NONE = "Vous n’avez pas encore de fiche : ouvrez un module et allez jusqu’à l’étape « À emporter »."
PRINT = Markup(
    '<p class="campus-screen"><button type="button" data-command="campus:print">Imprimer mes fiches</button></p>'
)


def render(home: Home) -> str:
    """Return the content of the page, in the order of the programme: parts with an id, as on the home page."""
    return str(joined(_parts(home)))


def _parts(home: Home) -> Iterator[Markup]:
    cards = [module for track in home.offer.tracks for module in track.modules if module.takeaway]
    own = [module for module in cards if module.folder_name in home.reached]
    yield Markup('<div id="campus-fiches"><h1>Mes fiches</h1><p class="campus-screen">{}</p>{}</div>').format(
        ABOUT, PRINT if own else Markup("<p>{}</p>").format(NONE)
    )
    for module in own:
        yield _card(module)
    if left := [module for module in cards if module not in own]:
        yield Markup(
            '<details id="campus-fiches-a-venir" class="campus-screen"><summary>{}</summary>{}</details>'
        ).format(
            f"{count(len(left), 'fiche')} à venir", listed(link(module, named(module)) for module in left)
        )


def _card(module: Card) -> Markup:
    """The author's text is Markdown; raw HTML in it is escaped."""
    return Markup(
        '<article id="campus-fiche-{folder}" class="campus-takeaway" tabindex="-1"><h2>{title}</h2>{text}'
        '<p class="campus-screen">{again}</p></article>'
    ).format(
        folder=module.folder_name,
        title=named(module),
        text=text.render(module.takeaway),
        again=link(module, "Rouvrir le module"),
    )
