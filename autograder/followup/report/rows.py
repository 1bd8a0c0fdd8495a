"""What the report reads: our tables and nbgrader's, module by module, as data frames."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment
from sqlalchemy import select

from autograder.grading.collect.roster import class_list, full_name
from autograder.grading.lateness import delay
from autograder.grading.waiting import waiting
from autograder.identity import shown
from autograder.records.tables import Answer, GradedCopy, Mistake, Person

COPY = ("key", "has_tries", "version")
ANSWER = ("key", "exercise", "state", "share", "first_share", "tries")
MISTAKE = ("key", "exercise", "mistake", "is_kept", "is_first", "times")


@dataclass(frozen=True)
class Outcomes:
    """What the graded copies of a module showed: one row per copy, per answer, per mistake; columns as in `records.tables`."""

    copies: pd.DataFrame
    answers: pd.DataFrame
    mistakes: pd.DataFrame


@dataclass(frozen=True)
class ModuleRows:
    """One module of the gradebook. Learners are named by nbgrader's identifiers, outcomes by keys.

    `due`: in UTC, without zone; None without a due date. `missing`: who is in the class list and did not hand in. `to_grade`: whose
    copy is in `submitted/` and in no gradebook yet. `late`: by how much. `waiting`: how many free answers a person must read.
    """

    name: str
    due: datetime | None
    missing: Sequence[str]
    to_grade: Sequence[str]
    late: Mapping[str, timedelta]
    waiting: Mapping[str, int]
    graded: int
    outcomes: Outcomes


@dataclass(frozen=True)
class Rows:
    """All that a report tells of. `people`: full names by identifier, the identifier where there is none; `learners`: by key."""

    people: Mapping[str, str]
    learners: Mapping[str, str]
    modules: Sequence[ModuleRows]


def read_rows(
    gradebook: Gradebook, submitted: Path, names: Collection[str] = (), excluded: Collection[str] = ()
) -> Rows:
    """Read modules, all those of the gradebook by default, in order of their names; `excluded`: learners who do not count."""
    db = gradebook.db
    students = db.execute(select(Student.id, Student.first_name, Student.last_name)).all()
    listed = {one.id for one in class_list(gradebook)} - {*excluded}
    found = select(Assignment.id, Assignment.name, Assignment.duedate).order_by(Assignment.name)
    chosen = [one for one in db.execute(found) if not names or one.name in names]
    everybody = dict(iter(db.execute(select(Person.key, Person.learner))))
    learners = {key: learner for key, learner in everybody.items() if learner not in excluded}
    outcomes = _outcomes(db, [one.name for one in chosen], everybody.keys() - learners.keys())
    bare = {one: one for one in (*learners.values(), *_placed(submitted, "*"))}
    return Rows(
        bare | {id: shown(full_name(first, last)) or id for id, first, last in students},
        learners,
        [_module(gradebook, one, listed, submitted, outcomes[one.name], excluded) for one in chosen],
    )


def _module(
    gradebook: Gradebook,
    assignment: Any,
    listed: Collection[str],
    submitted: Path,
    outcomes: Outcomes,
    excluded: Collection[str],
) -> ModuleRows:
    columns = (SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension)
    where = SubmittedAssignment.assignment_id == assignment.id
    found = gradebook.db.execute(select(*columns).where(where))
    graded = {learner: dates for learner, *dates in found if learner not in excluded}
    placed = _placed(submitted, assignment.name) - {*excluded}
    delays = {learner: delay(at, assignment.duedate, more) for learner, (at, more) in graded.items()}
    return ModuleRows(
        assignment.name,
        assignment.duedate,
        sorted({*listed} - {*graded} - placed),
        sorted(placed - {*graded}),
        {learner: late for learner, late in delays.items() if late},
        {who: len(cells) for who, cells in waiting(gradebook, assignment.name).items() if who in graded},
        len(graded),
        outcomes,
    )


def _placed(submitted: Path, module: str) -> set[str]:
    """Return the identifiers of those whose copy of a module is in `submitted/`."""
    return {path.parent.name for path in submitted.glob(f"[!.]*/{module}")}


def _outcomes(db: Any, modules: Sequence[str], left_out: Collection[str]) -> dict[str, Outcomes]:
    """Return the outcomes of modules, each table read once; `left_out`: keys of those who do not count."""
    tables = [
        _by_module(db, table, columns, modules, left_out)
        for table, columns in ((GradedCopy, COPY), (Answer, ANSWER), (Mistake, MISTAKE))
    ]
    return {module: Outcomes(*(table[module] for table in tables)) for module in modules}


def _by_module(
    db: Any, table: Any, columns: Sequence[str], modules: Iterable[str], left_out: Collection[str]
) -> dict[str, pd.DataFrame]:
    wanted = select(table.module, *(getattr(table, name) for name in columns))
    rows = pd.DataFrame(db.execute(wanted).all(), columns=["module", *columns])
    rows = rows[~rows["key"].isin([*left_out])]
    found = {str(name): group.drop(columns="module") for name, group in rows.groupby("module")}
    return {module: found.get(module, rows.iloc[:0].drop(columns="module")) for module in modules}
