"""What `campus check` says of answers.yml beyond its schema: each exercise is whole, and names only what exists."""

import keyword
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from autograder.activities import registry
from autograder.authoring.typography import TEXT_KEYS, TEXT_PARENTS
from autograder.checks.kinds import kind_of_widget
from autograder.modules.errors import Finding
from autograder.modules.facts import CITATION
from autograder.modules.model import ExerciseSpec, Mistake, Module, is_computed
from autograder.modules.text_file import read_text

MISTAKES = 3
LISTED = {"choice", "choices", "order", "match", "log"}
"""Kinds whose options are those of the form."""

SHORTHANDS = {
    "pick": {"choice", "choices"},
    "miss": {"choices", "labels"},
    "match": {"match", "labels", "log"},
    "before": {"order"},
}
"""The ways to write a mistake relatively to the right answer, and the forms on which they mean something."""

SHAPES: dict[str, tuple[type, str]] = {
    "choice": (str, "une seule clé, sans crochets : solution: b"),
    "choices": (list, "une liste de clés : solution: [a, c]"),
    "order": (list, "la liste des clés dans le bon ordre : solution: [b, a, c]"),
    "match": (dict, "une clé par élément : solution: {x: a, y: b}"),
    "labels": (dict, "une clé pour chaque élément à signaler : solution: {x: a, y: b}"),
}
"""How the solution of a form is written, and how to say so."""

CALLED = {"items": "un des éléments", "options": "une des options"}
"""How authors are told of what a form shows; an activity may have words of its own."""

NO_EXAMPLE = "il manque « example » : un texte qui aurait tous les points. Qui apprend seul y compare le sien, après l’avoir écrit."

LEAVING = {"choices", "labels"}
"""The forms whose right answer leaves some of what they show."""

RESERVED, SLIP = {"right", "extra"}, "slip-"
"""Names that the grader gives to what it recognises by itself."""


def whole(module: Module) -> Iterator[Finding]:
    """Every exercise has what a learner needs: explanations, mistakes with their own ids, alternatives."""
    for key, exercise in module.exercises.items():
        if exercise.is_free:
            if not exercise.example:
                yield _finding(module, key, NO_EXAMPLE)
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
        ids = [mistake.id for mistake in exercise.mistakes]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield _finding(module, key, f"deux erreurs ont le même « id », {name}.", "mistakes", index)
            if name in RESERVED or name.startswith(SLIP):
                message = f"« {name} » est réservé : donnez un autre « id » à cette erreur."
                yield _finding(module, key, message, "mistakes", index, "id")
        yield from _former_names(module, key, ids)
        if exercise.solution is not None and not any(attempt.code for attempt in exercise.alternatives):
            yield _finding(
                module,
                key,
                "cet exercice se fait par le code : donnez au moins une autre bonne réponse (alternatives, code).",
            )


def _former_names(module: Module, key: str, ids: list[str]) -> Iterator[Finding]:
    """A former name leads to one mistake: copies graded before the renaming bear it."""
    seen = set(ids)
    for index, mistake in enumerate(module.exercises[key].mistakes):
        for name in mistake.was:
            if name in seen:
                message = f"l’ancien nom « {name} » (was) désigne déjà une erreur de cet exercice : retirez-le d’ici."
                yield _finding(module, key, message, "mistakes", index, "was")
            seen.add(name)


def ways(module: Module) -> Iterator[Finding]:
    """The code and the form of an exercise can both give its answer; code is written only where a cell receives it."""
    for key, exercise in module.exercises.items():
        if exercise.is_free or not any(cell.exercise == key for cell in module.cells):
            continue
        widget, kind = exercise.form["widget"], exercise.answer["kind"]
        same = kind_of_widget(widget) == kind
        if exercise.solution is None:
            yield from _without_code(module, key, exercise)
        elif keyword.iskeyword(exercise.answer.get("name", "")):
            message = (
                f"« {exercise.answer['name']} » est un mot de Python : donnez un autre nom à la variable."
            )
            yield _finding(module, key, message, "answer", "name")
        elif not exercise.answer.get("name"):
            yield _finding(
                module, key, "il y a une cellule de réponse : nommez sa variable (answer.name).", "answer"
            )
        if not same and (kind in LISTED or exercise.solution is None):
            yield _finding(
                module,
                key,
                f"le genre « {kind} » ne va pas avec le formulaire « {widget} », dont les réponses sont de genre "
                f"« {kind_of_widget(widget)} » : accordez-les.",
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


def variables(module: Module) -> Iterator[Finding]:
    """Each exercise has a variable of its own: the answer to one would else be taken for that to another."""
    owners: dict[str, str] = {}
    for key, exercise in module.exercises.items():
        name = exercise.answer.get("name") if exercise.solution is not None else None
        if name in owners:
            message = (
                f"la variable « {name} » est déjà celle de « {owners[name]} » : donnez-lui un autre nom."
            )
            yield _finding(module, key, message, "answer", "name")
        if name:
            owners.setdefault(name, key)


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
    """The solution and the mistakes name options, items and steps that the form shows; no two of these read the same."""
    for key, exercise in module.exercises.items():
        for part in ("options", "items"):
            yield from _same_words(module, key, part, exercise.form.get(part, {}))
        solution = exercise.form.get("solution")
        unknown = list(_unknown(exercise, solution))
        for place, message in unknown or _incomplete(exercise.form, solution):
            yield _finding(module, key, f"la solution {message}", "form", "solution", *place)
        for index, mistake in enumerate(exercise.mistakes):
            for message in _mistaken(exercise, mistake):
                yield _finding(module, key, f"l’erreur « {mistake.id} » {message}", "mistakes", index)


def _same_words(module: Module, key: str, part: str, texts: Mapping[str, str]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, text in texts.items():
        words = " ".join(text.split()).casefold()
        if words in seen:
            message = f"« {seen[words]} » et « {name} » ont le même texte : personne ne peut choisir entre les deux."
            yield _finding(module, key, message, "form", part, name)
        seen.setdefault(words, name)


def _incomplete(form: Mapping[str, Any], value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield why a solution is not a whole answer to its form: of the wrong shape, with something missing, or named twice."""
    form = registry.ordinary(form)
    widget = form["widget"]
    shape = SHAPES.get(widget)
    if value is None or is_computed(value) or shape is None:
        return
    if not isinstance(value, shape[0]):
        yield (), f"doit être {shape[1]}."
    elif widget in LEAVING and not value:
        yield (), "ne choisit rien : il faut au moins une proposition."
    elif isinstance(value, list) and len(set(map(str, value))) < len(value):
        yield (), "nomme deux fois la même proposition."
    elif isinstance(value, (list, dict)) and widget not in LEAVING and (left := _left_out(form, value)):
        yield (), f"oublie {_listed(left)}."


def _left_out(form: Mapping[str, Any], value: Collection[str]) -> list[str]:
    """Return the steps to sort, or the items to match, that a solution does not name."""
    return [name for name in form["items" if form["widget"] == "match" else "options"] if name not in value]


def _unknown(exercise: ExerciseSpec, value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place in a form's value, and the sentence, of each key that the form does not show."""
    form = registry.ordinary(exercise.form)
    options, called = form.get("options", {}), {**CALLED, **form.get("called", {})}
    if is_computed(value):
        return
    if isinstance(value, Mapping) and form["widget"] in {"match", "labels"}:
        for item, option in value.items():
            if not _among(item, form["items"]):
                yield (
                    (item,),
                    f"nomme « {item} », qui n’est pas {called['items']} ({_listed(form['items'])}).",
                )
            if not _among(option, options):
                yield (item,), f"nomme « {option} », qui n’est pas {called['options']} ({_listed(options)})."
    elif form["widget"] in {"choice", "choices", "order"} and isinstance(value, (str, list)):
        for index, option in enumerate([value] if isinstance(value, str) else value):
            if not _among(option, options):
                place = () if isinstance(value, str) else (index,)
                yield place, f"nomme « {option} », qui n’est pas {called['options']} ({_listed(options)})."


def _among(name: object, known: Collection[str]) -> bool:
    return isinstance(name, str) and name in known


def impossible(exercise: ExerciseSpec, value: Any) -> Iterator[str]:
    """Yield why a whole answer can never come from the form of an exercise: another shape, or a key that it does not show."""
    shape = SHAPES.get(registry.ordinary(exercise.form)["widget"])
    if shape and not isinstance(value, shape[0]):
        yield f"doit être {shape[1].replace('solution: ', 'form: ')}"
    else:
        yield from (message for _, message in _unknown(exercise, value))


def _mistaken(exercise: ExerciseSpec, mistake: Mistake) -> Iterator[str]:
    """Yield what keeps a mistake from ever being made on the form."""
    form = registry.ordinary(exercise.form)
    widget = form["widget"]
    own = {name for activity in registry.of_form(exercise.form) for name in activity.shorthands}
    for name, widgets in SHORTHANDS.items():
        if getattr(mistake, name) is not None and widget not in widgets and name not in own:
            told = exercise.form["widget"]
            yield f"s’écrit par « {name} », qui n’a pas de sens sur un formulaire « {told} » : employez « form »."
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
    right = exercise.form.get("solution")
    if widget in LEAVING and isinstance(right, (list, dict)):
        if mistake.pick in right:
            yield f"choisit « {mistake.pick} », qui fait partie de la bonne réponse."
        if mistake.miss is not None and mistake.miss not in right:
            yield f"oublie « {mistake.miss} », qui ne fait pas partie de la bonne réponse."
    if mistake.before and mistake.before[0] == mistake.before[1]:
        yield "place une étape avant elle-même."


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)


def bounds(module: Module) -> Iterator[Finding]:
    """A slider goes somewhere; an activity finds nothing to say of its own keys."""
    for key, exercise in module.exercises.items():
        form = exercise.form
        if form["widget"] == "slider" and form["min"] >= form["max"]:
            yield _finding(module, key, "« min » doit être plus petit que « max ».", "form", "min")
        for activity in registry.of_form(form):
            for place, message in activity.faults(form, module.exercises):
                yield _finding(module, key, message, "form", *place)


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


def cut(module: Module) -> Iterator[Finding]:
    """Texts that YAML ends at a « # », as a comment: learners would read their beginning only."""
    for document in (module.description, module.answers):
        lines = read_text(document.path).splitlines()
        for place, span in document.spans.items():
            line, column = span.end
            rest = lines[line][column:] if line < len(lines) else ""
            if (
                place
                and (place[-1] in TEXT_KEYS or (len(place) > 1 and place[-2] in TEXT_PARENTS))
                and rest.startswith(" #")
            ):
                message = "ce qui suit « # » n’est pas lu : si c’est du texte, mettez toute la valeur entre guillemets."
                yield document.finding(message, *place)


WARNINGS = [cut]
RULES = [whole, ways, variables, keys, bounds, recall, citations]
