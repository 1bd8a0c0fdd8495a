"""The form that searches and filters modules; the page shows and hides them (extension/home/finder.js)."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from autograder.html import joined
from autograder.lab.card import Card
from autograder.lab.home import AUDIENCES, TrackCard

DURATIONS = {"30": "30 minutes au plus", "45": "45 minutes au plus", "60": "1 heure au plus"}
CODES = {"without": "Sans code", "with": "Avec du code, si vous voulez"}
"""Forms take every answer: all modules can be done without code."""
EMPTY = "Aucun module ne correspond. Cherchez un mot plus court, ou effacez les filtres."


def form(tracks: Sequence[TrackCard], competences: Mapping[str, str]) -> Markup:
    """Return the search form; a list that would offer no choice is left out."""
    modules = [module for track in tracks for module in track.modules]
    return Markup(
        '<form class="campus-finder" role="search" aria-label="Chercher un module"><p class="campus-finder-text">'
        '<label for="campus-find-text">Chercher dans les titres, les objectifs, les publics et les compétences</label>'
        '<input id="campus-find-text" name="text" type="search" autocomplete="off"></p>{lists}'
        '<p class="campus-found"><span role="status" data-empty="{empty}"></span> <button type="reset" hidden>Effacer les filtres</button></p></form>'
    ).format(
        lists=joined(_list(*one) for one in _lists(tracks, modules, competences) if len(one[-1]) > 1),
        empty=EMPTY,
    )


def _lists(
    tracks: Sequence[TrackCard], modules: Sequence[Card], competences: Mapping[str, str]
) -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
    audiences = {code for module in modules for code in module.audience}
    served = {code for module in modules for code in module.competences}
    yield "audience", "Pour qui", "Tous", _only(AUDIENCES, audiences)
    yield "minutes", "Durée", "Toutes", DURATIONS
    yield "track", "Parcours", "Tous", {one.id: one.title for one in tracks if one.modules}
    yield "competence", "Compétence", "Toutes", _only(competences, served)
    yield (
        "code",
        "Code",
        "Avec ou sans",
        CODES if any(module.code for module in modules) else {},
    )


def _only(texts: Mapping[str, str], kept: set[str]) -> dict[str, str]:
    return {code: text[0].upper() + text[1:] for code, text in texts.items() if code in kept}


def _list(name: str, label: str, every: str, options: Mapping[str, str]) -> Markup:
    return Markup(
        '<p><label for="campus-find-{name}">{label}</label><select id="campus-find-{name}" name="{name}">{options}</select></p>'
    ).format(
        name=name,
        label=label,
        options=joined(
            Markup('<option value="{}">{}</option>').format(*one) for one in {"": every, **options}.items()
        ),
    )
