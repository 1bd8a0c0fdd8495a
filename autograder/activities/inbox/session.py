"""An inbox being sorted: each learner's own draw, saved with what they sort.

The page sends `{"seed", "sorts"}`, or `{"then": "redraw"}`. `board` is what is drawn: the messages without what has to be found out.
"""

import secrets
from collections.abc import Callable, Mapping

from autograder.activities.inbox import report
from autograder.activities.inbox.box import SEEDS, read_box
from autograder.contract.activity import Place, Shown, reopened
from autograder.contract.forms import Value


class InboxSession:
    """An inbox to sort. Its seed is drawn when the form is first shown, and kept from the first message sorted on."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._seed = secrets.randbelow(SEEDS)
        self._value: Value = None

    def open(self) -> Shown:
        self._value, notice = reopened(self._place)
        if isinstance(self._value, dict):
            self._seed = self._value["seed"]
        return self._shown(notice)

    def receive(self, raw: object) -> Shown:
        if isinstance(raw, Mapping) and raw.get("then") == "redraw":
            return self._redraw()
        value = self._place.read(raw)
        if (value, self._value) != (
            None,
            None,
        ):  # nothing sorted of a new inbox erases nothing: the sort of the other counts
            self._place.save(self._place.exercise, value)
        self._value = value
        return self._shown(self._place.problem)

    def verdict(self, judge: Callable[[], str]) -> str:
        shown = judge()
        return shown + (report.matrix(read_box(self._value)) if self._value else "")

    def _redraw(self) -> Shown:
        """Show another inbox. What is saved of this one stays until a message of the other is sorted."""
        self._seed, self._value = secrets.randbelow(SEEDS), None
        return self._shown(forget=True)

    def _shown(self, notice: str = "", forget: bool = False) -> Shown:
        return Shown(self._value, report.board(self._seed), notice=notice, forget=forget)
