"""What `campus check` says of a module beyond its schema. Each rule is one short function; RULES is the whole list."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from autograder.build import lint_answers
from autograder.build.running import SOLUTION
from autograder.data import catalogue
from autograder.modules.errors import Finding
from autograder.modules.facts import CITATION, load_facts
from autograder.modules.load import module_folders
from autograder.modules.model import ExerciseSpec, Module
from autograder.modules.programme import load_competences, load_programme

Rule = Callable[[Module], Iterator[Finding]]

HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
MINUTES = re.compile(r"\((\d+)\s*min\)")
CODE = re.compile(r"```.*?```|`[^`]*`|<[^>]*>", re.DOTALL)


def errors_of(module: Module) -> list[Finding]:
    """Return everything that must be mended before a module is built."""
    return [finding for rule in RULES for finding in rule(module)]


def warnings_of(module: Module) -> list[Finding]:
    """Return what deserves a look, without keeping the module from being built."""
    return [finding for rule in WARNINGS for finding in rule(module)]


def identity(module: Module) -> Iterator[Finding]:
    """The folder bears the module's id; the track exists, and lists the module once it is published."""
    if not re.fullmatch(rf"{module.id}-[a-z0-9]+(-[a-z0-9]+)*", module.folder_name):
        yield module.description.finding(
            f"le dossier « {module.folder_name} » doit s’appeler « {module.id}-mots-du-titre ».", "id"
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
    known = {folder.name.split("-")[0] for folder in module_folders(module.folder.parent)}
    for index, prerequisite in enumerate(module.prerequisites):
        if prerequisite not in known:
            yield module.description.finding(f"prérequis inconnu « {prerequisite} ».", "prerequisites", index)
    datasets = {resource.dataset for resource in catalogue.read().resources}
    for index, dataset in enumerate(module.datasets):
        if dataset not in datasets:
            yield module.description.finding(
                f"jeu de données inconnu « {dataset} » ; voyez « campus data list ».", "datasets", index
            )
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
        for _, fact in CITATION.findall(cell.source):
            if fact not in facts:
                yield Finding(
                    module.folder / "notebook.md",
                    cell.line,
                    f"fait inconnu « {fact} » ; voyez course/facts.yml.",
                )


def objectives(module: Module) -> Iterator[Finding]:
    """Every objective has its exercises, and every exercise its objective."""
    named = {exercise: objective.id for objective in module.objectives for exercise in objective.exercises}
    for index, objective in enumerate(module.objectives):
        for exercise in objective.exercises:
            if exercise not in module.exercises:
                yield module.description.finding(
                    f"l’objectif « {objective.id} » cite un exercice inconnu, « {exercise} ».",
                    "objectives",
                    index,
                    "exercises",
                )
    for key, exercise_spec in module.exercises.items():
        if named.get(key) != exercise_spec.objective:
            yield module.answers.finding(
                f"l’exercice « {key} » et l’objectif « {exercise_spec.objective} » ne se citent pas "
                "l’un l’autre (module.yml, answers.yml).",
                key,
                "objective",
            )


def totals(module: Module) -> Iterator[Finding]:
    """Points add up to the module's; so do the minutes of the level-2 headings, « (n min) »."""
    points = sum(exercise.points for exercise in module.exercises.values())
    if abs(points - module.points) > 1e-9:
        yield module.description.finding(
            f"« points » vaut {module.points:g}, mais les exercices font {points:g}.", "points"
        )
    minutes = sum(int(n) for _, text, _ in _headings(module, 2) for n in MINUTES.findall(text))
    if minutes != module.minutes:
        yield module.description.finding(
            f"« minutes » vaut {module.minutes}, mais les titres de niveau 2, « (n min) », font {minutes}.",
            "minutes",
        )


def cells(module: Module) -> Iterator[Finding]:
    """Cells come in the order that the build and nbgrader need."""
    path = module.folder / "notebook.md"
    code = [cell for cell in module.cells if cell.kind == "code"]
    if not code or code[0].role != "setup":
        yield Finding(
            path, code[0].line if code else 0, "la première cellule de code doit avoir le rôle « setup »."
        )
    for cell in module.cells:
        if cell.exercise and cell.exercise not in module.exercises:
            yield Finding(
                path, cell.line, f"l’exercice « {cell.exercise} » n’est pas décrit dans answers.yml."
            )
    for key, exercise in module.exercises.items():
        roles = [cell.role for cell in module.cells if cell.exercise == key]
        wanted = (
            ["statement", "answer"]
            if exercise.is_free
            else ["statement", *(["answer"] if exercise.solution else []), "check"]
        )
        if roles != wanted:
            yield Finding(
                path,
                0,
                f"l’exercice « {key} » doit avoir, dans l’ordre, une cellule de chaque rôle : "
                f"{', '.join(wanted)} ; on trouve : {', '.join(roles) or 'rien'}.",
            )
        check = next((c for c in module.cells if c.exercise == key and c.role == "check"), None)
        if check and check.source.strip() != f'check("{key}")':
            yield Finding(path, check.line, f'cette cellule doit contenir exactement check("{key}").')
        if exercise.points <= 0:
            yield Finding(path, 0, f"l’exercice « {key} » n’a pas de points (:points: sur sa cellule notée).")


def headings(module: Module) -> Iterator[Finding]:
    """One level-1 heading; no level is skipped."""
    path, level, titles = module.folder / "notebook.md", 0, 0
    for depth, text, line in _headings(module):
        titles += depth == 1
        if depth > level + 1:
            yield Finding(path, line, f"le titre « {text} » saute un niveau (de {level} à {depth}).")
        level = depth
    if titles != 1:
        yield Finding(path, 0, f"il faut un seul titre de niveau 1 ; il y en a {titles}.")


def images(module: Module) -> Iterator[Finding]:
    """Images have a text alternative, and nothing comes from another site."""
    for cell in module.cells:
        if cell.kind != "markdown":
            continue
        for index, text in enumerate(cell.source.splitlines()):
            bare = re.search(r"!\[\s*\]\(", text) or any(
                'alt="' not in tag for tag in re.findall(r"<img[^>]*>", text)
            )
            if bare:
                yield Finding(
                    module.folder / "notebook.md",
                    cell.line + index,
                    "cette image n’a pas de texte alternatif.",
                )
            if re.search(r"<(script|iframe|link)\b|src=[\"']https?:|!\[[^\]]*\]\(https?:", text):
                yield Finding(
                    module.folder / "notebook.md",
                    cell.line + index,
                    "rien ne doit venir d’un autre site : le cours fonctionne hors ligne.",
                )


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
        for line in [line for line in lines if name and re.match(rf"{name}\s*=", line)]:
            for cell, text in rest:
                if line in text:
                    yield Finding(
                        path, cell.line, f"la solution de « {key} » est en clair dans cette cellule."
                    )


def typography(module: Module) -> Iterator[Finding]:
    """French marks keep to their word by a no-break space, and apostrophes are typographic."""
    for cell in module.cells:
        text = cell.source if cell.kind == "markdown" else ""
        for found in _breaks(text):
            yield Finding(module.folder / "notebook.md", cell.line, found)
    for key, exercise in module.exercises.items():
        for text in _said(exercise):
            for found in _breaks(text):
                yield module.answers.finding(f"exercice « {key} » : {found}", key)


def _breaks(text: str) -> list[str]:
    return [
        f"typographie : « {found.group()} » demande une espace insécable ou une apostrophe courbe (’)."
        for found in re.finditer(r"\w [:;?!»]|« |[a-zà-ÿ]'[a-zà-ÿ]", CODE.sub("", text))
    ]


def _said(exercise: ExerciseSpec) -> Iterator[str]:
    """Return the texts of an exercise that learners read."""
    yield from (exercise.title, exercise.success, exercise.otherwise, *exercise.hints)
    yield from (mistake.message for mistake in exercise.mistakes)
    recall = exercise.recall
    yield from (
        recall.get("question", ""),
        *recall.get("options", {}).values(),
        *recall.get("feedback", {}).values(),
    )
    form = exercise.form
    fields = form.get("fields", {}).values()
    yield from (form["label"], *form.get("items", {}).values(), *(field["label"] for field in fields))
    for options in (form.get("options", {}), *(field.get("options", {}) for field in fields)):
        yield from options.values()


def ageing(module: Module) -> Iterator[Finding]:
    """Facts whose date of review has passed."""
    facts = load_facts()
    for cell in module.cells:
        for _, name in CITATION.findall(cell.source):
            if name in facts and facts[name].check_again < date.today():
                message = f"le fait « {name} » était à revérifier le {facts[name].check_again:%d/%m/%Y} (course/facts.yml)."
                yield Finding(module.folder / "notebook.md", cell.line, message)


def _headings(module: Module, only: int | None = None) -> Iterator[tuple[int, str, int]]:
    """Yield (level, text, line) of the Markdown headings, code blocks left out."""
    for cell in module.cells:
        if cell.kind != "markdown":
            continue
        fenced = False
        for index, text in enumerate(cell.source.splitlines()):
            fenced ^= text.lstrip().startswith("```")
            found = None if fenced else HEADING.match(text)
            if found and only in (None, len(found.group(1))):
                yield len(found.group(1)), found.group(2), cell.line + index


WARNINGS: list[Rule] = [typography, ageing]
RULES: list[Rule] = [
    identity,
    references,
    objectives,
    totals,
    cells,
    *lint_answers.RULES,
    headings,
    images,
    leaks,
]
