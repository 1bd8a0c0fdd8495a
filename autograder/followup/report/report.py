"""Make the report: read the gradebook once, count, write the pages and their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from autograder import files, paths
from autograder.followup.gradebook import opened
from autograder.followup.report import bilan, suivi
from autograder.followup.report.exercises import module_figures
from autograder.followup.report.people import standings
from autograder.followup.report.rows import Rows, read_rows
from autograder.followup.report.secrecy import INTERNAL, PUBLISHED, told
from autograder.followup.report.suivi import FollowedModule
from autograder.followup.report.summary import ClosedModule, closed_modules
from autograder.followup.report.today import Today, today
from autograder.followup.report.words import ModuleWords, read_words
from autograder.grading.layout import left_out
from autograder.grading.release import load_config

FOLDER = "reports"
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Report:
    """All that a report tells."""

    rows: Rows
    modules: Sequence[FollowedModule]
    today: Today
    closed: Sequence[ClosedModule]
    words: Mapping[str, ModuleWords]


def make_report(course: Path, names: Sequence[str] = (), now: datetime | None = None) -> Report:
    """Return the report of modules, all those of the gradebook by default, and keep what the administration is told.

    `now`: in UTC, without zone. Raises GradingError.
    """
    excluded = left_out(CourseDirectory(config=load_config(course)))
    with opened(course) as gradebook:
        rows = read_rows(gradebook, course / "submitted", names, excluded)
        words = {one.name: read_words(one.name, paths.modules(), course / "private") for one in rows.modules}
        now = now or datetime.now(UTC).replace(tzinfo=None)
        closed = closed_modules(gradebook.db, rows.modules, words, now)
    modules = [
        FollowedModule(
            words[one.name],
            module_figures(one.outcomes, words[one.name]),
            standings(one.outcomes, words[one.name], rows.learners),
            one.graded,
        )
        for one in rows.modules
    ]
    stand = {one.words.name: one.standings for one in modules}
    return Report(rows, modules, today(rows.modules, stand, words), closed, words)


def write_report(report: Report, course: Path, internal: bool = False) -> list[Path]:
    """Write the pages and their tables, readable by their owner alone; return their paths. Raises OSError.

    `internal` adds the page that stays in the organisation.
    """
    folder = paths.own(course / FOLDER)
    contents: dict[str, str | bytes] = {
        suivi.PAGE: suivi.page(report.rows, report.modules, report.today),
        suivi.EXERCISES: suivi.exercises_csv(report.modules),
        suivi.PEOPLE: suivi.people_csv(report.rows, report.modules, report.today),
        bilan.PAGE: bilan.page(report.closed, report.rows.modules, report.words),
        bilan.TABLE: bilan.table(report.closed, report.words),
    }
    if internal:
        contents[bilan.INTERNAL_PAGE] = bilan.page(report.closed, report.rows.modules, report.words, True)
        contents[bilan.INTERNAL_TABLE] = bilan.table(report.closed, report.words, True)
    for name, content in contents.items():
        files.write(folder / name, content, mode=OWNER_ONLY)
    return [folder / name for name in contents]


def as_json(report: Report, internal: bool = False) -> dict[str, Any]:
    """Return the report as data: names as in « Suivi », the administration's figures as in « Bilan »."""
    fewest = INTERNAL if internal else PUBLISHED
    return {
        "people": dict(report.rows.people),
        "modules": [
            {
                "name": one.words.name,
                "title": one.words.label,
                "missing": rows.missing,
                "to_grade": rows.to_grade,
                "late": {who: late.total_seconds() for who, late in rows.late.items()},
                "waiting": rows.waiting,
                "figures": asdict(one.figures),
                "standings": [asdict(standing) for standing in one.standings],
                "mistakes": {key: exercise.mistakes for key, exercise in one.words.exercises.items()},
            }
            for one, rows in zip(report.modules, report.rows.modules, strict=True)
        ],
        "to_take_again": report.today.to_take_again,
        "summary": [
            {
                "name": one.name,
                "parts": {
                    part: asdict(found) if (found := told(kept.counts, fewest)) else None
                    for part, kept in one.parts.items()
                },
            }
            for one in report.closed
        ],
    }
