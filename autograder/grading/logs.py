"""nbgrader's log, in which the names and texts of copies come."""

import logging
import traceback
import warnings

from sqlalchemy.exc import SAWarning

from autograder.printable import printable_lines

CONTINUED = "\n    | "
"""Before each line of a message but the first: none passes for a message of its own."""
LOGGING = {
    "filters": {"printable": {"()": f"{__name__}.PrintableLogs"}},
    "handlers": {"console": {"filters": ["printable"]}},
}
"""What `Application.logging_config` adds to the log of every nbgrader command."""


def silence() -> None:
    """Pass over SQLAlchemy's warnings on how nbgrader adds a submission: in English, three for each new learner."""
    warnings.filterwarnings("ignore", r"Object of type <Submitted\w+> not in session", SAWarning)


class PrintableLogs(logging.Filter):
    """Keeps what copies hold from giving orders to the terminal, or from forging a line, through the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Make the whole record printable; no record is left out."""
        record.msg, record.args = _continued(record.getMessage()), None
        if record.exc_info:
            lines = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            record.exc_text = _continued(f"\n{lines}")
        return True


def _continued(text: str) -> str:
    return printable_lines(text).replace("\n", CONTINUED)
