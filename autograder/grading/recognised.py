"""What a graded copy shows of each exercise: the mistakes in it, and those met on the way, as the learner told them."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.checks.outcomes import RIGHT
from autograder.checks.verdict import VERDICT
from autograder.contract.names import exercise_of, name_of, role_of
from autograder.grading.handed_in import read_start
from autograder.progress import tries
from autograder.progress.tries import Try
from autograder.records.tables import OTHER
from autograder.records.writing import Described, Met, Shown

MISTAKEN = ("wrong", "partial")
"""States of an answer that was understood, and is not right."""


@dataclass(frozen=True)
class Vocabulary:
    """What the module foresees: its version, and by exercise the name of each mistake, its former names included."""

    version: int
    names: Mapping[str, Mapping[str, str]]


def vocabulary(private: Path) -> Vocabulary:
    """Read it in the private tables of a module. Raises OSError, ValueError or KeyError when they are missing or damaged."""
    data = json.loads(private.read_text(encoding="utf-8"))
    return Vocabulary(data["version"], {key: _names(own) for key, own in data["exercises"].items()})


def _names(exercise: Mapping[str, Any]) -> dict[str, str]:
    tables = [exercise[way]["table"] for way in ("code", "form") if way in exercise]
    found = {outcome["id"] for table in tables for _, _, outcome in table}
    return {**{name: name for name in found - {RIGHT, "extra"}}, **exercise.get("was", {})}


def take_verdicts(notebook: NotebookNode) -> dict[str, Try]:
    """Return the verdict of each check of a graded notebook, and remove it from there: pages show what it says in words."""
    found = {}
    for cell in notebook.cells:
        name = name_of(cell)
        if cell.cell_type == "code" and role_of(name) == "check":
            taken = [_take(output, exercise_of(name)) for output in cell.outputs]
            found.update({one.exercise: one for one in taken if one})
    return found


def _take(output: NotebookNode, exercise: str) -> Try | None:
    said = output.get("data", {}).pop(VERDICT, None)
    return tries.read_one({**said, "exercise": exercise}) if isinstance(said, dict) else None


def enclosed(path: Path | None) -> list[Try] | None:
    """Return the verdicts that came with a copy; None when the learner enclosed none, or when they cannot be read."""
    content = read_start(path, tries.MAX_BYTES) if path else None
    return None if content is None else tries.read(content)


def described(kept: Mapping[str, Try], met: Sequence[Try] | None, words: Vocabulary) -> Described:
    """Return what a copy shows: `kept` are the verdicts of its answers, by exercise; `met`, those that came with it."""
    answers = {
        key: _shown(kept[key], [one for one in met or () if one.exercise == key], words) for key in kept
    }
    return Described(words.version, answers, met is not None)


def _shown(kept: Try, met: Sequence[Try], words: Vocabulary) -> Shown:
    names = words.names.get(kept.exercise, {})
    tried = _until_right([one for one in met if one.state in ("right", *MISTAKEN)])
    made = [_mistakes(one, names) for one in tried]
    now = _mistakes(kept, names)
    counts = Counter(name for one in made for name in one)
    first = made[0] if made else set[str]()
    return Shown(
        state=kept.state,
        share=kept.share,
        first_share=tried[0].share if tried else None,
        tries=len(tried) or None,
        mistakes={name: Met(name in now, name in first, counts[name]) for name in sorted({*counts, *now})},
    )


def _until_right(met: list[Try]) -> list[Try]:
    """Leave out what comes after the first right answer: one plays then with the form, to see what it says."""
    place = next((place for place, one in enumerate(met) if one.state == "right"), len(met))
    return met[: place + 1]


def _mistakes(one: Try, names: Mapping[str, str]) -> set[str]:
    """Return the mistakes of a verdict, under their present names; `OTHER` when it is wrong, and nobody foresaw why."""
    if one.state not in MISTAKEN:
        return set()
    return {names[name] for name in one.outcomes if name in names} or {OTHER}
