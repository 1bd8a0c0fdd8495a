"""The tracks of the home page, folded, and their modules: where the learner stands, what each asks, what it gives."""

from collections.abc import Iterator

from markupsafe import Markup

from autograder.french.marks import quoted, spaced
from autograder.french.numbers import score, short
from autograder.html import joined, listed
from autograder.lab.card import Card
from autograder.lab.home import AUDIENCES, Home, TrackCard
from autograder.lab.page_parts import count, duration, folded, link, named
from autograder.progress.summary import ModuleProgress, Share

CODE = {False: "sans code", True: "sans code, ou avec si vous voulez"}
NEWER = (
    "Ce module a changé depuis que vous l’avez commencé. Votre travail est gardé. Pour la nouvelle version, ouvrez le module "
    "et choisissez « Recommencer ce module » : une copie de votre travail sera gardée."
)
WORDS = {"new": "Pas commencé", "started": "En cours", "done": "Terminé"}


def track(one: TrackCard, home: Home, *, opened: bool) -> Markup:
    """Return a track: its title and its progress, then its modules once it is unfolded."""
    follows = one.id == home.followed
    inside = Markup(
        '<p>{summary}</p><p><button type="button" data-action="suivre" data-about="{about}" aria-pressed="{pressed}">'
        'Suivre ce parcours</button></p><ul class="campus-modules">{modules}</ul>'
    ).format(
        summary=one.summary,
        about=one.id,
        pressed="true" if follows else "false",
        modules=joined(_module(module, home) for module in one.modules),
    )
    return Markup(
        '<section id="campus-{id}" class="campus-parcours" data-track="{id}">{content}</section>'
    ).format(
        id=one.id, content=folded(one.id, 3, one.title, inside, _standing(one, home, follows), opened=opened)
    )


def meter(share: Share, label: str) -> Markup:
    """Return a share of exercises as a bar, without its words."""
    return Markup('<progress max="{}" value="{}" aria-label="{}"></progress>').format(
        share.total, share.right, label
    )


def _standing(one: TrackCard, home: Home, follows: bool) -> Markup:
    done = sum(home.progress.modules[module.id].state == "done" for module in one.modules)
    share = home.progress.tracks[one.id]
    said = (
        f"{count(done, 'module terminé')} sur {len(one.modules)}",
        f"{count(share.right, 'exercice réussi')} sur {share.total}",
        *(["vous suivez ce parcours"] if follows else []),
    )
    return Markup('<p class="campus-share">{} {}</p>').format(
        meter(share, f"Exercices réussis dans le parcours « {one.title} »"), " · ".join(said)
    )


def _module(module: Card, home: Home) -> Markup:
    progress = home.progress.modules[module.id]
    return Markup(
        '<li class="campus-{state}" data-audience="{audience}" data-minutes="{minutes}" data-competence="{competences}" '
        'data-code="{code}"><h4 data-search>{link}</h4><p class="campus-facts">{facts}</p><p data-search>{summary}</p>'
        "<details><summary>Ce que vous saurez faire</summary><div data-search>{objectives}</div></details>"
        "<dl>{more}</dl></li>"
    ).format(
        state=progress.state,
        audience=" ".join(module.audience),
        minutes=module.minutes,
        competences=" ".join(module.competences),
        code="without with" if module.code else "without",
        link=link(module, named(module)),
        facts=Markup(" · ").join(_facts(module)),
        summary=module.summary.strip(),
        objectives=listed(module.objectives),
        more=joined(Markup("<dt>{}</dt><dd{}>{}</dd>").format(*one) for one in _more(module, progress, home)),
    )


def _facts(module: Card) -> Iterator[str]:
    yield duration(module.minutes)
    yield CODE[module.code]
    yield Markup("<span data-search>{}</span>").format(
        spaced(" ; ".join(AUDIENCES[code] for code in module.audience))
    )


def _more(module: Card, progress: ModuleProgress, home: Home) -> Iterator[tuple[str, str, str]]:
    searched = Markup(" data-search")
    yield "Où vous en êtes", "", spaced(_state(module, progress))
    if served := [
        home.offer.competences[code] for code in module.competences if code in home.offer.competences
    ]:
        yield "Compétences", searched, spaced(" ; ".join(served))
    if module.prerequisites:
        yield "À faire avant", "", ", ".join(_required(id, home) for id in module.prerequisites)
    if module.folder_name in home.kept:
        yield "Nouvelle version", "", NEWER


def _state(module: Card, progress: ModuleProgress) -> str:
    if progress.state == "new":
        return WORDS["new"]
    left = progress.exercises - progress.tried  # of a module that is done, optional ones
    whole = progress.state == "done" and left
    tried = count(progress.tried, "exercice vérifié") + ("" if whole else f" sur {progress.exercises}")
    said = f"{WORDS[progress.state]} : {tried}, {score(progress.points, progress.max_points)}"
    if whole:
        said += f" ; {count(left, 'exercice facultatif')} de plus, si vous voulez"
    if module.free_points:
        said += f" ; {short(module.free_points)} de plus, que donne un formateur"
    return said + (f" ; environ {duration(progress.minutes_left)} encore" if progress.minutes_left else "")


def _required(id: str, home: Home) -> str:
    title = next((one.title for track in home.offer.tracks for one in track.modules if one.id == id), id)
    done = id in home.progress.modules and home.progress.modules[id].state == "done"
    return f"{id} ({quoted(title)}{', terminé' if done else ''})"
