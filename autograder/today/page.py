"""The page « Aujourd’hui » as HTML: what runs, the class list, then each module with its next gesture. Parts have an id."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from autograder.french.dates import clock, in_full
from autograder.french.marks import spaced
from autograder.html import joined, listed
from autograder.lab.page_parts import count, folded, section
from autograder.today import page_module, page_run
from autograder.today.deposits import LIST
from autograder.today.model import Day, Standing
from autograder.today.page_parts import button, chooser, file_link
from autograder.today.told import Told

NO_LIST = spaced(
    "Aucune liste de classe. Sans elle, cette page ne peut pas dire qui n’a rien rendu, et les notes n’ont pas de nom. Dans votre "
    "tableur, faites un tableau avec les titres identifiant, nom, prénom et courriel, enregistrez-le au format CSV, puis choisissez-le "
    "ici. La liste des participants de Moodle convient aussi."
)
PROBLEM = Markup(
    '<div id="campus-probleme"><p role="alert" class="campus-problem"><strong>À savoir.</strong> {}</p></div>'
)
NOTHING = "Aucun module n’est construit. Fermez cette page, lancez « campus build », puis rouvrez-la."
QUIET = "Aucun module n’est en cours. Publiez le premier de la session, ci-dessous."


def render(day: Day, told: Told, now: datetime, base: str) -> str:
    """Return the content of the page; `base`: the server's base address."""
    return str(joined(_parts(day, told, now, base)))


def _parts(day: Day, told: Told, now: datetime, base: str) -> Iterator[Markup]:
    yield _top(now)
    if day.problem:
        yield PROBLEM.format(spaced(day.problem))
    busy = bool(told.run and told.run.alive)
    if told.run:
        yield page_run.part(told.run, told, {one.folder: one for one in day.modules}, base)
    # Without a class list, it is the first thing to give; afterwards it is rarely needed.
    modules, learners = [*_modules(day, busy, base), *_outputs(day, base)], _class_list(day, busy)
    yield from (*modules, learners) if day.listed else (learners, *modules)


def _top(now: datetime) -> Markup:
    return Markup(
        '<div id="campus-jour"><h1>Aujourd’hui</h1><p>{day}</p><nav aria-label="Raccourcis"><ul class="campus-shortcuts">'
        '<li><a href="#" data-command="campus:guide">Guide du formateur</a></li>'
        '<li><a href="#" data-command="campus:formgrader">Formgrader de nbgrader, en anglais</a></li>'
        '<li><a href="#" data-path="guides/boutons-nbgrader.md">Ses boutons, traduits</a></li></ul></nav></div>'
    ).format(day=in_full(now.date()))


def _modules(day: Day, busy: bool, base: str) -> Iterator[Markup]:
    active = [one for one in day.modules if _is_active(one)]
    idle = [one for one in day.modules if not _is_active(one)]
    told = NOTHING if not day.modules else "" if active else QUIET
    paragraph = Markup("<p>{}</p>").format(spaced(told)) if told and not day.problem else Markup("")
    yield Markup('<div id="campus-suite"><h2>Modules en cours</h2>{}</div>').format(paragraph)
    yield from (page_module.part(one, busy, base) for one in active)
    if idle:
        title = f"Modules pas encore publiés ({len(idle)})"
        content = joined(page_module.part(one, busy, base) for one in idle)
        yield Markup('<section id="campus-pas-publies">{}</section>').format(
            folded("pas-publies", 2, title, content, Markup(""), opened=not active)
        )


def _is_active(module: Standing) -> bool:
    return bool(module.published or module.handed_in or module.arrived or module.files)


def _outputs(day: Day, base: str) -> Iterator[Markup]:
    """Yield the files that an earlier day left: the last gesture no longer tells them."""
    lines = [
        Markup("{} <small>{}, {}</small>").format(
            file_link(one.path, one.name, base), in_full(one.written.date()), clock(one.written)
        )
        for one in day.outputs
    ]
    if lines:
        yield section("fichiers", "Suivi, bilan et notes", listed(lines))


def _class_list(day: Day, busy: bool) -> Markup:
    told = Markup("<p>{}</p>").format(
        f"{count(day.listed, 'personne')} dans la liste." if day.listed else NO_LIST
    )
    found = Markup("")
    if day.lists:
        found = Markup("<p>{}</p>").format(
            button("learners", LIST, "Importer la liste de la classe", busy, primary=True)
        )
    return section(
        "classe", "Liste de la classe", told, found, chooser(LIST, "Fichier de la liste (.csv)", ".csv")
    )
