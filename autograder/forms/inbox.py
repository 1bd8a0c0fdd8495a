"""The form of a simulated inbox: each learner's own draw, saved with what they sort.

The page sends `{"seed", "sorts"}`, or `{"then": "redraw"}`. `board` is what is drawn: the messages without what has to be found out.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import traitlets

from autograder.forms.explorer import HERE, SCRIPT, STYLE
from autograder.forms.panel import Panel
from autograder.simulations.inbox import report
from autograder.simulations.inbox.box import SEEDS, read_box


class InboxPanel(Panel):
    """An inbox to sort. Its seed is drawn when the form is first shown, and kept from the first message sorted on."""

    # A control more, in the same script.
    _esm = SCRIPT + (HERE / "inbox.js").read_text(encoding="utf-8")
    _css = STYLE + (HERE / "inbox.css").read_text(encoding="utf-8")

    board = traitlets.Dict().tag(sync=True)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._seed = secrets.randbelow(SEEDS)

    def _read(self) -> None:
        with self.hold_sync():  # the page draws the board with the value that goes with it
            super()._read()
            if isinstance(self.value, Mapping):
                self._seed = self.value["seed"]
            self.board = report.board(self._seed)

    def _save(self, raw: object) -> str:
        if isinstance(raw, Mapping) and raw.get("then") == "redraw":
            self._redraw()
            return datetime.now(UTC).isoformat()
        return super()._save(raw)

    def _redraw(self) -> None:
        """Show another inbox. What is saved of this one stays until a message of the other is sorted."""
        with self.hold_sync():
            self._seed = secrets.randbelow(SEEDS)
            self.value, self.verdict, self.outdated = None, "", False
            self.board = report.board(self._seed)

    def _judge(self) -> str:
        shown = super()._judge()
        return shown + (report.matrix(read_box(self.value)) if self.value else "")
