"""A sitting of the investment committee being played: one per half-year; each saves its own game, history included.

The page sends `{"members", "decisions", "votes", "then"}` for its half-year; `then` is "", "close" or "restart". The session keeps the
earlier half-years, refuses what is over, and shows `board` (what is drawn) and `ledger` (money, votes, report).
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from autograder.activities.committee import report
from autograder.activities.committee.form import CommitteeForm
from autograder.activities.committee.game import Game, HalfYear, read_game, write_game
from autograder.contract.activity import Place, Shown, put_aside
from autograder.contract.forms import AnswersNotSaved, UnreadableAnswer
from autograder.french.marks import spaced


class CommitteeSession:
    """The sitting of one half-year. The page mirrors what it edits; what is saved is the whole game."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._notice = ""
        self._closed = False

    def open(self) -> Shown:
        game = self._game()
        return self._shown(game, self._place.problem or self._notice)

    def receive(self, raw: object) -> Shown:
        then = raw.get("then") if isinstance(raw, Mapping) else ""
        if then == "restart":
            return self._restart()
        return self._decide(raw, closing=then == "close")

    def verdict(self, judge: Callable[[], str]) -> str:
        return judge() if self._closed else ""

    @property
    def _form(self) -> CommitteeForm:
        return cast(CommitteeForm, self._place.form)

    @property
    def _number(self) -> int:
        return self._form["round"]

    @property
    def _seed(self) -> int:
        return self._form["seed"]

    def _game(self) -> Game | None:
        """Return the game up to this half-year; None while the one before is not over."""
        self._notice = ""
        kept = self._kept(self._place.exercise)
        if kept is not None and len(kept.half_years) == self._number:
            return kept
        if self._number == 1:
            return Game(self._seed, (HalfYear(),))
        before = self._kept(self._form["after"])
        if before is None or len(before.half_years) != self._number - 1 or not before.half_years[-1].closed:
            return None
        return Game(before.seed, (*before.half_years, HalfYear()), before.members)

    def _kept(self, exercise: str) -> Game | None:
        try:
            value = self._place.read(self._place.saved(exercise))
        except UnreadableAnswer as error:
            self._notice = str(error)
            return None
        return None if value is None else read_game(value, self._seed)

    def _shown(self, game: Game | None, notice: str = "") -> Shown:
        """Return what is shown of a game. Only a half-year that is over has a verdict."""
        if game is None:
            self._closed = False
            return Shown(None, report.waiting(self._number), notice=notice, forget=True)
        saved = write_game(game)
        board = report.board(game, self._number)
        self._closed = board["closed"]
        value = {"members": saved["members"], **saved["half_years"][-1]}
        return Shown(value, board, self._ledger(game), notice, forget=not self._closed)

    def _ledger(self, game: Game) -> dict[str, Any]:
        ledger = report.ledger(game, self._number)
        if self._form.get("whole") and self._closed:
            ledger["report"] += report.debrief(game, self._number)
        return ledger

    def _decide(self, raw: object, closing: bool) -> Shown:
        game = self._game()
        if game is None or not isinstance(raw, Mapping) or game.half_years[-1].closed:
            return self._shown(
                game, self._notice
            )  # the page only asks for the verdict: what is over does not change
        edited = {
            "seed": game.seed,
            "members": raw.get("members", []),
            "half_years": [*write_game(game)["half_years"][:-1], {**raw, "closed": closing}],
        }
        changed = read_game(self._place.read(edited), game.seed)
        if closing:
            self._refuse_to_close(changed)
        self._place.save(self._place.exercise, write_game(changed))
        shown = self._shown(changed, self._place.problem or self._notice)
        if closing:
            self._place.wake_the_others()
        return shown

    def _refuse_to_close(self, game: Game) -> None:
        """What is closed does not open again: nothing closes before each decision and its reason are named, within the envelope."""
        if lacks := report.lacking(game, self._number):
            raise AnswersNotSaved(
                spaced(f"Avant de clôturer : {' '.join(lacks)} Vos décisions sont gardées.")
            )

    def _restart(self) -> Shown:
        """Begin again from the first half-year; the game left is copied beside the notebook first."""
        for name in put_aside(self._place):
            self._place.save(name, None)
        self._place.wake_the_others()
        return self.open()
