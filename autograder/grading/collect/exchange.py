"""The last hand-in of each learner in nbgrader's exchange, brought into a folder apart."""

import logging
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from autograder.grading.collect.copies import Found, Search
from autograder.grading.errors import GradingError
from autograder.identity import shown

NAME = "échange"
NO_EXCHANGE = (
    "L’échange n’a pas encore de dossier pour ce cours ({root}), ou vous n’avez pas le droit de le lire. Distribuez d’abord le "
    "module : « campus release {module} ». Si les copies vous arrivent autrement, donnez-les : "
    "« campus collect {module} DOSSIER-OU-ARCHIVE »."
)
NOT_READ = "L’échange n’a pas pu être lu ({error}). Rien n’a été changé dans submitted/ : corrigez ce point, puis relancez."


class _Heard(logging.Handler):
    """Keeps what nbgrader warns of: what was not taken, and what looks forged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(" ".join(record.getMessage().split()))


def fetch(config: Config, search: Search, submitted: Path) -> list[Found]:
    """Return the last hand-in of each learner in the exchange; raise GradingError when there is no exchange.

    They are brought by the class that the course's configuration names, as for `nbgrader collect`, into a folder apart: what is in
    `submitted/` is none of its business.
    """
    step = (search.work / "echange").relative_to(submitted.parent)
    heard = _collect(config, search.module.name, str(step))
    search.refused += [(NAME, said.removesuffix(".")) for said in heard]
    folder = submitted.parent / step
    learners = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return [
        search.take(folder / learner / search.module.name, learner, f"{NAME}/{shown(learner)}")
        for learner in learners
    ]


def _collect(config: Config, module: str, step: str) -> list[str]:
    heard = _Heard()
    log = logging.Logger("campus.collect", logging.WARNING)
    log.addHandler(heard)
    course = CourseDirectory(config=config, log=log)
    course.assignment_id, course.submitted_directory = module, step
    exchange = ExchangeFactory(config=config).Collect(
        coursedir=course, authenticator=Authenticator(config=config), config=config, log=log
    )
    exchange.update = True
    try:
        exchange.start()
    except ExchangeError:
        raise GradingError(NO_EXCHANGE.format(root=exchange.root, module=module)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise GradingError(NOT_READ.format(error=error)) from error
    return [said for said in heard.said if not said.startswith("No submissions of")]
