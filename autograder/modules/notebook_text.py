"""`notebook.md` read as cells that know their role and their line. jupytext does the parsing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupytext.myst import myst_to_notebook

from autograder.modules.errors import Finding, ModuleError
from autograder.modules.text_file import read_text

CODE_ROLES = {"setup", "parameters", "try", "answer", "check", "example"}
MARKDOWN_ROLES = {"prose", "statement", "answer"}
DEFAULTS = {"example", "prose"}
"""What a cell of code, or of Markdown, is when it names no role."""

EXERCISE_ROLES = {"statement", "answer", "check"}
KEYS = {"exercise", "role", "points"}
OPENING = re.compile(r"^(```\{code-cell\}|\+\+\+)", re.MULTILINE)
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
MINUTES = re.compile(r"\((\d+)\s*min\)")


@dataclass(frozen=True)
class TextCell:
    """A cell of `notebook.md`. `line` is where its source starts; `points` only on graded cells."""

    kind: str
    source: str
    role: str
    line: int
    exercise: str | None = None
    points: float | None = None


def read_cells(path: Path) -> list[TextCell]:
    """Return the cells of a `notebook.md`; raise ModuleError with findings for unknown keys, roles, fences."""
    text = read_text(path)
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except Exception as error:  # jupytext raises several types, none public
        line = int(found.group(1)) if (found := re.search(r"line (\d+)", str(error))) else 0
        raise ModuleError(
            [
                Finding(
                    path,
                    line,
                    "texte MyST illisible. Vérifiez les clôtures ```, les lignes « +++ {…} » et les lignes « :clé: valeur » "
                    "qui ouvrent les cellules.",
                )
            ]
        ) from None
    cells, findings = [], []
    lines = text.splitlines()
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        metadata: dict[str, Any] = dict(cell.metadata)
        role = metadata.get("role") or ("example" if cell.cell_type == "code" else "prose")
        line = _first_line(lines, start, cell.source)
        findings += [Finding(path, line, problem) for problem in _problems(cell.cell_type, role, metadata)]
        if cell.cell_type == "code" and OPENING.search(cell.source):
            findings.append(
                Finding(path, line, "cette cellule de code n’est pas refermée : il manque sa clôture ```.")
            )
        cells.append(
            TextCell(cell.cell_type, cell.source, role, line, metadata.get("exercise"), _points(metadata))
        )
    if findings:
        raise ModuleError(findings)
    return cells


def headings_of(cells: Iterable[TextCell]) -> Iterator[tuple[int, str, int]]:
    """Yield (level, text, line) of the Markdown headings, code blocks left out."""
    for cell in cells:
        if cell.kind != "markdown":
            continue
        fenced = False
        for index, text in enumerate(cell.source.splitlines()):
            fenced ^= text.lstrip().startswith("```")
            found = None if fenced else HEADING.match(text)
            if found:
                yield len(found.group(1)), found.group(2), cell.line + index


def minutes_of(cells: Iterable[TextCell]) -> int:
    """Return the sum of the minutes that the level-2 headings announce, « (n min) »."""
    return sum(int(n) for level, text, _ in headings_of(cells) if level == 2 for n in MINUTES.findall(text))


def _first_line(lines: list[str], start: int, source: str) -> int:
    """Return the line of a cell's source, counting from 1: below its fence and its keys."""
    first = source.split("\n")[0]
    return next((i + 1 for i in range(max(start - 1, 0), len(lines)) if lines[i] == first), start + 1)


def _points(metadata: dict[str, Any]) -> float | None:
    points = metadata.get("points")
    return float(points) if isinstance(points, (int, float)) else None


def _problems(kind: str, role: str, metadata: dict[str, Any]) -> list[str]:
    problems = [
        f"clé de cellule inconnue « {key} » ; clés permises : exercise, role, points."
        for key in set(metadata) - KEYS
    ]
    allowed = CODE_ROLES if kind == "code" else MARKDOWN_ROLES
    if role not in allowed:
        problems.append(
            f"rôle inconnu « {role} » ; rôles permis ici : {', '.join(sorted(allowed - DEFAULTS))} (ou aucun)."
        )
    elif role in EXERCISE_ROLES and not metadata.get("exercise"):
        problems.append(f"une cellule de rôle « {role} » doit nommer son exercice (:exercise: nom).")
    elif role not in EXERCISE_ROLES and metadata.get("exercise"):
        problems.append("cette cellule nomme un exercice : il lui faut un rôle statement, answer ou check.")
    graded = role == "check" or (role == "answer" and kind == "markdown")
    if "points" in metadata and not graded:
        problems.append("les points s’écrivent sur la cellule notée : check, ou la réponse libre.")
    elif "points" in metadata and (
        not isinstance(metadata["points"], (int, float)) or metadata["points"] <= 0
    ):
        problems.append(f"points : on attend un nombre positif, pas {metadata['points']!r}.")
    return problems
