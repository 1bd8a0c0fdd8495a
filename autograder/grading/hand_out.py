"""Hand out a released module through nbgrader's exchange, as `nbgrader release_assignment --force` does."""

import logging
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory

from autograder.grading.errors import GradingError
from autograder.grading.release import load_config

NOT_HANDED_OUT = (
    "Le module {name} est prêt dans release/, mais n’a pas pu être mis dans l’échange ({reason}). Vérifiez que vous avez le droit "
    "d’écrire dans ce dossier, puis relancez « campus release {name} »."
)


def hand_out(name: str, course: Path) -> Path:
    """Put the released version in the exchange, in place of the one that was there; return where. Raises GradingError."""
    config = load_config(course)
    log = logging.Logger("campus.release", logging.CRITICAL)  # nbgrader logs in English
    coursedir = CourseDirectory(config=config, log=log)
    coursedir.assignment_id = name
    exchange = ExchangeFactory(config=config).ReleaseAssignment(
        coursedir=coursedir, authenticator=Authenticator(config=config), config=config, log=log
    )
    exchange.force = True
    try:
        exchange.start()
    except ExchangeError:
        raise GradingError(NOT_HANDED_OUT.format(name=name, reason=exchange.root)) from None
    except OSError as error:
        raise GradingError(
            NOT_HANDED_OUT.format(name=name, reason=error.strerror or exchange.root)
        ) from error
    return Path(exchange.dest_path)
