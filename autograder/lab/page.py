"""The home page as HTML: native elements, headings in order, every progress told in words."""

from collections.abc import Iterator
from html import escape

from autograder.lab.card import Card
from autograder.lab.home import AUDIENCES, Home, TrackCard
from autograder.progress.summary import ModuleProgress, Next, Share

GUIDES = "guides"
WORDS = {"new": "pas commencé", "started": "en cours", "done": "terminé"}


def render(home: Home) -> str:
    """Return the content of the page."""
    return "".join(_parts(home))


def _parts(home: Home) -> Iterator[str]:
    modules = [module for track in home.tracks for module in track.modules]
    states = home.progress.modules
    done = sum(states[module.id].state == "done" for module in modules)
    left = sum(states[module.id].minutes_left for module in modules)
    yield "<h1>Bienvenue dans votre espace de formation</h1>"
    yield "<p>Ici, vous apprenez en faisant, à votre rythme, sur de vraies données publiques. Tout reste sur cet espace.</p>"
    yield '<section aria-labelledby="campus-suite"><h2 id="campus-suite">Où vous en êtes</h2>'
    yield f"<p>{_modules_done(done, len(modules))}{_time_left(left)}</p>"
    yield _next(home.progress.next, {module.folder_name: module for module in modules})
    yield "</section>"
    for number, track in enumerate([track for track in home.tracks if track.modules], start=1):
        yield from _track(track, number, home)
    yield from _competences(home)
    yield _help(home)


def _modules_done(done: int, total: int) -> str:
    if done == total:
        return f"Vous avez terminé les {total} modules. Bravo !"
    return f"{done} module{'s' if done > 1 else ''} terminé{'s' if done > 1 else ''} sur {total}."


def _time_left(minutes: int) -> str:
    return f" Il reste environ {_duration(minutes)}." if minutes else ""


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minute{'s' if rest > 1 else ''}"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def _next(following: Next | None, modules: dict[str, Card]) -> str:
    if following is None:
        return "<p>Vous pouvez rouvrir un module à tout moment : vos réponses y sont.</p>"
    module = modules[following.folder]
    why = {
        "started": "vous l’avez commencé, et vos réponses y sont gardées",
        "first": "il ne demande aucune connaissance préalable",
        "follows": f"il suit {following.after}, que vous avez terminé",
    }[following.reason]
    verb = "Reprendre" if following.reason == "started" else "Commencer"
    return (
        f'<p class="campus-next">{_link(module, f"{verb} : {module.id} – {module.title}")}<br>'
        f"<span>Pourquoi celui-ci ? {why[0].upper()}{why[1:]}.</span></p>"
    )


def _track(track: TrackCard, number: int, home: Home) -> Iterator[str]:
    share = home.progress.tracks[track.id]
    yield f'<section aria-labelledby="campus-{track.id}">'
    yield f'<h2 id="campus-{track.id}">{escape(track.title)}</h2>'
    yield f"<p>{escape(track.summary)}</p>"
    yield _meter(share, f"Exercices réussis dans le parcours « {track.title} »")
    yield '<ul class="campus-modules">'
    titles = {module.id: module.title for one in home.tracks for module in one.modules}
    for module in track.modules:
        yield _module(module, home.progress.modules[module.id], titles, module.folder_name in home.kept)
    yield "</ul></section>"


def _module(module: Card, progress: ModuleProgress, titles: dict[str, str], kept: bool) -> str:
    before = ", ".join(f"{id} (« {escape(titles.get(id, id))} »)" for id in module.prerequisites)
    score = (
        f"{progress.points:g} point{'s' if progress.points >= 2 else ''} sur {progress.max_points:g}".replace(
            ".", ","
        )
    )
    state = WORDS[progress.state]
    if progress.state != "new":
        state += f" : {progress.tried} exercice{'s' if progress.tried > 1 else ''} vérifié{'s' if progress.tried > 1 else ''} sur {progress.exercises}, {score}"
    left = f"environ {module.minutes} minutes"
    if progress.state == "started":
        left += f" en tout, {_duration(progress.minutes_left)} encore"
    audience = " ; ".join(AUDIENCES[code] for code in module.audience)
    newer = (
        "<dt>Nouvelle version</dt><dd>Ce module a changé depuis que vous l’avez commencé. Votre travail est gardé. Pour la nouvelle "
        "version, ouvrez le module et choisissez « Recommencer ce module » : une copie de votre travail sera gardée.</dd>"
        if kept
        else ""
    )
    return (
        f'<li class="campus-{progress.state}"><h3>{_link(module, f"{module.id} – {module.title}")}</h3>'
        f"<p>{escape(module.summary.strip())}</p><dl><dt>Où vous en êtes</dt><dd>{escape(state)}</dd>"
        f"<dt>Durée</dt><dd>{left}</dd><dt>Pour qui</dt><dd>{escape(audience)}</dd>"
        f"<dt>À faire avant</dt><dd>{before or 'rien'}</dd>{newer}</dl></li>"
    )


def _link(module: Card, text: str) -> str:
    path = escape(f"{module.folder_name}/{module.folder_name}.ipynb", quote=True)
    return f'<a href="#" data-path="{path}">{escape(text)}</a>'


def _meter(share: Share, label: str) -> str:
    return (
        f'<p class="campus-share"><progress max="{share.total}" value="{share.right}" aria-label="{escape(label, quote=True)}">'
        f"</progress> {share.right} exercice{'s' if share.right > 1 else ''} réussi{'s' if share.right > 1 else ''} sur {share.total}</p>"
    )


def _competences(home: Home) -> Iterator[str]:
    yield '<section aria-labelledby="campus-competences"><h2 id="campus-competences">Vos compétences</h2>'
    yield "<p>Chaque exercice sert une ou deux compétences des référentiels Pix et DigComp.</p>"
    yield '<table><caption>Exercices réussis, par compétence</caption><thead><tr><th scope="col">Compétence</th>'
    yield '<th scope="col">Réussis</th></tr></thead><tbody>'
    for code, share in home.progress.competences.items():
        framework, number = code.split(":")
        name = {"pix": "Pix", "dc": "DigComp"}.get(framework, framework)
        label = home.competences.get(code)
        title = f"{name} {number}" + (f" – {label}" if label else "")
        yield f'<tr><th scope="row">{escape(title)}</th><td>{share.right} sur {share.total}</td></tr>'
    yield "</tbody></table></section>"


def _help(home: Home) -> str:
    to_come = [escape(track.title) for track in home.tracks if not track.modules]
    coming = f"<p>Parcours sans module pour l’instant : {' ; '.join(to_come)}.</p>" if to_come else ""
    links = {
        "apprenant.md": "Guide de l’apprenant",
        "accessibilite.md": "Accessibilité",
        "confidentialite.md": "Vie privée",
    }
    items = "".join(
        f'<li><a href="#" data-path="{GUIDES}/{file}">{name}</a></li>' for file, name in links.items()
    )
    return (
        f'<section aria-labelledby="campus-aide"><h2 id="campus-aide">Trouver de l’aide</h2><ul>{items}</ul>{coming}'
        '<p><button type="button" data-action="effacer">Effacer mon parcours</button> Ce bouton oublie vos essais, vos indices et votre '
        "progression. Vos carnets et vos réponses restent.</p></section>"
    )
