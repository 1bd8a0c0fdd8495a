"""The gesture that runs, or ran last: what it does, how far it is, what it said."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from autograder.french.dates import clock
from autograder.french.marks import spaced
from autograder.html import joined, listed
from autograder.today.deposits import LIST
from autograder.today.gestures import GESTURES
from autograder.today.model import Standing
from autograder.today.outputs import NAMES
from autograder.today.page_parts import button, file_link
from autograder.today.running import Run
from autograder.today.told import Told
from autograder.today.when import at

ENDS = {
    "done": "c’est fait",
    "problem": "tout n’a pas pu être fait. Lisez ce qui suit, puis recommencez",
    "stopped": "arrêt demandé. Ce qui était fait est gardé : le même bouton fait le reste",
    "lost": "arrêt avant la fin. Ce qui était fait est gardé : le même bouton fait le reste",
}
SIGNS = {"done": "✓", "problem": "⚠", "stopped": "■", "lost": "■"}
STOP, FORCE = "Arrêter", "Arrêter de force"
STOPPING = "L’arrêt est demandé : la commande finit ce qu’elle écrit."


def part(run: Run, told: Told, modules: Mapping[str, Standing], base: str) -> Markup:
    """Return the part of the gesture. What must be announced is in `data-told`: the page has the region that says it."""
    title = "Action en cours" if run.alive else "Dernière action"
    content = _progress(run, modules.get(run.module)) if run.alive else _left(run, told, base)
    return Markup(
        '<section id="campus-geste" aria-labelledby="campus-geste-title" data-told="{news}"><h2 id="campus-geste-title" tabindex="-1">'
        '{title}</h2><p class="campus-run" data-state="{state}"><strong>{news}</strong></p>{said}{content}</section>'
    ).format(
        news=news(run),
        title=title,
        state=state(run),
        said=_said(told.said) if told.said else Markup(""),
        content=content,
    )


def _left(run: Run, told: Told, base: str) -> Markup:
    links = (
        listed(file_link(one, NAMES.get(one, one), base) for one in told.written)
        if told.written
        else Markup("")
    )
    return Markup("{}{}").format(links, _held(run, told.held) if told.held else Markup(""))


def state(run: Run) -> str:
    """Return how a gesture stands: `running`, or a key of `ENDS`."""
    if run.alive:
        return "running"
    if run.code == 0:
        return "done"
    if run.stopped:
        return "stopped"
    return "lost" if run.code is None or run.code < 0 or run.code == 130 else "problem"


def news(run: Run) -> str:
    """Return what a gesture is and how it stands, in one sentence."""
    what = GESTURES[run.gesture].during if run.gesture in GESTURES else run.gesture
    if run.module != LIST:
        what += f" de {run.module.partition('-')[0]}"
    if run.alive:
        return spaced(f"{what} : en cours, depuis {clock(at(run.started))}.")
    ended = f" ({clock(at(run.ended))})" if run.code == 0 else ""
    return spaced(f"{SIGNS[state(run)]} {what} : {ENDS[state(run)]}{ended}.")


def _progress(run: Run, module: Standing | None) -> Markup:
    done, total = _counted(run, module)
    meter = (
        Markup(
            '<p><progress max="{total}" value="{done}" aria-label="Copies faites"></progress> {done} sur {total}</p>'
        ).format(done=done, total=total)
        if total
        else Markup('<p><progress aria-label="En cours"></progress></p>')
    )
    asked = Markup("<p>{}</p>").format(STOPPING) if run.stopped else Markup("")
    text = FORCE if run.stopped else STOP
    return Markup("{}{}<p>{}</p>").format(meter, asked, button("stop", "", text, busy=False))


def _counted(run: Run, module: Standing | None) -> tuple[int, int]:
    """Return how many copies are done, of how many; 0 of 0 where the folders cannot tell."""
    if module and run.gesture == "grade":
        return module.handed_in - module.to_grade, module.handed_in
    if module and run.gesture == "feedback":
        return module.given, module.given + module.to_give
    return 0, 0


def _said(said: str) -> Markup:
    return Markup(
        '<div class="campus-said" role="region" aria-label="Ce que la commande a dit" tabindex="0"><pre>{}</pre></div>'
    ).format(said)


def _held(run: Run, held: Sequence[str]) -> Markup:
    buttons = (
        button("accept", f"{run.gesture}/{run.module}/{one}", spaced(f"Prendre la copie : {one}"), busy=False)
        for one in held
    )
    return Markup("<h3>Copies à décider</h3><p>{}</p>{}").format(
        spaced("Si c’est bien la même personne, prenez la copie. Celle qu’elle remplace est gardée."),
        joined([listed(buttons)]),
    )
