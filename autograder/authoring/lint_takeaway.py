"""What `campus check` says of the take-away card of a module: the page « Mes fiches » shows it alone, and it is printed."""

import re
from collections.abc import Iterator

from autograder.authoring.lint_steps import has_steps
from autograder.modules.errors import Finding
from autograder.modules.facts import CITATION
from autograder.modules.model import Module
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import steps_of

LONGEST = 1200
"""Signs: half a printed page."""
NOT_ALONE = re.compile(r"^#{1,6}\s|!\[|^```|\bci-(?:dessus|dessous|contre)\b", re.MULTILINE)
LACKING = (
    "le module n’a pas de fiche à emporter : donnez le rôle « takeaway » à la cellule de texte qui dit l’essentiel, dans la "
    'dernière étape qui n’est pas facultative (« +++ {"role": "takeaway"} »).'
)


def alone(module: Module) -> Iterator[Finding]:
    """A card is one cell, short, that says all it needs and does not age on the wall where it hangs."""
    cells = _cards(module)
    for cell in cells[1:]:
        yield _finding(module, cell, "deux fiches à emporter : un module n’en a qu’une.")
    for cell in cells:
        if len(cell.source) > LONGEST:
            message = f"la fiche à emporter a {len(cell.source)} signes : {LONGEST} au plus, elle tient sur une demi-page."
            yield _finding(module, cell, message)
        if NOT_ALONE.search(cell.source):
            message = "la fiche à emporter est lue seule, hors du module : ni titre (#), ni image, ni bloc de code, ni « ci-dessus »."
            yield _finding(module, cell, message)
        if CITATION.search(cell.source):
            message = (
                "la fiche à emporter est imprimée et gardée : n’y citez pas de fait daté, qui vieillirait."
            )
            yield _finding(module, cell, message)


def in_its_place(module: Module) -> Iterator[Finding]:
    """A card is in the last step that everyone does: whoever opens it has come to the end."""
    common = [step for step in steps_of(module.cells) if not step.optional]
    for cell in _cards(module):
        if has_steps(module) and not (common and cell in common[-1].cells):
            message = "la fiche à emporter va dans la dernière étape qui n’est pas facultative."
            yield _finding(module, cell, message)


def lacking(module: Module) -> Iterator[Finding]:
    """A published module has a card."""
    if module.status == "published" and not _cards(module):
        yield _finding(module, module.cells[-1], LACKING)


def _cards(module: Module) -> list[TextCell]:
    return [cell for cell in module.cells if cell.role == "takeaway"]


def _finding(module: Module, cell: TextCell, message: str) -> Finding:
    return Finding(module.folder / "notebook.md", cell.line, message)


RULES = [alone, in_its_place]
WARNINGS = [lacking]
