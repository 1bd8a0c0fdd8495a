"""Hand out a released module through nbgrader's exchange, as `nbgrader release_assignment --force` does."""

import sys
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.grading.errors import GradingError
from autograder.grading.regular_files import regular_files, sha256
from autograder.grading.release import load_config

REFUSED = (
    "Le module {name} est prêt (release/{name}), mais l’échange ({root}) ne l’a pas pris. Vérifiez que ce dossier existe et que vous y "
    "avez le droit d’écrire, puis relancez. Ce que nbgrader en dit : {reason}"
)


def hand_out(name: str, course: Path) -> Path | None:
    """Put `release/<name>` in the exchange; return where. None where nbgrader has no exchange: on Windows.

    What is there already, and is the same, is left alone: a learner may be fetching it. Raises GradingError.
    """
    if sys.platform == "win32":
        return None
    config = load_config(course)
    config.ExchangeReleaseAssignment.force = True
    api = NbGraderAPI(config=config)
    place = Path(api.exchange_root, api.course_id, "outbound", name)
    if place.is_dir() and _same(course / "release" / name, place, api.coursedir):
        return place
    result = api.release_assignment(name)
    if not result["success"]:
        reason = result["error"].strip().splitlines()[-1]
        raise GradingError(REFUSED.format(name=name, root=api.exchange_root, reason=reason))
    return place


def _same(released: Path, published: Path, coursedir: CourseDirectory) -> bool:
    """Whether two folders hold the same files, those that nbgrader never hands out left aside."""
    one, other = (
        {name: sha256(path) for name, path in regular_files(folder, coursedir.ignore)[0].items()}
        for folder in (released, published)
    )
    return one == other
