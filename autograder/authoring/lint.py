"""What `campus check` says of a module beyond its schema. Each rule is one short function; RULES is the whole list."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from autograder.authoring import lint_answers, lint_explained, lint_steps, lint_takeaway, pictures, terms
from autograder.authoring.loading import loaded
from autograder.authoring.running import SOLUTION
from autograder.data import catalogue
from autograder.data.errors import DataError
from autograder.french.marks import spaced
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.facts import CITATION, load_facts
from autograder.modules.glossary import load_glossary
from autograder.modules.glossary import path as glossary_path
from autograder.modules.load import called, load_once, module_folders
from autograder.modules.model import Module
from autograder.modules.notebook_text import headings_of
from autograder.modules.programme import load_competences, load_programme
from autograder.modules.text_file import read_text

Rule = Callable[[Module], Iterator[Finding]]

PLACEHOLDER = "À écrire"
"""How `campus new` marks what it leaves to its author."""

LIKE_A_CITATION = re.compile(r"(?<!`)\{\w+\}`[^`]+`")
"""What its author meant for a citation: another word between the braces, an id in capitals."""

SHORTEST, LONGEST, CAPSTONE = 20, 60, 90
"""Minutes of a module; a capstone may last longer."""


def errors_of(module: Module) -> list[Finding]:
    """Return everything that must be mended before a module is built."""
    return [finding for rule in RULES for finding in rule(module)]


def warnings_of(module: Module) -> list[Finding]:
    """Return what deserves a look, without keeping the module from being built."""
    return [finding for rule in WARNINGS for finding in rule(module)]


def identity(module: Module) -> Iterator[Finding]:
    """The name of the folder starts with the module's id; the track exists, and lists the module once it is published."""
    if not re.fullmatch(rf"{module.id}-[a-z0-9]+(-[a-z0-9]+)*", module.folder_name):
        yield module.description.finding(
            f"« id » vaut {module.id}, mais le dossier s’appelle « {module.folder_name} » : accordez-les (le dossier porte "
            "l’identifiant, un tiret, puis des mots en minuscules sans accent, comme F15-lire-une-carte).",
            "id",
        )
    tracks = {track.id: track.modules for track in load_programme().tracks}
    if module.track not in tracks:
        yield module.description.finding(
            f"parcours inconnu « {module.track} » ; connus : {', '.join(tracks)}.", "track"
        )
    elif module.status == "published" and module.id not in tracks[module.track]:
        yield module.description.finding(
            f"module publié, mais absent du parcours « {module.track} » de course/programme.yml ; ajoutez-le.",
            "track",
        )


def references(module: Module) -> Iterator[Finding]:
    """Prerequisites, datasets, competences and facts exist."""
    for key in ("prerequisites", "datasets"):
        named: tuple[str, ...] = getattr(module, key)
        for index, name in enumerate(named):
            if name in named[:index]:
                yield module.description.finding(f"« {name} » est cité deux fois.", key, index)
    known = {folder.name.split("-")[0] for folder in module_folders(module.folder.parent)}
    for index, prerequisite in enumerate(module.prerequisites):
        if prerequisite == module.id:
            yield module.description.finding(
                "un module n’est pas son propre prérequis.", "prerequisites", index
            )
        if prerequisite not in known:
            yield module.description.finding(f"prérequis inconnu « {prerequisite} ».", "prerequisites", index)
    known_data = catalogue.read()
    for index, dataset in enumerate(module.datasets):
        try:
            known_data.find(dataset)
        except DataError as error:
            yield module.description.finding(str(error), "datasets", index)
    codes = load_competences()
    for index, objective in enumerate(module.objectives):
        for code in objective.competences:
            if code not in codes:
                yield module.description.finding(
                    f"compétence inconnue « {code} » ; voyez course/competences.yml.",
                    "objectives",
                    index,
                    "competences",
                )
    facts = load_facts()
    for cell in module.cells:
        for index, text in enumerate(cell.source.splitlines()):
            place = module.folder / "notebook.md", cell.line + index
            for _, fact in CITATION.findall(text):
                if fact not in facts:
                    near = _near(fact, facts)
                    yield Finding(*place, f"fait inconnu « {fact} »{near} Voyez course/facts.yml.")
            for found in LIKE_A_CITATION.finditer(CITATION.sub("", text) if cell.kind == "markdown" else ""):
                message = (
                    f"« {found.group()} » resterait tel quel : un fait se cite par {{fact}}`son-id`, sa source par "
                    "{source}`son-id`."
                )
                yield Finding(*place, message)


def glossary(module: Module) -> Iterator[Finding]:
    """Each term of the glossary is written in the module that teaches it; no mark of its definition can begin a line."""
    for term in load_glossary():
        if term.module != module.id:
            continue
        if term.definition != spaced(term.definition):
            message = f"la définition de « {term.term} » demande des espaces insécables : « {spaced(term.definition)} »."
            yield Finding(glossary_path(), term.line, message)
        if not terms.uses(module.cells, term):
            message = f"le module {module.id} ne contient pas « {term.term} » : ôtez ce terme, ou nommez le module qui l’emploie."
            yield Finding(glossary_path(), term.line, message)


def loops(module: Module) -> Iterator[Finding]:
    """No module waits for itself: a learner could begin none of a loop of prerequisites."""
    folders = module_folders(module.folder.parent)
    waiting: list[tuple[str, ...]] = [(name,) for name in module.prerequisites if name != module.id]
    while waiting:
        way = waiting.pop(0)
        if way[-1] == module.id:
            message = f"boucle de prérequis : {' demande '.join((module.id, *way))}. Ôtez l’un d’eux."
            yield module.description.finding(message, "prerequisites", module.prerequisites.index(way[0]))
            return
        try:
            required = [load_once(folder) for folder in called(way[-1], folders)]
        except ModuleError:  # told when that module is checked
            continue
        waiting += [(*way, name) for one in required for name in one.prerequisites if name not in way]


def objectives(module: Module) -> Iterator[Finding]:
    """Every objective has its exercises, and every exercise its objective; two objectives have two ids."""
    ids = [objective.id for objective in module.objectives]
    twice = [index for index, name in enumerate(ids) if name in ids[:index]]
    for index in twice:
        message = f"deux objectifs ont le même « id », {ids[index]} : renommez l’un des deux."
        yield module.description.finding(message, "objectives", index, "id")
    if twice:
        return
    cited = {objective.id: objective.exercises for objective in module.objectives}
    for index, objective in enumerate(module.objectives):
        for exercise in objective.exercises:
            if exercise not in module.exercises:
                yield module.description.finding(
                    f"l’objectif « {objective.id} » cite un exercice inconnu, « {exercise} »"
                    f"{_near(exercise, module.exercises)}",
                    "objectives",
                    index,
                    "exercises",
                )
    for key, spec in module.exercises.items():
        if spec.objective not in cited:
            message = f"objectif inconnu, « {spec.objective} »{_near(spec.objective, cited)}"
        elif key not in cited[spec.objective]:
            message = (
                f"dans module.yml, l’objectif « {spec.objective} » ne cite pas cet exercice : ajoutez « {key} » à ses "
                "« exercises », ou changez d’objectif ici."
            )
        else:
            continue
        yield module.answers.finding(f"exercice « {key} » : {message}", key, "objective")


def _near(name: str, known: Iterable[str]) -> str:
    """Return the end of a sentence: a question that offers the nearest of the known names, or a full stop."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" ; vouliez-vous dire « {near[0]} » ?" if near else "."


def duration(module: Module) -> Iterator[Finding]:
    """The minutes of the level-2 headings, « (n min) », add up to a module's length."""
    longest = CAPSTONE if module.capstone else LONGEST
    if not SHORTEST <= module.minutes <= longest:
        yield Finding(
            module.folder / "notebook.md",
            0,
            f"les titres de niveau 2, « (n min) », font {module.minutes} min : un module dure de {SHORTEST} à {longest} min.",
        )


def cells(module: Module) -> Iterator[Finding]:
    """Cells come in the order that the build and nbgrader need."""
    path = module.folder / "notebook.md"
    code = [cell for cell in module.cells if cell.kind == "code"]
    if not code or code[0].role != "setup":
        yield Finding(
            path, code[0].line if code else 0, "la première cellule de code doit avoir le rôle « setup »."
        )
    unknown = set[str]()
    for cell in module.cells:
        if cell.exercise and cell.exercise not in module.exercises and cell.exercise not in unknown:
            near = _near(cell.exercise, module.exercises)
            unknown.add(cell.exercise)
            yield Finding(
                path,
                cell.line,
                f"l’exercice « {cell.exercise} » n’est pas décrit dans answers.yml{near}",
            )
    for key, exercise in module.exercises.items():
        roles = [cell.role for cell in module.cells if cell.exercise == key]
        if not roles:
            yield module.answers.finding(f"exercice « {key} » : il n’a aucune cellule dans notebook.md.", key)
            continue
        wanted = (
            ["statement", "answer"]
            if exercise.is_free
            else ["statement", *(["answer"] if exercise.solution else []), "check"]
        )
        if roles != wanted:
            yield Finding(
                path,
                next(cell.line for cell in module.cells if cell.exercise == key),
                f"l’exercice « {key} » doit avoir, dans l’ordre, une cellule de chaque rôle : "
                f"{', '.join(wanted)} ; on trouve : {', '.join(roles) or 'rien'}.",
            )
        check = next((c for c in module.cells if c.exercise == key and c.role == "check"), None)
        if check and check.source.strip() != f'check("{key}")':
            yield Finding(path, check.line, f'cette cellule doit contenir exactement check("{key}").')
        elif roles == wanted and exercise.points <= 0:
            line = max(cell.line for cell in module.cells if cell.exercise == key)
            yield Finding(
                path, line, f"l’exercice « {key} » n’a pas de points (:points: sur sa cellule notée)."
            )


def headings(module: Module) -> Iterator[Finding]:
    """One level-1 heading; no level is skipped."""
    path, level, titles = module.folder / "notebook.md", 0, 0
    for depth, text, line in headings_of(module.cells):
        titles += depth == 1
        if depth > level + 1:
            yield Finding(path, line, f"le titre « {text} » saute un niveau (de {level} à {depth}).")
        level = depth
    if titles != 1:
        yield Finding(path, 0, f"il faut un seul titre de niveau 1 ; il y en a {titles}.")


def images(module: Module) -> Iterator[Finding]:
    """Pictures are there, light, with a text alternative; nothing comes from another site."""
    yield from pictures.findings(module, load_facts())
    for cell in module.cells:
        if cell.kind != "markdown":
            continue
        for index, text in enumerate(cell.source.splitlines()):
            place = module.folder / "notebook.md", cell.line + index
            if re.search(r"<img\b", text):
                yield Finding(*place, "écrivez une image ![texte alternatif](images/nom.svg), et non <img>.")
            if pictures.is_unread(text):
                yield Finding(
                    *place,
                    "cette image ne s’affichera pas : écrivez ![texte alternatif](images/nom.svg), sans espace entre le crochet "
                    "et la parenthèse, ni dans le nom.",
                )
            if re.search(r"<(script|iframe|link)\b|src=[\"']https?:", text):
                yield Finding(*place, "rien ne doit venir d’un autre site : le cours fonctionne hors ligne.")


def leaks(module: Module) -> Iterator[Finding]:
    """No line of a solution outside of its markers, and no marker left alone."""
    path = module.folder / "notebook.md"
    rest = [(cell, SOLUTION.sub("", cell.source)) for cell in module.cells]
    for cell, text in rest:
        if "BEGIN SOLUTION" in text or "END SOLUTION" in text:
            yield Finding(
                path, cell.line, "marques « ### BEGIN SOLUTION » et « ### END SOLUTION » dépareillées."
            )
        if cell.source.count("BEGIN MARK SCHEME") != cell.source.count("END MARK SCHEME"):
            yield Finding(
                path, cell.line, "marques « BEGIN MARK SCHEME » et « END MARK SCHEME » dépareillées."
            )
        if cell.role == "answer" and cell.kind == "code" and text == cell.source:
            yield Finding(
                path, cell.line, "la solution n’est pas entre « ### BEGIN SOLUTION » et « ### END SOLUTION »."
            )
    for key, exercise in module.exercises.items():
        name = exercise.answer.get("name")
        region = SOLUTION.search(exercise.solution or "")
        lines = [line.strip() for line in region.group(0).splitlines()] if region else []
        for line in [line for line in lines if name and re.match(rf"{name}\s*=(?!\s*None\b)", line)]:
            for cell, text in rest:
                if line in text:
                    yield Finding(
                        path, cell.line, f"la solution de « {key} » est en clair dans cette cellule."
                    )


def datasets(module: Module) -> Iterator[Finding]:
    """The datasets that module.yml declares are those that the notebook and the forms read."""
    known, read = catalogue.read(), dict(loaded(module))
    existing = {resource.dataset for resource in known.resources}
    missing = {name: place for name, place in read.items() if name and name not in module.datasets}
    for name, place in missing.items():
        try:
            known.find(name)
        except DataError as error:
            yield Finding(*place, str(error))
            read[""] = place  # a declared one was meant, perhaps
        else:
            message = f"« {name} » est lu ici, mais module.yml ne le déclare pas : ajoutez-le à « datasets »."
            yield Finding(*place, message)
    for index, name in enumerate(module.datasets):
        if name in existing and name not in read and "" not in read:
            yield module.description.finding(
                f'« {name} » est déclaré, mais rien ne le lit : ôtez-le, ou chargez-le par load("{name}").',
                "datasets",
                index,
            )


def instructor(module: Module) -> Iterator[Finding]:
    """Who teaches the module has a page."""
    path = module.folder / "instructor.md"
    try:
        if not read_text(path).strip():
            yield Finding(path, 0, "ce fichier est vide : écrivez comment animer le module.")
    except ModuleError as error:
        yield from error.findings


def placeholders(module: Module) -> Iterator[Finding]:
    """Nothing that `campus new` left to write stays in a published module."""
    if module.status != "published":
        return
    for name in ("module.yml", "notebook.md", "answers.yml", "instructor.md"):
        path = module.folder / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        first, *others = [number for number, line in enumerate(lines, 1) if PLACEHOLDER in line] or [0]
        if first:
            more = f" (lignes {', '.join(map(str, others))} aussi)" if others else ""
            message = f"un texte reste à écrire ici{more} : écrivez-le, ou repassez en « draft »."
            yield Finding(path, first, message)


def ageing(module: Module) -> Iterator[Finding]:
    """Facts whose date of review has passed."""
    facts = load_facts()
    for cell in module.cells:
        for _, name in CITATION.findall(cell.source):
            if name in facts and facts[name].check_again < date.today():
                message = f"le fait « {name} » était à revérifier le {facts[name].check_again:%d/%m/%Y} (course/facts.yml)."
                yield Finding(module.folder / "notebook.md", cell.line, message)


WARNINGS: list[Rule] = [
    ageing,
    pictures.warnings,
    *lint_answers.WARNINGS,
    *lint_explained.WARNINGS,
    *lint_steps.WARNINGS,
    *lint_takeaway.WARNINGS,
]
RULES: list[Rule] = [
    identity,
    references,
    glossary,
    loops,
    objectives,
    duration,
    cells,
    *lint_answers.RULES,
    *lint_steps.RULES,
    *lint_takeaway.RULES,
    datasets,
    instructor,
    placeholders,
    headings,
    images,
    leaks,
]
