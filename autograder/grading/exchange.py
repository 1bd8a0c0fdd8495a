"""The exchange, tolerant of copies that did not come through it."""

import glob
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import temp_attrs
from traitlets import Bool

from autograder.grading.marks import PROVISIONAL
from autograder.grading.waiting import waiting

SUBMITTED_WITH = ("timestamp.txt", "submission_secret.txt")  # written by `nbgrader submit`

HELD = (
    "%s : page retenue, une réponse libre attend votre lecture. Notez-la dans le formgrader, puis refaites la page "
    "(« campus feedback %s »). Pour remettre quand même ces pages, ajoutez « c.ReleaseFeedback.with_unread = True » "
    "à la fin de course/nbgrader_config.py."
)
STALE = (
    "%s : page retenue, elle date d’avant votre lecture. Refaites-la : « campus feedback %s », ou "
    "« nbgrader generate_feedback %s --force » puis la même commande."
)
BY_HAND = "%s : copie déposée hors de l’échange ; remettez-lui sa page vous-même (dans feedback/)."
NO_PAGE = "%s : copie corrigée sans page dans feedback/. Faites-la : « campus feedback %s »."


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's, that fails for everyone as soon as one copy was put in `submitted/` by hand.

    Holds back the pages of the copies whose free answers wait for a person. `only`: the learners, instead of those that
    nbgrader's options choose. `released`, `by_hand` and `held` name the
    learners, once it has run.
    """

    with_unread = Bool(
        False, help="Release the pages of the copies whose free answers nobody has marked yet."
    ).tag(config=True)

    def __init__(self, only: Collection[str] | None = None, **kw: Any):
        super().__init__(**kw)
        self._only = only
        self.released: list[str] = []
        self.by_hand: list[str] = []
        self.held: list[str] = []

    def copy_files(self) -> None:
        """Release the pages of the copies received through the exchange; name the others."""
        module = self.coursedir.assignment_id
        unread = {} if self.with_unread else self._unread()
        for page in self._pages():
            learner = page.parent.parent.name
            if not page.is_file():
                self.log.warning(NO_PAGE, learner, module)
            elif learner in unread:
                self._hold(learner, HELD, module)
            elif not self.with_unread and _is_provisional(page):
                self._hold(learner, STALE, module, module)
            elif not _came_by_exchange(page.parent):
                self.by_hand.append(learner)
                self.log.warning(BY_HAND, learner)
            else:
                with temp_attrs(self, src_path=glob.escape(str(page.parent))):
                    super().copy_files()
                self.released.append(learner)

    def _hold(self, learner: str, message: str, *modules: str) -> None:
        self.held.append(learner)
        self.log.warning(message, learner, *modules)

    def _unread(self) -> dict[str, list[str]]:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            return waiting(gradebook, self.coursedir.assignment_id)

    def _pages(self) -> Iterator[Path]:
        """Yield where the page of each graded copy goes, for the learner that was asked for or for all."""
        course, module = self.coursedir, self.coursedir.assignment_id
        graded = Path(course.root, course.autograded_directory)
        excluded = course.student_id_exclude.split(",")
        for notebook in sorted(graded.glob(f"[!.]*/{glob.escape(module)}/{glob.escape(module)}.ipynb")):
            learner = notebook.parent.parent.name
            if learner in excluded or (self._only is not None and learner not in self._only):
                continue
            if course.student_id in ("", "*", learner):
                yield Path(course.root, course.feedback_directory, learner, module, f"{module}.html")


def _came_by_exchange(folder: Path) -> bool:
    one_line = "\n" not in folder.parent.name  # nbgrader's exchange leaves the other names out
    return one_line and all((folder / name).is_file() for name in SUBMITTED_WITH)


def _is_provisional(page: Path) -> bool:
    """Whether a page was made while free answers waited; its head is ours alone."""
    return PROVISIONAL in page.read_text(encoding="utf-8").partition("</head>")[0]
