"""A file being answered: each learner's own draw, saved with what they answer.

The page sends an answer, or `{"then": "redraw"}`. `board` is what is drawn: the text of one file.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import cast

from autograder.activities.casefile import show
from autograder.activities.casefile.form import DRAWN, CasefileForm
from autograder.contract.activity import Place, Shown, reopened
from autograder.contract.forms import Value


class CasefileSession:
    """A file to answer. It is drawn when the form is first shown, and kept from the first answer on."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._value: Value = None
        self._file = ""
        self._redrawn = False

    def open(self) -> Shown:
        self._value, notice = reopened(self._place)
        if isinstance(self._value, dict):
            self._file = self._value[DRAWN]
        elif not self._redrawn:
            self._file = self._followed() or self._file or self._another()
        return self._shown(notice)

    def receive(self, raw: object) -> Shown:
        if isinstance(raw, Mapping) and raw.get("then") == "redraw":
            self._value, self._file, self._redrawn = None, self._another(), True
            return self._shown(forget=True)
        value = self._place.read(raw)
        if (value, self._value) != (
            None,
            None,
        ):  # empty boxes of a new file erase nothing: the other's answers count
            self._keep(value)
        return self._shown(self._place.problem)

    def verdict(self, judge: Callable[[], str]) -> str:
        return judge() + show.left(self._form, self._value)

    @property
    def _form(self) -> CasefileForm:
        return cast(CasefileForm, self._place.form)

    def _keep(self, value: Value) -> None:
        before, self._value = self._value, value
        self._place.save(self._place.exercise, value)
        if _drawn(value) != _drawn(before):
            self._place.wake_the_others()  # those that follow this exercise, and are not answered yet

    def _followed(self) -> str:
        """Return the file of the exercise that this one follows, "" when it has none of ours."""
        saved = self._place.saved(self._form["follows"]) if "follows" in self._form else None
        return next((file for file in self._form["texts"] if file == _drawn(saved)), "")

    def _another(self) -> str:
        """Return a file at random, other than the one shown."""
        return secrets.choice([file for file in self._form["texts"] if file != self._file])

    def _shown(self, notice: str = "", forget: bool = False) -> Shown:
        return Shown(self._value, show.board(self._form, self._file), notice=notice, forget=forget)


def _drawn(value: object) -> object:
    """Return the file that an answer names; what is saved may be anything."""
    return value.get(DRAWN) if isinstance(value, Mapping) else None
