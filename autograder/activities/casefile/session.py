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

    def open(self) -> Shown:
        self._value, notice = reopened(self._place)
        self._file = self._value[DRAWN] if isinstance(self._value, dict) else self._draw()
        return self._shown(notice)

    def receive(self, raw: object) -> Shown:
        if isinstance(raw, Mapping) and raw.get("then") == "redraw":
            self._value, self._file = None, self._draw(self._file)
            return self._shown(forget=True)
        value = self._place.read(raw)
        self._place.save(self._place.exercise, value)
        self._value = value
        return self._shown(self._place.problem)

    def verdict(self, judge: Callable[[], str]) -> str:
        return judge()

    @property
    def _form(self) -> CasefileForm:
        return cast(CasefileForm, self._place.form)

    def _draw(self, shown: str = "") -> str:
        """Return the file of the exercise that this one follows; else one drawn at random, other than the one shown."""
        before = self._place.saved(self._form["follows"]) if "follows" in self._form and not shown else None
        if isinstance(before, Mapping) and before.get(DRAWN) in self._form["texts"]:
            return str(before[DRAWN])
        return secrets.choice([file for file in self._form["texts"] if file != shown])

    def _shown(self, notice: str = "", forget: bool = False) -> Shown:
        return Shown(self._value, show.board(self._form, self._file), notice=notice, forget=forget)
