"""The steps of a module: one screen each in the course view.

An author begins a step by `+++ {"step": "…"}`. In a module without any, each heading of level 1 to 3 begins one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.modules.notebook_text import HEADING, TextCell

NUMBER = re.compile(r"^(\d+[.)]\s*|Exercice \d+\s*[—–:-]\s*)|\s*\(\d+\s*min\)$")
"""What a heading says beside its title: its number, its minutes."""
UNTITLED = "Pour commencer"


@dataclass(frozen=True)
class Step:
    """A step and its cells, in order. `optional` steps are not waited for."""

    title: str
    optional: bool
    cells: tuple[TextCell, ...]


def steps_of(cells: Iterable[TextCell]) -> list[Step]:
    """Return the steps of a notebook; together they hold all its cells."""
    own = list(cells)
    begins = _written if any(cell.step for cell in own) else _by_headings
    groups: list[tuple[str, bool, list[TextCell]]] = []
    for cell in own:
        title = begins(cell)
        if title or not groups:
            groups.append((title or UNTITLED, cell.optional, []))
        groups[-1][2].append(cell)
    return [Step(title, optional, tuple(group)) for title, optional, group in groups]


def _written(cell: TextCell) -> str | None:
    return cell.step


def _by_headings(cell: TextCell) -> str | None:
    titled = cell.kind == "markdown" and cell.role in {"prose", "statement"}
    heading = HEADING.match(cell.source.split("\n")[0]) if titled else None
    if heading is None or len(heading.group(1)) > 3:
        return None
    return NUMBER.sub("", heading.group(2)) or None
