"""An incident being played: one hour at a time; an hour that is over does not open again.

The page sends `{"decisions", "then"}` for the hour that it shows; `then` is "", "close" or "restart". `board` is what is drawn, and changes
with the hour; `ledger` is what is left to do before it closes.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from autograder.activities.incident import report
from autograder.activities.incident.game import Game, read_game, write_game
from autograder.contract.activity import Place, Shown, put_aside, reopened
from autograder.contract.forms import AnswersNotSaved


class IncidentSession:
    """The game of one form. The page mirrors the whole game, and edits the hour that is played."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._game = Game()

    def open(self) -> Shown:
        value, notice = reopened(self._place)
        self._game = Game() if value is None else read_game(value)
        return self._shown(notice)

    def receive(self, raw: object) -> Shown:
        then = raw.get("then") if isinstance(raw, Mapping) else ""
        if then == "restart":
            return self._restart()
        if self._game.over or not isinstance(raw, Mapping):
            return self._shown(self._place.problem)  # the page only asks for the verdict
        self._decide(raw.get("decisions"))
        if then == "close":
            self._close()
        return self._shown(self._place.problem)

    def verdict(self, judge: Callable[[], str]) -> str:
        return judge() if self._game.over else ""

    def _decide(self, rows: object) -> None:
        """Keep what was decided of this hour, beside the hours that are over, which stay as they are."""
        edited = (
            {name: row for name, row in rows.items() if name in self._game.now.decisions}
            if isinstance(rows, Mapping)
            else {}
        )
        past = {
            name: row
            for name, row in write_game(self._game)["decisions"].items()
            if name not in self._game.now.decisions
        }
        self._keep({"closed": self._game.closed, "decisions": past | edited})

    def _close(self) -> None:
        if lacks := report.lacking(self._game):
            raise AnswersNotSaved(f"Avant de clore cette heure. {lacks} Vos décisions sont gardées.")
        self._keep(write_game(replace(self._game, closed=self._game.closed + 1)))

    def _keep(self, raw: object) -> None:
        value = self._place.read(raw)
        self._place.save(self._place.exercise, value)
        self._game = Game() if value is None else read_game(value)

    def _restart(self) -> Shown:
        """Begin again from the first hour; the game left is copied beside the notebook first."""
        put_aside(self._place)
        self._place.save(self._place.exercise, None)
        return self.open()

    def _shown(self, notice: str = "") -> Shown:
        value = write_game(self._game) if self._game.decided else None
        return Shown(
            value,
            report.board(self._game),
            {"todo": report.lacking(self._game)},
            notice,
            forget=not self._game.over,
        )
