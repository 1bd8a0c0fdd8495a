"""The panel of an activity: it drives a session, which knows nothing of pages."""

import errno
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import traitlets

from autograder import files
from autograder.contract.activity import Activity, Session, Shown
from autograder.contract.forms import Form, Value
from autograder.forms.panel import Panel, panels_of
from autograder.forms.values import read_value


class PlayedPanel(Panel):
    """The form of an activity. `board` is what the page draws, `ledger` what changes with each answer."""

    board = traitlets.Dict().tag(sync=True)
    ledger = traitlets.Dict().tag(sync=True)

    def __init__(self, folder: Path, activity: Activity) -> None:
        super().__init__(folder, activity.name)
        assert activity.session
        self._session: Session = activity.session(_Place(self))

    def _read(self) -> None:
        self._show(self._session.open())

    def _save(self, raw: object) -> str:
        shown = self._session.receive(raw)
        self.outdated = self.outdated or (bool(self.verdict) and shown.value != self.value)
        self._show(shown)
        return datetime.now(UTC).isoformat()

    def _judge(self) -> str:
        return self._session.verdict(super()._judge)

    def _last_said(self) -> str:
        said = super()._last_said()
        return self._session.verdict(lambda: said) if said else ""

    def _show(self, shown: Shown) -> None:
        with self.hold_sync():  # the page draws the board with the value that goes with it
            if shown.forget:
                self.verdict, self.outdated = "", False
            self.value, self.board, self.ledger = shown.value, dict(shown.board), dict(shown.ledger)
            self.notice = shown.notice


@dataclass
class _Place:
    """What a session may touch of its panel's folder."""

    panel: PlayedPanel
    problem: str = ""

    @property
    def form(self) -> Form:
        return self.panel._form

    @property
    def exercise(self) -> str:
        return self.panel._exercise.id

    @property
    def siblings(self) -> list[str]:
        exercises = self.panel._exercises.exercises
        return [
            key for key, one in exercises.items() if one.form and one.form["widget"] == self.form["widget"]
        ]

    def now(self) -> datetime:
        return datetime.now(UTC)

    def saved(self, exercise: str) -> object:
        value: object = self.panel._answers.get(exercise)
        self.problem = self.panel._answers.problem or ""
        return value

    def read(self, raw: object) -> Value:
        return read_value(self.form, raw)

    def save(self, exercise: str, value: Value) -> None:
        self.panel._keep(exercise, value)
        self.problem = self.panel._answers.problem or ""

    def read_beside(self, name: str, most: int) -> bytes | None:
        path = self.panel._folder / name
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(mode):  # a folder, or a link: writing there would replace it
            raise OSError(errno.EEXIST, "", name)
        with path.open("rb") as file:
            return file.read(most)

    def write_beside(self, name: str, text: str) -> None:
        files.write(self.panel._folder / name, text, lasting=True)

    def wake_the_others(self) -> None:
        for panel in panels_of(self.panel._folder):
            if (
                isinstance(panel, PlayedPanel)
                and panel is not self.panel
                and panel._exercise.id in self.siblings
            ):
                panel._read()
