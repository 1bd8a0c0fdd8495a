"""The form of a sitting of the investment committee: one panel per half-year; each saves its own game, history included.

The page sends `{"members", "decisions", "votes", "then"}` for its half-year; `then` is "", "close" or "restart". The kernel keeps the
earlier half-years, refuses what is over, and replies with `board` (what is drawn) and `ledger` (money, votes, report).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import traitlets

from autograder.checks.answers import AnswersFile, AnswersNotSaved
from autograder.forms.explorer import HERE, SCRIPT, STYLE
from autograder.forms.panel import Panel, panels_of
from autograder.forms.values import UnreadableAnswer, read_value
from autograder.simulations.committee import report
from autograder.simulations.committee.game import Game, HalfYear, read_game, write_game


class CommitteePanel(Panel):
    """The sitting of one half-year. `value` mirrors what the page edits; the answers file holds the whole game."""

    # A control more, in the same script.
    _esm = SCRIPT + (HERE / "committee.js").read_text(encoding="utf-8")
    _css = STYLE + (HERE / "committee.css").read_text(encoding="utf-8")

    board = traitlets.Dict().tag(sync=True)
    ledger = traitlets.Dict().tag(sync=True)

    def _read(self) -> None:
        self.notice = ""
        answers = AnswersFile(self._folder, self._exercises.module)
        game = self._game(answers)
        if answers.problem:
            self.notice = answers.problem
        self._show(game)

    def _game(self, answers: AnswersFile) -> Game | None:
        """Return the game up to this half-year; None while the one before is not over."""
        kept = self._kept(answers, self._exercise.id)
        if kept is not None and len(kept.half_years) == self._number:
            return kept
        if self._number == 1:
            return Game(self._form["seed"], (HalfYear(),))
        before = self._kept(answers, self._form["after"])
        if before is None or len(before.half_years) != self._number - 1 or not before.half_years[-1].closed:
            return None
        return Game(before.seed, (*before.half_years, HalfYear()), before.members)

    def _kept(self, answers: AnswersFile, exercise_id: str) -> Game | None:
        saved = answers.get(exercise_id)
        if saved is None:
            return None
        try:
            value = read_value(self._form, saved)
        except UnreadableAnswer as error:
            self.notice = str(error)
            return None
        return read_game(value, self._form["seed"])

    @property
    def _number(self) -> int:
        return int(self._form["round"])

    def _show(self, game: Game | None) -> None:
        with self.hold_sync():  # the page draws the board with the value that goes with it
            if game is None:
                self.board, self.ledger, self.value = report.waiting(self._number), {}, None
                return
            saved = write_game(game)
            self.value = {"members": saved["members"], **saved["half_years"][-1]}
            self.board = report.board(game, self._number)
            self.ledger = self._ledger(game)

    def _ledger(self, game: Game) -> dict[str, Any]:
        ledger = report.ledger(game, self._number)
        if self._form.get("whole") and self.board["closed"]:
            ledger["report"] += report.debrief(game, self._number)
        return ledger

    def _save(self, raw: object) -> str:
        answers = AnswersFile(self._folder, self._exercises.module)
        then = raw.get("then") if isinstance(raw, Mapping) else ""
        if then == "restart":
            self._restart(answers)
        else:
            self._decide(answers, raw, closing=then == "close")
        return datetime.now(UTC).isoformat()

    def _decide(self, answers: AnswersFile, raw: object, closing: bool) -> None:
        game = self._game(answers)
        if game is None or not isinstance(raw, Mapping):
            return
        if game.half_years[-1].closed:
            return  # the page only asks for the verdict: what is over does not change
        edited = {
            "seed": game.seed,
            "members": raw.get("members", []),
            "half_years": [*write_game(game)["half_years"][:-1], {**raw, "closed": closing}],
        }
        changed = read_game(read_value(self._form, edited), game.seed)
        if closing:
            self._refuse_to_close(changed)
        self._write(answers, self._exercise.id, write_game(changed))
        self._show(changed)
        if closing:
            self._tell_the_others()

    def _refuse_to_close(self, game: Game) -> None:
        missing = game.missing(self._number)
        if missing:
            raise AnswersNotSaved(
                f"Décidez d’abord sur chaque dossier. Il manque : {', '.join(missing)}. Vos décisions déjà prises sont gardées."
            )
        excess = game.spent(self._number) - game.available(self._number)
        if excess > 0:
            raise AnswersNotSaved(
                f"L’enveloppe est dépassée de {excess:g} k€ : revoyez une décision au moins. Vos décisions sont gardées."
            )

    def _write(self, answers: AnswersFile, exercise_id: str, value: Any) -> None:
        answers.set(exercise_id, value, module=self._exercises.module, version=self._exercises.version)

    def _restart(self, answers: AnswersFile) -> None:
        """Begin again from the first half-year; the game left is copied beside the notebook first."""
        names = [
            key
            for key, one in self._exercises.exercises.items()
            if one.form and one.form["widget"] == "committee"
        ]
        game = {name: saved for name in names if (saved := answers.get(name)) is not None}
        if game:
            path = self._folder / f"partie-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.json"
            try:
                path.write_text(json.dumps(game, ensure_ascii=False, indent=1), encoding="utf-8")
            except OSError as error:
                raise AnswersNotSaved(
                    f"La copie de votre partie n’a pas pu être écrite ({error.strerror or error}) : rien n’a été effacé."
                ) from error
        for name in game:
            self._write(answers, name, None)
        self._tell_the_others()
        self.verdict, self.outdated = "", False
        self._read()

    def _tell_the_others(self) -> None:
        """Bring the other half-years' panels up to date: one opens, or all are emptied."""
        for panel in panels_of(self._folder):
            if isinstance(panel, CommitteePanel) and panel is not self:
                panel._read()
                if not panel.board["closed"]:
                    panel.verdict = ""

    def _judge(self) -> str:
        if not self.board.get("closed"):
            return ""
        return super()._judge()
