"""What `campus check` says of answers.yml beyond its schema: each exercise is whole, and names only what exists."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from autograder.checks.kinds import FORM_KINDS
from autograder.data import catalogue
from autograder.data.errors import DataError
from autograder.modules.errors import Finding
from autograder.modules.facts import CITATION
from autograder.modules.model import ExerciseSpec, Mistake, Module, is_computed
from autograder.modules.text_file import read_text

MISTAKES = 3
LISTED = {"choice", "choices", "order", "match", "log"}
"""Kinds whose options are those of the form."""

SHORTHANDS = {
    "pick": {"choice", "choices"},
    "miss": {"choices"},
    "match": {"match", "log"},
    "before": {"order"},
}
"""The ways to write a mistake relatively to the right answer, and the forms on which they mean something."""


def whole(module: Module) -> Iterator[Finding]:
    """Every exercise has what a learner needs: explanations, mistakes with their own ids, alternatives."""
    for key, exercise in module.exercises.items():
        if exercise.is_free:
            continue
        for text in ("success", "otherwise"):
            if not getattr(exercise, text):
                yield _finding(module, key, f"il manque le texte « {text} ».")
        if len(exercise.mistakes) < MISTAKES:
            yield _finding(
                module,
                key,
                f"il y a {len(exercise.mistakes)} erreur(s) : il en faut au moins {MISTAKES}, chacune avec son message.",
                "mistakes",
            )
        if len({mistake.id for mistake in exercise.mistakes}) < len(exercise.mistakes):
            yield _finding(module, key, "il y a deux erreurs de même « id ».", "mistakes")
        if exercise.solution is not None and not any(attempt.code for attempt in exercise.alternatives):
            yield _finding(
                module,
                key,
                "cet exercice se fait par le code : donnez au moins une autre bonne réponse (alternatives, code).",
            )


def ways(module: Module) -> Iterator[Finding]:
    """The code and the form of an exercise can both give its answer; code is written only where a cell receives it."""
    for key, exercise in module.exercises.items():
        if exercise.is_free or not any(cell.exercise == key for cell in module.cells):
            continue
        widget, kind = exercise.form["widget"], exercise.answer["kind"]
        same = FORM_KINDS[widget] == kind
        if exercise.solution is None:
            yield from _without_code(module, key, exercise)
        elif not exercise.answer.get("name"):
            yield _finding(
                module, key, "il y a une cellule de réponse : nommez sa variable (answer.name).", "answer"
            )
        if not same and (kind in LISTED or exercise.solution is None):
            yield _finding(
                module,
                key,
                f"le genre « {kind} » ne va pas avec le formulaire « {widget} », dont les réponses sont de genre "
                f"« {FORM_KINDS[widget]} » : accordez-les.",
                "answer",
            )
        elif not same and "solution" not in exercise.form:
            yield _finding(
                module,
                key,
                f"le formulaire « {widget} » ne peut pas recevoir une réponse de genre « {kind} » ; posez-y une autre "
                "question, avec sa « solution ».",
                "form",
            )


def _without_code(module: Module, key: str, exercise: ExerciseSpec) -> Iterator[Finding]:
    if "solution" not in exercise.form:
        yield _finding(module, key, "il n’y a pas de cellule de réponse : donnez form.solution.", "form")
    for part in ("alternatives", "mistakes"):
        for index, attempt in enumerate(getattr(exercise, part)):
            if attempt.code is not None:
                yield _finding(
                    module,
                    key,
                    "ce code n’a pas de cellule de réponse où s’écrire : donnez une réponse du formulaire (form).",
                    part,
                    index,
                )


def keys(module: Module) -> Iterator[Finding]:
    """The solution and the mistakes name options, items and steps that the form shows."""
    for key, exercise in module.exercises.items():
        for place, message in _unknown(exercise, exercise.form.get("solution")):
            yield _finding(module, key, f"la solution {message}", "form", "solution", *place)
        for index, mistake in enumerate(exercise.mistakes):
            for message in _mistaken(exercise, mistake):
                yield _finding(module, key, f"l’erreur « {mistake.id} » {message}", "mistakes", index)


def _unknown(exercise: ExerciseSpec, value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place in a form's value, and the sentence, of each key that the form does not show."""
    form, options = exercise.form, exercise.form.get("options", {})
    if is_computed(value):
        return
    if isinstance(value, Mapping) and form["widget"] == "match":
        for item, option in value.items():
            if item not in form["items"]:
                yield (item,), f"nomme « {item} », qui n’est pas un des éléments ({_listed(form['items'])})."
            if option not in options:
                yield (item,), f"nomme « {option} », qui n’est pas une des options ({_listed(options)})."
    elif form["widget"] in {"choice", "choices", "order"} and isinstance(value, (str, list)):
        for index, option in enumerate([value] if isinstance(value, str) else value):
            if option not in options:
                place = () if isinstance(value, str) else (index,)
                yield place, f"nomme « {option} », qui n’est pas une des options ({_listed(options)})."


def _mistaken(exercise: ExerciseSpec, mistake: Mistake) -> Iterator[str]:
    """Yield what keeps a mistake from ever being made on the form."""
    form, widget = exercise.form, exercise.form["widget"]
    for name, widgets in SHORTHANDS.items():
        if getattr(mistake, name) is not None and widget not in widgets:
            yield f"s’écrit par « {name} », qui n’a pas de sens sur un formulaire « {widget} » : employez « form »."
            return
    if mistake.match is not None and widget == "log":
        known = [f"{item}.{field}" for item in form["items"] for field in form["fields"]]
        yield from (
            f"nomme « {one} », qui n’est pas une case du journal."
            for one in mistake.match
            if one not in known
        )
        return
    named = (
        mistake.match or mistake.pick or mistake.miss or (list(mistake.before) if mistake.before else None)
    )
    yield from (message for _, message in _unknown(exercise, mistake.form if named is None else named))
    right = form.get("solution")
    if widget == "choices" and isinstance(right, list):
        if mistake.pick in right:
            yield f"choisit « {mistake.pick} », qui fait partie de la bonne réponse."
        if mistake.miss is not None and mistake.miss not in right:
            yield f"oublie « {mistake.miss} », qui ne fait pas partie de la bonne réponse."
    if mistake.before and mistake.before[0] == mistake.before[1]:
        yield "place une étape avant elle-même."


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)


def bounds(module: Module) -> Iterator[Finding]:
    """A slider goes somewhere; an explorer opens tables of the catalogue; a game comes after one that exists."""
    resources = catalogue.read()
    for key, exercise in module.exercises.items():
        form = exercise.form
        if form["widget"] == "slider" and form["min"] >= form["max"]:
            yield _finding(module, key, "« min » doit être plus petit que « max ».", "form", "min")
        offer = form.get("explorer", {"start": "", "tables": {"": ""}})
        if offer["start"] not in offer["tables"]:
            yield _finding(
                module,
                key,
                f"« start » doit être un des tableaux proposés ({_listed(offer['tables'])}).",
                "form",
                "explorer",
                "start",
            )
        for name, dataset in form.get("explorer", {}).get("tables", {}).items():
            try:
                resources.resolve(dataset)
            except DataError as error:
                yield _finding(module, key, str(error), "form", "explorer", "tables", name)
        if "after" in form and form["after"] not in module.exercises:
            yield _finding(
                module, key, f"« after » nomme un exercice inconnu, « {form['after']} ».", "form", "after"
            )


def recall(module: Module) -> Iterator[Finding]:
    """A question asked again later has a right option, and says of each option why it is right or tempting."""
    for key, exercise in module.exercises.items():
        if not exercise.recall:
            continue
        options, feedback = set(exercise.recall["options"]), set(exercise.recall["feedback"])
        if exercise.recall["right"] not in options:
            yield _finding(module, key, "« right » doit être une des options.", "recall", "right")
        if options != feedback:
            odd = ", ".join(sorted(options ^ feedback))
            yield _finding(
                module,
                key,
                f"« feedback » doit expliquer chaque option, et elles seules (à revoir : {odd}).",
                "recall",
                "feedback",
            )


def citations(module: Module) -> Iterator[Finding]:
    """Facts are cited in notebook.md alone: elsewhere the citation would be shown as it is written."""
    lines = read_text(module.answers.path).splitlines()
    for number, line in enumerate(lines, start=1):
        if found := CITATION.search(line):
            message = f"« {found.group()} » resterait tel quel : un fait ne se cite que dans notebook.md ou dans une image."
            yield Finding(module.answers.path, number, message)


def _finding(module: Module, key: str, message: str, *place: str | int) -> Finding:
    return module.answers.finding(f"exercice « {key} » : {message}", key, *place)


RULES = [whole, ways, keys, bounds, recall, citations]
