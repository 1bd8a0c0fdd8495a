"""The home page as HTML: native elements, headings in order, every progress told in words."""

from collections.abc import Iterator

from markupsafe import Markup

from autograder.french.marks import spaced
from autograder.html import joined, listed
from autograder.lab import page_modules, page_search
from autograder.lab.card import Card
from autograder.lab.home import Home
from autograder.lab.page_parts import count, duration, folded, link, named, section
from autograder.progress.summary import Next

GUIDES = "guides"
LEARNER_GUIDE = f"{GUIDES}/apprenant.md"
HELP = {
    LEARNER_GUIDE: "Guide de l’apprenant",
    f"{GUIDES}/accessibilite.md": "Accessibilité",
    f"{GUIDES}/confidentialite.md": "Vie privée",
}
FORGET = Markup(
    '<p><button type="button" data-action="effacer">Effacer mon parcours</button> Ce bouton oublie vos essais, vos indices, '
    "vos fiches, le parcours suivi et votre progression. Vos carnets et vos réponses restent.</p>"
)
PROBLEM_TOLD = Markup('<p role="alert" class="campus-problem"><strong>À savoir.</strong> {}</p>')
WHY = {
    "started": "Vous l’avez commencé, et vos réponses y sont gardées : il reste environ {left}.",
    "track": "C’est la suite du parcours que vous suivez, « {track} ».",
    "prepares": "{about}, du parcours que vous suivez, demande de l’avoir terminé.",
    "first": "Il ne demande aucune connaissance préalable.",
    "follows": "Il suit {about}, que vous avez terminé.",
}


def render(home: Home) -> str:
    """Return the content of the page: parts with an id, so that the page replaces only those that change."""
    return str(joined(_parts(home)))


def _parts(home: Home) -> Iterator[Markup]:
    modules = {module.folder_name: module for module in home.offer.modules}
    following = home.progress.next
    yield _welcome(home)
    if home.offer.problems:
        yield Markup('<div id="campus-problemes">{}</div>').format(
            joined(map(PROBLEM_TOLD.format, home.offer.problems))
        )
    yield section(
        "suite", "À suivre", _next(home, following, modules), _standing(home, list(modules.values()))
    )
    yield section("modules", "Les modules", page_search.form(home.offer.tracks, home.offer.competences))
    current = following.folder if following else ""
    for track in home.offer.tracks:
        if track.modules:
            opened = any(module.folder_name == current for module in track.modules)
            yield page_modules.track(track, home, opened=opened)
    yield _competences(home)
    yield _help(home)


def _welcome(home: Home) -> Markup:
    return Markup(
        '<div id="campus-bienvenue"><h1>Bienvenue dans votre espace de formation</h1>'
        "<p>Ici, vous apprenez en faisant, à votre rythme, sur de vraies données publiques. Tout reste sur cet espace.</p>"
        '<nav aria-label="Raccourcis"><ul class="campus-shortcuts"><li><a href="#" data-path="{guide}">{title}</a></li>'
        '<li><a href="#" data-command="campus:takeaways">Mes fiches ({cards})</a></li>'
        '<li><a href="#" data-command="campus:glossary">Glossaire</a></li></ul></nav></div>'
    ).format(guide=LEARNER_GUIDE, title=HELP[LEARNER_GUIDE], cards=len(home.reached))


def _next(home: Home, following: Next | None, modules: dict[str, Card]) -> Markup:
    if following is None:
        return Markup("<p>Vous pouvez rouvrir un module à tout moment : vos réponses y sont.</p>")
    module = modules[following.folder]
    why = WHY[following.reason].format(
        left=duration(home.progress.modules[module.id].minutes_left),
        track=next((track.title for track in home.offer.tracks if track.id == module.track), ""),
        about=following.about,
    )
    verb = "Reprendre" if following.reason == "started" else "Commencer"
    return Markup('<p class="campus-next">{}<br><span>{}</span></p>').format(
        link(module, spaced(f"{verb} : {named(module)}")), spaced(why)
    )


def _standing(home: Home, modules: list[Card]) -> Markup:
    if not modules:
        return Markup("<p>Aucun module n’est encore proposé.</p>")
    states = home.progress.modules
    done = sum(states[module.id].state == "done" for module in modules)
    left = sum(states[module.id].minutes_left for module in modules)
    said = f"{count(done, 'module terminé')} sur {len(modules)}."
    if done == len(modules):
        said = f"Vous avez terminé les {done} modules. Bravo !"
    return Markup("<p>{}{}</p>").format(said, f" Il reste environ {duration(left)}." if left else "")


def _competences(home: Home) -> Markup:
    """Only those that have a name: a code says nothing to who does not know the framework."""
    shares = [
        Markup("<li><span>{}</span> {} {}</li>").format(
            home.offer.competences[code],
            page_modules.meter(share, f"Exercices réussis : {home.offer.competences[code]}"),
            f"{count(share.right, 'exercice réussi')} sur {share.total}",
        )
        for code, share in home.progress.competences.items()
        if code in home.offer.competences
    ]
    started = sum(
        home.progress.competences[code].right > 0
        for code in home.offer.competences
        if code in home.progress.competences
    )
    said = Markup("<p>{}</p>").format(
        f"{count(started, 'compétence commencée')} sur {len(shares)}, d’après le référentiel de Pix."
    )
    content = Markup('<ul class="campus-competences">{}</ul>').format(joined(shares))
    return Markup('<section id="campus-competences">{}</section>').format(
        folded("competences", 2, "Vos compétences", content, said)
    )


def _help(home: Home) -> Markup:
    to_come = spaced(" ; ".join(track.title for track in home.offer.tracks if not track.modules))
    coming = (
        Markup("<p>Parcours sans module pour l’instant : {}.</p>").format(to_come) if to_come else Markup("")
    )
    links = (Markup('<a href="#" data-path="{}">{}</a>').format(*one) for one in HELP.items())
    return section("aide", "Trouver de l’aide", listed(links), coming, FORGET)
