"""The exchange, tolerant of copies that did not come through it."""

import glob
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import temp_attrs

SUBMITTED_WITH = ("timestamp.txt", "submission_secret.txt")  # written by `nbgrader submit`


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's, that fails for everyone as soon as one copy was put in `submitted/` by hand."""

    def copy_files(self) -> None:
        """Release the pages of the copies received through the exchange; name the others."""
        folders = {Path(page).parent for page in glob.glob(f"{self.src_path}/*.html")}
        by_hand = sorted(folder.parent.name for folder in folders if not _came_by_exchange(folder))
        for learner in by_hand:
            self.log.warning(
                "%s : copie déposée hors de l’échange ; remettez-lui sa page vous-même (dans feedback/).",
                learner,
            )
        excluded = self.coursedir.student_id_exclude
        with temp_attrs(self.coursedir, student_id_exclude=",".join(filter(None, [excluded, *by_hand]))):
            super().copy_files()


def _came_by_exchange(folder: Path) -> bool:
    return all((folder / name).is_file() for name in SUBMITTED_WITH)
