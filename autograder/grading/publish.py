"""Hand out a released module by nbgrader's exchange, and set its due date: what `campus release` adds to `release`."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.french.dates import clock, in_full
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import in_words
from autograder.grading.regular_files import regular_files, sha256
from autograder.grading.release import load_config

REFUSED = (
    "Le module {name} est prêt (release/{name}), mais l’échange ({root}) ne l’a pas pris. Vérifiez que ce dossier existe et que vous y "
    "avez le droit d’écrire, puis relancez. Voici ce que nbgrader en dit :\n{details}"
)


@dataclass(frozen=True)
class Due:
    """The due date of a module, None without one; and whether it has copies that were graded before the date was set."""

    date: datetime | None
    is_after_grading: bool


def publish(folder_name: str, course: Path) -> str | None:
    """Put `release/<folder_name>` in the exchange; return where, in words, or None where nbgrader has no exchange.

    What is there already, and is the same, is left alone: a learner may be fetching it. Raises GradingError.
    """
    if sys.platform == "win32":
        return None
    config = load_config(course)
    config.ExchangeReleaseAssignment.force = True
    api = NbGraderAPI(config=config)
    place = Path(api.exchange_root, api.course_id, "outbound", folder_name)
    if api.exchange_root and place.is_dir() and _same(course / "release" / folder_name, place, api.coursedir):
        return str(place)
    result = api.release_assignment(folder_name)
    if not result["success"]:
        details = f"{result.get('log', '')}{result.get('error', '')}"
        raise GradingError(REFUSED.format(name=folder_name, root=api.exchange_root, details=details))
    return str(place) if api.exchange_root else "celui de votre établissement"


def _same(released: Path, published: Path, coursedir: CourseDirectory) -> bool:
    """Whether two folders hold the same files, those that nbgrader never hands out left aside."""
    one, other = (
        {name: sha256(path) for name, path in regular_files(folder, coursedir.ignore)[0].items()}
        for folder in (released, published)
    )
    return one == other


def set_due(folder_name: str, course: Path, date: datetime | None) -> Due:
    """Set the due date of a released module; None leaves it as it is. `date` has a time zone. Raises GradingError."""
    settings = CourseDirectory(config=load_config(course))
    with in_words(settings.db_url), Gradebook(settings.db_url, settings.course_id) as gradebook:
        before = gradebook.find_assignment(folder_name).duedate
        if date is None:
            return Due(before and before.replace(tzinfo=UTC).astimezone(), False)
        kept = date.astimezone(UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment(folder_name, duedate=kept)
        has_copies = bool(gradebook.assignment_submissions(folder_name))
    return Due(date, has_copies and before != kept)


def in_french(date: datetime) -> str:
    """Return a date that has a time zone: `1er juillet 2026 à 14 h 30 (Europe/Paris)`."""
    return f"{in_full(date)} à {clock(date)} ({date.tzinfo})"
