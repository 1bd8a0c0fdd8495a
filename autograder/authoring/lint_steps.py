"""What `campus check` says of the steps of a module: a learner reads one at a time, and runs nothing.

A draft without any written step is left alone here: the course view cuts it at its headings (`modules/steps.py`).
"""

import ast
import re
from collections.abc import Callable, Iterator

from autograder.french.numbers import points, short
from autograder.modules.errors import Finding
from autograder.modules.model import Module
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import Step, steps_of
from autograder.sharing import names
from autograder.sharing.first_level import given, outside

MOST_STEPS, CAPSTONE_STEPS = 12, 15
POINTS_AT = re.compile(
    r"\bci-(dessous|dessus|contre)\b|\b(tableau|graphique|schéma|image|carte) (?=«)", re.IGNORECASE
)
CAPTION = re.compile(r"\b(?:tableau|graphique)s? « ([^»]+) »", re.IGNORECASE)
NOTEBOOK_WORDS = re.compile(r"\b(exécute[rz]\w*|cellules?\b|maj \+ entrée|shift)", re.IGNORECASE)
SHOWS = {"example", "tool"}
WITH_CODE = {"try", "bycode", "answer", "check"}


def has_steps(module: Module) -> bool:
    """Tell whether the author cut the module into steps."""
    return any(cell.step for cell in module.cells)


def _finding(module: Module, cell: TextCell, message: str) -> Finding:
    return Finding(module.folder / "notebook.md", cell.line, message)


def first_cell(module: Module) -> Iterator[Finding]:
    """A module cut into steps begins with one."""
    if has_steps(module) and not module.cells[0].step:
        message = (
            'le carnet commence hors de toute étape : mettez une ligne « +++ {"step": "…"} » tout en haut.'
        )
        yield _finding(module, module.cells[0], message)


def not_cut(module: Module) -> Iterator[Finding]:
    """A published module is cut by its author: headings are a poor cut."""
    if module.status == "published" and not has_steps(module):
        message = (
            'le module n’est pas coupé en étapes : commencez chacune par une ligne « +++ {"step": "Son titre"} », '
            "avec une seule question par étape."
        )
        yield _finding(module, module.cells[0], message)


def one_question(module: Module) -> Iterator[Finding]:
    """A step asks one graded question at most."""
    for step in _steps(module):
        stated = [cell for cell in step.cells if cell.role == "statement"]
        for cell in stated[1:]:
            message = f"deux exercices dans l’étape « {step.title} » : commencez une étape à celui-ci."
            yield _finding(module, cell, message)


def whole_exercises(module: Module) -> Iterator[Finding]:
    """The cells of an exercise are in one step, and nothing is shown between its form and its check."""
    for step in _steps(module):
        stated: str | None = None
        answering = False
        for cell in step.cells:
            if cell.role == "statement":
                stated, answering = cell.exercise, False
            elif cell.exercise and cell.exercise != stated:
                yield _finding(
                    module,
                    cell,
                    f"l’exercice « {cell.exercise} » est coupé : sa question est dans une autre étape.",
                )
            elif cell.role == "answer":
                answering = True
            elif cell.role in SHOWS and answering:
                message = "ce qui est montré ici vient après la réponse : mettez-le entre la question et la cellule de réponse."
                yield _finding(module, cell, message)
            if cell.role == "check":
                answering = False


def evidence(module: Module) -> Iterator[Finding]:
    """A question that points at a table or a picture finds it in its own step."""
    for step in _steps(module):
        for cell in (cell for cell in step.cells if cell.role == "statement"):
            if POINTS_AT.search(cell.source) and not _shown_in(step, cell):
                message = "la question renvoie à un tableau ou à une image qui n’est pas dans la même étape."
                yield _finding(module, cell, message)
            for caption in CAPTION.findall(cell.source):
                if not any(caption.strip() in other.source for other in step.cells if other.role in SHOWS):
                    message = f"le tableau « {caption.strip()} » n’est pas montré dans cette étape : montrez-le ici, de nouveau s’il le faut."
                    yield _finding(module, cell, message)


def _shown_in(step: Step, statement: TextCell) -> bool:
    return "|---" in statement.source or any(
        cell.role in SHOWS or (cell.kind == "markdown" and ("![" in cell.source or "|---" in cell.source))
        for cell in step.cells
    )


def predictions(module: Module) -> Iterator[Finding]:
    """What follows a prediction says what was seen, in the same step."""
    for step in _steps(module):
        for index, cell in enumerate(step.cells):
            if cell.predict and not any(later.kind == "markdown" for later in step.cells[index + 1 :]):
                message = "après une prédiction, dites dans la même étape ce que l’on voit, et pourquoi."
                yield _finding(module, cell, message)


def independent_examples(module: Module) -> Iterator[Finding]:
    """What is shown never reads a name that only learners give: it is computed before they answer."""
    ours, theirs = set[str](), set[str]()
    for cell in module.cells:
        if cell.kind != "code":
            continue
        tree = names.parse(cell.source)
        if cell.role in {"answer", "try"}:
            theirs |= given(tree).keys()
            continue
        for name in sorted((outside(tree) & theirs) - ours):
            message = (
                f"cette cellule lit « {name} », que l’apprenant donne lui-même : elle s’arrêterait tant qu’il n’a pas "
                "répondu. Calculez cette valeur ici."
            )
            yield _finding(module, cell, message)
        ours |= given(tree).keys()


def no_notebook_words(module: Module) -> Iterator[Finding]:
    """The course view shows no cell and asks to run none; the words are kept for who codes, and for optional steps."""
    for step in _steps(module):
        if step.optional:
            continue
        for cell in step.cells:
            if cell.kind != "markdown" or cell.role in WITH_CODE:
                continue
            for index, line in enumerate(cell.source.splitlines()):
                if said := NOTEBOOK_WORDS.search(line):
                    yield Finding(
                        module.folder / "notebook.md",
                        cell.line + index,
                        f"« {said.group(0)} » : dans le parcours, on ne voit aucune cellule et l’on n’exécute rien. Dites-le "
                        'autrement, ou mettez ce texte dans une cellule « +++ {"role": "bycode"} ».',
                    )


def shown_nothing(module: Module) -> Iterator[Finding]:
    """An example shows something: its code is offered under it."""
    for step in _steps(module):
        for cell in step.cells:
            if cell.role == "example" and not _may_show(cell.source):
                message = (
                    "cette cellule ne montre rien : on lirait « Voir le code » sous un vide. Réunissez-la à celle qui s’en "
                    "sert, ou donnez-lui « :role: tool »."
                )
                yield _finding(module, cell, message)


def _may_show(source: str) -> bool:
    """Tell whether a cell ends with a value, or calls for what it does: a name given is never shown.

    Of a cell that Python cannot read, its own fault is told.
    """
    tree = names.parse(source)
    given_only = (
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.ClassDef,
    )
    return not tree.body or not all(isinstance(statement, given_only) for statement in tree.body)


def few_steps(module: Module) -> Iterator[Finding]:
    """A module that has many steps is hard to hold in mind."""
    steps = _steps(module)
    most = CAPSTONE_STEPS if module.capstone else MOST_STEPS
    if len(steps) > most:
        message = f"{len(steps)} étapes : {most} au plus se retiennent ; regroupez une idée et sa question."
        yield _finding(module, steps[most].cells[0], message)


def within_reach(module: Module) -> Iterator[Finding]:
    """A module can be passed without its optional steps."""
    optional = [step for step in _steps(module) if step.optional]
    extra = sum(cell.points or 0 for step in optional for cell in step.cells)
    left, needed = module.points - extra, module.pass_mark * module.points
    if extra and left < needed - 1e-9:
        message = (
            f"sans ses étapes facultatives, le module donne {points(left)}, et il en faut {short(needed, 6)} : baissez "
            "« pass_mark », ou donnez moins de points à ces étapes."
        )
        yield _finding(module, optional[0].cells[0], message)


def _steps(module: Module) -> list[Step]:
    return steps_of(module.cells) if has_steps(module) else []


RULES: list[Callable[[Module], Iterator[Finding]]] = [
    first_cell,
    not_cut,
    one_question,
    whole_exercises,
    evidence,
    predictions,
    independent_examples,
    no_notebook_words,
    within_reach,
    shown_nothing,
]
WARNINGS: list[Callable[[Module], Iterator[Finding]]] = [few_steps]
