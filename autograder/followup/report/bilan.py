"""« Bilan », the page for the administration: numbers of people, never a person. Everything in it comes from `campus_summary`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.followup.report import statistics
from autograder.followup.report.pages import of_people, render
from autograder.followup.report.rows import ModuleRows
from autograder.followup.report.secrecy import INTERNAL, PUBLISHED, Told, told
from autograder.followup.report.statistics import Estimate
from autograder.followup.report.summary import (
    ACQUIRED,
    NOT_ACQUIRED,
    RIGHT,
    UNANSWERED,
    WHOLE,
    ClosedModule,
    Kept,
)
from autograder.followup.report.words import ModuleWords
from autograder.followup.spreadsheet import table_csv
from autograder.french.dates import in_full
from autograder.french.marks import spaced
from autograder.modules.load import id_of

PAGE, TABLE = "bilan.html", "bilan.csv"
INTERNAL_PAGE, INTERNAL_TABLE = "bilan-interne.html", "bilan-interne.csv"

OTHERS = "Tous les autres cas, ensemble"
CATEGORIES = {
    RIGHT: "Juste",
    UNANSWERED: "Sans réponse",
    ACQUIRED: "Module acquis",
    NOT_ACQUIRED: "Module non acquis",
}
SET_DUE = 'campus release {id} --due "2026-07-01 14:30 Europe/Paris"'


def page(
    closed: Sequence[ClosedModule],
    modules: Iterable[ModuleRows],
    words: Mapping[str, ModuleWords],
    is_internal: bool = False,
) -> str:
    """Return the HTML of the page."""
    fewest = INTERNAL if is_internal else PUBLISHED
    names = {one.name for one in closed}
    return render(
        PAGE,
        is_internal=is_internal,
        fewest=fewest,
        modules=[_module(one, words[one.name], fewest) for one in closed],
        open=[_open(one, words[one.name]) for one in modules if one.name not in names],
    )


def table(
    closed: Sequence[ClosedModule], words: Mapping[str, ModuleWords], is_internal: bool = False
) -> bytes:
    """Return the same figures as CSV, a line per category."""
    fewest = INTERNAL if is_internal else PUBLISHED
    heads = [
        "module",
        "clos le",
        "arrêté le",
        "exercice",
        "réponse",
        "personnes",
        "part",
        "part basse",
        "part haute",
    ]
    lines: list[tuple[str | float | None, ...]] = []
    for one in closed:
        for part, kept in one.parts.items():
            for line in _lines(part, told(kept.counts, fewest), words[one.name]):
                where = [
                    words[one.name].label,
                    f"le {_day(one.due)}",
                    f"le {in_full(kept.told_on)}",
                    _title(part, words[one.name]),
                ]
                lines.append((*where, *line))
    return table_csv(heads, lines)


def _module(one: ClosedModule, words: ModuleWords, fewest: int) -> dict[str, Any]:
    parts = _in_order(one.parts, words)
    tables = {part: told(kept.counts, fewest) for part, kept in parts.items()}
    exercises = [part for part in parts if part != WHOLE]
    charted = [(str(place), _right(tables[part])) for place, part in enumerate(exercises, 1)]
    return {
        "id": id_of(Path(one.name)),
        "label": words.label,
        "due": _day(one.due),
        "told_on": in_full(max(kept.told_on for kept in parts.values())) if parts else "",
        "chart": [(place, share) for place, share in charted if share],
        "parts": [
            {
                "title": _title(part, words, exercises.index(part) + 1 if part else 0),
                "caption": f"{sum(kept.counts.values())} copies, arrêtées le {in_full(kept.told_on)}",
                "rows": [
                    (spaced(name), str(people), of_people(Estimate(value, low, high, people)))
                    for name, people, value, low, high in _lines(part, tables[part], words)
                ],
            }
            for part, kept in parts.items()
        ],
    }


def _in_order(parts: Mapping[str, Kept], words: ModuleWords) -> dict[str, Kept]:
    exercises = words.in_order(part for part in parts if part != WHOLE)
    return {part: parts[part] for part in ([WHOLE] if WHOLE in parts else []) + exercises}


def _lines(
    part: str, found: Told | None, words: ModuleWords
) -> Iterable[tuple[str, int, float, float, float]]:
    """Return the lines of a table: what it is, people, share and its interval."""
    if found is None:
        return
    people = sum(found.shown.values()) + found.others
    named = [(_category(part, category, words), count) for category, count in found.shown.items()]
    for name, count in [*named, (OTHERS, found.others)]:
        if count and (share := statistics.rate(count, people)):
            yield name, count, share.value, share.low, share.high


def _right(found: Told | None) -> Estimate | None:
    if found is None or RIGHT not in found.shown:
        return None
    return statistics.rate(found.shown[RIGHT], sum(found.shown.values()) + found.others)


def _category(part: str, category: str, words: ModuleWords) -> str:
    exercise = words.exercise(part)
    return CATEGORIES.get(category) or exercise.of(exercise.current(category))


def _title(part: str, words: ModuleWords, place: int = 0) -> str:
    if part == WHOLE:
        return "Le module"
    return f"{place}. {words.exercise(part).title}" if place else words.exercise(part).title


def _open(one: ModuleRows, words: ModuleWords) -> dict[str, str]:
    command = SET_DUE.format(id=id_of(Path(one.name)))
    return {"label": words.label, "due": _day(one.due) if one.due else "", "command": command}


def _day(moment: datetime) -> str:
    """Return the day of a date of the gradebook, which is in UTC, where this machine is."""
    return in_full(moment.replace(tzinfo=UTC).astimezone())
