"""One module of the page « Aujourd’hui »: where it stands, its next gesture, the others one click further."""

from collections.abc import Iterator

from markupsafe import Markup

from autograder.french.marks import spaced
from autograder.grading.due_date import in_french
from autograder.html import joined, listed
from autograder.lab.page_parts import count, folded
from autograder.today.gestures import GESTURES, READ, Next, following
from autograder.today.model import Standing
from autograder.today.page_parts import button, chooser
from autograder.today.when import local

READING = "Lire les réponses libres"
ERASE = "Effacer les fichiers déposés"
ON_COPIES = ("grade", "patient", "again", "feedback", "unread", "marks", "moodle", "report")
"""The gestures of a module that has copies."""


def part(module: Standing, busy: bool, base: str) -> Markup:
    """Return the part of a module; `base`: the server's base address."""
    others = folded(
        f"autres-{module.id}", 4, f"Autres actions sur {module.id}", _others(module, busy, base), Markup("")
    )
    return Markup(
        '<section id="campus-module-{id}" class="campus-module" aria-labelledby="campus-module-{id}-title">'
        '<h3 id="campus-module-{id}-title" tabindex="-1">{title}</h3>{next}<dl>{facts}</dl>{others}</section>'
    ).format(
        id=module.id,
        title=spaced(module.named),
        next=_next(module, following(module), busy, base),
        facts=joined(Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in _facts(module)),
        others=others,
    )


def _next(module: Standing, step: Next | None, busy: bool, base: str) -> Markup:
    if step is None:
        waits = (
            "Rien n’attend."
            if module.given
            else "Les copies sont attendues par l’échange. Si vous les recevez par fichier, déposez-les dans « Autres actions »."
        )
        return Markup('<p class="campus-quiet">{}</p>').format(spaced(waits))
    used = (
        _reading(module, base, primary=True)
        if step.gesture == READ
        else button(
            step.gesture, module.folder, f"{GESTURES[step.gesture].label} : {module.id}", busy, primary=True
        )
    )
    return Markup('<p class="campus-step">{} <span>{}</span></p>').format(used, spaced(step.why))


def _reading(module: Standing, base: str, *, primary: bool = False) -> Markup:
    """Return the link to the page where free answers are read: a document of its own."""
    return Markup('<a href="{}campus/lecture" target="_blank" rel="noopener"{}>{}</a>').format(
        base,
        Markup(' class="campus-primary"' if primary else ""),
        spaced(f"{READING} : {module.id} (nouvel onglet)"),
    )


def _facts(module: Standing) -> Iterator[tuple[str, str]]:
    yield "Publication", _published(module)
    yield "Date limite", moment(module) or "aucune"
    yield "Copies", _copies(module)
    if not module.handed_in:
        return
    yield "Correction", _graded(module)
    if module.graded:
        yield "Réponses libres", f"{module.waiting} à lire" if module.waiting else "aucune à lire"
        yield "Retours", f"{count(module.given, 'page')} sur {module.graded}"


def _published(module: Standing) -> str:
    if not module.built:
        return "pas construit"
    return "dans l’échange" if module.published else "construit, pas publié dans l’échange"


def moment(module: Standing) -> str:
    """Return the due date in words, in this machine's time, as `campus release` tells it; or ""."""
    return in_french(local(module.due)) if module.due else ""


def _copies(module: Standing) -> str:
    total = f"{module.handed_in} sur {module.listed}" if module.listed else str(module.handed_in)
    more = [
        f"{module.missing} sans copie" if module.missing and module.handed_in else "",
        f"{module.arrived} à ramasser" if module.arrived else "",
    ]
    return ", ".join([total, *filter(None, more)])


def _graded(module: Standing) -> str:
    more = [
        f"{module.to_grade} à corriger" if module.to_grade else "",
        f"{module.failed} non corrigée(s) : corrigez de nouveau pour lire pourquoi" if module.failed else "",
    ]
    return spaced(", ".join([f"{module.graded} sur {module.handed_in}", *filter(None, more)]))


def _others(module: Standing, busy: bool, base: str) -> Markup:
    buttons = [_other(name, module, busy) for name in _offered(module)]
    read = [_reading(module, base)] if module.handed_in else []
    given = chooser(
        module.folder, f"Déposer des copies de {module.id} reçues par fichier (.zip)", ".zip", several=True
    )
    erased = [button("erase", module.folder, f"{ERASE} ({module.files})", busy)] if module.files else []
    return Markup("{}{}").format(given, listed([*erased, *read, *buttons]))


def _offered(module: Standing) -> Iterator[str]:
    """Yield the gestures that make sense: nothing is graded nor given back before there are copies."""
    yield from ("build", "release", "collect")
    if module.files:
        yield "files"
    if module.handed_in:
        yield from ON_COPIES


def _other(name: str, module: Standing, busy: bool) -> Markup:
    gesture = GESTURES[name]
    text = spaced(f"{gesture.label} : {module.id}")
    return Markup("{} <code>{}</code>").format(
        button(name, module.folder, text, busy), gesture.typed(module.id)
    )
