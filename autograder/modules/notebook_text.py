"""`notebook.md` read as cells that know their role and their line. jupytext does the parsing."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupytext.myst import myst_to_notebook

from autograder.modules import cell_text, yaml_words
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.text_file import read_text

CODE_ROLES = {"setup", "parameters", "try", "answer", "check", "example", "tool"}
MARKDOWN_ROLES = {"prose", "statement", "answer", "bycode", "takeaway"}
DEFAULTS = {"example", "prose"}
"""What a cell of code, or of Markdown, is when it names no role."""

EXERCISE_ROLES = {"statement", "answer", "check"}
KEYS = {"exercise", "role", "points", "step", "optional", "predict"}
TITLE_LENGTH = 40
"""Signs of a step's title, at most: it is one line of the course view's list."""
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
MARK_SCHEME = re.compile(
    r"^### BEGIN MARK SCHEME[^\n]*\n(.*?)^### END MARK SCHEME[^\n]*\n?", re.DOTALL | re.MULTILINE
)
"""What only graders see of the answer cell of a free text; its group, the scheme itself."""
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
    step: str | None = None
    """The title of the step that this cell begins."""
    optional: bool = False
    """Whether that step may be left out."""
    predict: tuple[str, ...] = ()
    """The answers offered before what the cell shows."""


def read_cells(path: Path) -> list[TextCell]:
    """Return the cells of a `notebook.md`; raise ModuleError with findings for unknown keys, roles, fences."""
    text = read_text(path)
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except Exception as error:  # jupytext raises several types, none public
        line = int(found.group(1)) if (found := re.search(r"line (\d+)", str(error))) else 0
        raise ModuleError([cell_text.unreadable(path, text, line, KEYS)]) from None
    cells, findings = [], []
    lines = text.splitlines()
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        metadata: dict[str, Any] = dict(cell.metadata)
        role = str(metadata.get("role") or ("example" if cell.cell_type == "code" else "prose"))
        line = _first_line(lines, start, cell.source)
        findings += [Finding(path, line, problem) for problem in _problems(cell.cell_type, role, metadata)]
        findings += cell_text.fences(path, line, cell.cell_type, cell.source)
        cells.append(
            TextCell(
                cell.cell_type,
                cell.source,
                role,
                line,
                _text(metadata.get("exercise")),
                _points(metadata),
                metadata.get("step"),
                metadata.get("optional") is True,
                _choices(metadata.get("predict")),
            )
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


def _text(written: object) -> str | None:
    return written if isinstance(written, str) else None


def _choices(written: object) -> tuple[str, ...]:
    return tuple(text.strip() for text in str(written).split("|")) if written else ()


def _problems(kind: str, role: str, metadata: dict[str, Any]) -> list[str]:
    problems = [cell_text.unknown_key(key, KEYS) for key in sorted(set(metadata) - KEYS)]
    allowed = CODE_ROLES if kind == "code" else MARKDOWN_ROLES
    if role not in allowed:
        problems.append(
            f"rôle inconnu « {role} » ; rôles permis ici : {', '.join(sorted(allowed - DEFAULTS))} (ou aucun)."
        )
    elif "exercise" in metadata and not isinstance(metadata["exercise"], str):
        problems.append("exercise : on attend la clé d’un seul exercice de answers.yml.")
    elif role in EXERCISE_ROLES and not metadata.get("exercise"):
        problems.append(f"une cellule de rôle « {role} » doit nommer son exercice (:exercise: nom).")
    elif role not in EXERCISE_ROLES and metadata.get("exercise"):
        problems.append("cette cellule nomme un exercice : il lui faut un rôle statement, answer ou check.")
    problems += [*_step_problems(kind, metadata), *_prediction_problems(kind, role, metadata)]
    graded = role == "check" or (role == "answer" and kind == "markdown")
    if "points" in metadata and not graded:
        problems.append("les points s’écrivent sur la cellule notée : check, ou la réponse libre.")
    elif "points" in metadata and (
        type(metadata["points"]) not in (int, float) or not 0 < metadata["points"] < math.inf
    ):
        problems.append(
            f"points : on attend un nombre positif (1.5, avec un point), pas {yaml_words.shown(metadata['points'])}."
        )
    return problems


def _step_problems(kind: str, metadata: dict[str, Any]) -> list[str]:
    if "step" not in metadata:
        return ["« optional » s’écrit à côté de « step »."] if "optional" in metadata else []
    title = metadata["step"]
    if kind != "markdown":
        return [
            "une étape commence par une cellule de texte : mettez « step » sur celle qui porte son titre."
        ]
    if not isinstance(title, str) or not title.strip():
        return ["step : on attend le titre de l’étape, entre guillemets."]
    problems = []
    if len(title) > TITLE_LENGTH:
        problems.append(
            f"le titre d’étape « {title} » a {len(title)} signes : {TITLE_LENGTH} au plus, il s’affiche dans une liste."
        )
    if re.match(r"(\d|étape\b|exercice\b)", title, re.IGNORECASE):
        problems.append(
            f"le titre d’étape « {title} » : ôtez le numéro, la page numérote elle-même les étapes."
        )
    return problems


def _prediction_problems(kind: str, role: str, metadata: dict[str, Any]) -> list[str]:
    if "predict" not in metadata:
        return []
    if kind != "code" or role != "example":
        return ["« predict » s’écrit sur une cellule de code sans rôle : celle dont on prédit le résultat."]
    choices = _choices(metadata["predict"])
    if not 2 <= len(choices) <= 4 or not all(choices) or len(set(choices)) < len(choices):
        return [
            "predict : on attend de deux à quatre réponses différentes, séparées par « | » : moins | autant | plus."
        ]
    return []
