"""The marks as a trainer reads them in a spreadsheet: one row per person; a second sheet gives the points of each exercise."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from autograder.followup.learner import Learner
from autograder.followup.marks.read import Copy, Marks, ModuleMarks
from autograder.followup.spreadsheet import french, text
from autograder.french.numbers import short
from autograder.grading.lateness import spell

PERSON = ("identifiant", "nom", "prénom", "courriel")
MODULE = (
    "état",
    "points",
    "sur",
    "pénalité de retard",
    "acquis",
    "réponses libres à lire",
    "rendu le",
    "retard",
)
State = Literal["noté", "provisoire", "nouvelle copie à corriger", "à corriger", "absent"]
ACQUIRED = {True: "oui", False: "non"}
PENDING = "en attente"
UNKNOWN_MARK = "seuil inconnu"
TO_READ = "à lire"


def state(module: ModuleMarks, learner: str) -> State:
    """Return where a person's copy is."""
    copy = module.copies.get(learner)
    if copy is None:
        return "à corriger" if learner in module.ungraded else "absent"
    if copy.is_outdated:
        return "nouvelle copie à corriger"
    return "provisoire" if copy.unread else "noté"


def totals(marks: Marks) -> list[list[str]]:
    """Return the rows of the first sheet: each person, and eight columns per module."""
    return _rows(marks, _module_headings, _module_cells)


def by_exercise(marks: Marks) -> list[list[str]]:
    """Return the rows of the second sheet: each person, and one column per exercise."""
    return _rows(marks, _exercise_headings, _exercise_cells)


def _rows(
    marks: Marks,
    headings: Callable[[ModuleMarks, str], list[str]],
    cells: Callable[[ModuleMarks, str], list[str]],
) -> list[list[str]]:
    names = short_names([module.name for module in marks.modules])
    first = [one for module in marks.modules for one in headings(module, names[module.name])]
    rows = [[*PERSON, *map(text, first)]]
    for learner in sorted(marks.learners.values(), key=Learner.in_order):
        own = [one for module in marks.modules for one in cells(module, learner.learner)]
        rows.append([*_person(learner), *own])
    return rows


def short_names(folders: Sequence[str]) -> dict[str, str]:
    """Return the id of each module, by its folder's name; the folder's name itself where two have one id."""
    ids = [folder.partition("-")[0] for folder in folders]
    return {folder: one if ids.count(one) == 1 else folder for folder, one in zip(folders, ids, strict=True)}


def _person(learner: Learner) -> list[str]:
    return [text(one) for one in (learner.learner, learner.last_name, learner.first_name, learner.email)]


def _module_headings(module: ModuleMarks, name: str) -> list[str]:
    return [f"{name} {heading}" for heading in MODULE]


def _module_cells(module: ModuleMarks, learner: str) -> list[str]:
    copy = module.copies.get(learner)
    if copy is None:
        acquired = PENDING if learner in module.ungraded else ""
        return [state(module, learner), "", french(module.points), "", acquired, "", "", ""]
    return [
        state(module, learner),
        french(copy.result.score),
        french(module.points),
        french(copy.result.penalty),
        _acquired(copy),
        french(copy.unread),
        _moment(copy.handed_in) if copy.handed_in else "",
        spell(copy.late) if copy.late else "",
    ]


def _acquired(copy: Copy) -> str:
    if copy.result.pass_score is None:
        return UNKNOWN_MARK
    acquired = copy.result.acquired
    return PENDING if acquired is None or copy.is_outdated else ACQUIRED[acquired]


def _moment(date: datetime) -> str:
    """Return a date that sorts and that no spreadsheet converts, in the time zone of this machine: `2026-07-01 à 14 h 30 CEST`."""
    return f"{date.replace(tzinfo=UTC).astimezone():%Y-%m-%d à %H h %M %Z}"


def _exercise_headings(module: ModuleMarks, name: str) -> list[str]:
    return [f"{name} {one.title} (sur {short(one.points)})" for one in module.exercises.values()]


def _exercise_cells(module: ModuleMarks, learner: str) -> list[str]:
    copy = module.copies.get(learner)
    if copy is None:
        return [state(module, learner)] * len(module.exercises)
    return [_points(copy.exercises.get(exercise, 0.0)) for exercise in module.exercises]


def _points(points: float | None) -> str:
    return TO_READ if points is None else french(points)
