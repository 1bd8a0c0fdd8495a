"""What an activity promises to the rooms that show it, judge it and build it. An activity is a folder of `activities/`."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from autograder.contract.forms import OTHER_FORM, AnswersNotSaved, Form, UnreadableAnswer, Value
from autograder.contract.kinds import Kind

Own = Any
"""The form of an exercise, as an activity types it beside its reader (a TypedDict)."""

WORDS_A_MINUTE = 200
"""How fast learners are counted to read."""

Fault = tuple[tuple[str | int, ...], str]
"""Where in a form, and what is wrong there: a French sentence for the author."""

Slip = tuple[str, str, object]
"""An id (`slip-…`), the French message shown to whoever gives this answer, and the answer as its kind reads it."""


@dataclass(frozen=True)
class Shown:
    """What a panel shows: the answer that the page mirrors, what it draws, and what stands beside.

    The page draws anew when `board` changes; `ledger` is what changes with each answer. `forget` takes away what the last check said.
    """

    value: Value
    board: Mapping[str, Any]
    ledger: Mapping[str, Any] = field(default_factory=dict)
    notice: str = ""
    forget: bool = False


class Place(Protocol):
    """Where an exercise is played: all that a session may touch. Names are those of the module's exercises."""

    @property
    def form(self) -> Form:
        """The form of this session's exercise."""

    @property
    def exercise(self) -> str:
        """This session's exercise."""

    @property
    def siblings(self) -> list[str]:
        """The exercises of the module with the same widget, this one included, in order."""

    @property
    def problem(self) -> str:
        """What went wrong, or was mended, in French, when the answers were last read or saved; "" when nothing was."""

    def now(self) -> datetime:
        """Return the time."""

    def saved(self, exercise: str) -> object:
        """Return the answer kept for an exercise, as it was written; None when there is none."""

    def read(self, raw: object) -> Value:
        """Return what was entered or saved, as the form reads it; None when it is empty. Raises UnreadableAnswer."""

    def save(self, exercise: str, value: Value) -> None:
        """Keep an answer, None to erase it. Raises AnswersNotSaved."""

    def read_beside(self, name: str, most: int) -> bytes | None:
        """Return what a file beside the notebook holds, `most` bytes at most; None when there is none. Raises OSError, for what is no file too."""

    def write_beside(self, name: str, text: str) -> None:
        """Write a file beside the notebook. Raises OSError."""

    def wake_the_others(self) -> None:
        """Have the other panels of the same widget read their answers again."""


def reopened(place: Place) -> tuple[Value, str]:
    """Return the answer kept for the exercise of a place, None when its form cannot hold it, and what is said of it."""
    try:
        return place.read(place.saved(place.exercise)), place.problem
    except UnreadableAnswer:
        return None, OTHER_FORM


def put_aside(place: Place) -> list[str]:
    """Copy the game of a place beside the notebook before it is begun again; return its exercises. Raises AnswersNotSaved: nothing is lost then."""
    game = {name: saved for name in place.siblings if (saved := place.saved(name)) is not None}
    if game:
        name = f"partie-{place.now():%Y%m%d-%H%M%S-%f}.json"
        try:
            place.write_beside(name, json.dumps(game, ensure_ascii=False, indent=1))
        except OSError as error:
            raise AnswersNotSaved(
                f"La copie de votre partie n’a pas pu être écrite ({error.strerror or error}) : rien n’a été effacé."
            ) from error
    return list(game)


class Session(Protocol):
    """An activity being played in one form. It knows nothing of pages: a panel drives it."""

    def open(self) -> Shown:
        """Return what to show, from what is saved."""

    def receive(self, raw: object) -> Shown:
        """Take what the page sends, keep it, and return what to show. Raises UnreadableAnswer, AnswersNotSaved."""

    def verdict(self, judge: Callable[[], str]) -> str:
        """Return the HTML of what a check says; `judge` judges the saved answer."""


@dataclass(frozen=True)
class Activity:
    """One activity. A form names it by its `widget`; or by a key of the activity's name, when it comes beside other widgets.

    `keys` are its own keys of a form, with the JSON Schema of each; `required` are those that a form must have. Those not in `public` stay
    with the author: neither the page nor a learner's kernel sees them.
    """

    name: str
    title: str
    """What a learner does, in a few French words, for authors."""
    static: Callable[[Own, Any], str]
    """The HTML, without script, of a saved answer."""
    read: Callable[[Own, object], Value] | None = None
    """The value to keep for what was entered, None when nothing was; raises UnreadableAnswer. None when it has an `ordinary` form."""
    kind: Kind[Any] | None = None
    """How its answers are judged; None for what comes beside other widgets, or has an `ordinary` form: as theirs."""
    ordinary: Callable[[Own], Form] | None = None
    """The form of an ordinary widget that takes the same answers: they are read, judged, pointed at and checked as on that form.
    The activity then draws, and needs neither `read` nor `kind`; it has both when it returns some forms as they are."""
    keys: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    also: bool = False
    """Whether an exercise may say other right parts of its answer, in `answer.also`: they stay with the author, and its kind counts them."""
    precise: bool = False
    """Whether an exercise may say the `tolerance` of its answer: a number that is read, and moves a little."""
    shorthands: tuple[str, ...] = ()
    """The ways to write a mistake relatively to the right answer that mean something on it (`pick`, `miss`, `match`, `before`)."""
    parts: Callable[[Own], Mapping[str, str]] = lambda form: {}
    """What « Regardez encore » calls each part of an answer: facet -> its name."""
    beside: tuple[str, ...] = ()
    """The widgets that it helps to answer; none when it is a widget itself."""
    owns: Callable[[object], bool] = lambda raw: True
    """Whether an answer is one of its own, rather than one of the widget beside which it stands."""
    judged: Callable[[Own, Any], object] = lambda form, value: value
    """What its kind reads of a saved answer."""
    session: Callable[[Place], Session] | None = None
    """How it is played; None when the page only sends whole answers."""
    described: Callable[[Own], Mapping[str, Any]] | None = None
    """What the page must know to draw it: `form.<name>` there."""
    asked: Mapping[str, Callable[[Own, Mapping[str, Any]], object]] = field(default_factory=dict)
    """What the page may ask without answering: action -> the reply to its message."""
    datasets: Callable[[Own], Mapping[tuple[str, ...], str]] = lambda form: {}
    """The datasets that a form opens, by their place in it."""
    faults: Callable[[Own, Collection[str]], Iterator[Fault]] = lambda form, exercises: iter(())
    """What is wrong in a form although its schema accepts it; `exercises` are those of the module."""
    slips: Callable[[Own], Iterator[Slip]] = lambda form: iter(())
    """Wrong answers that anybody may give, beside those that the author writes: the form has its solution."""
    seconds: Callable[[Own], float] = lambda form: 0
    """What one exercise takes to a learner, its own text read: the form has its solution."""
