"""Write what one copy showed, in the session of whoever writes its mark: both are kept, or neither."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert

from autograder.records.keys import key_of
from autograder.records.tables import Answer, GradedCopy, Mistake

TABLES = (GradedCopy, Answer, Mistake)


@dataclass(frozen=True)
class Met:
    """How often a mistake was met, and where: the columns of `Mistake`."""

    is_kept: bool
    is_first: bool
    times: int


@dataclass(frozen=True)
class Shown:
    """What a copy shows of one exercise: the columns of `Answer`, and its mistakes by name."""

    state: str
    share: float
    first_share: float | None = None
    tries: int | None = None
    mistakes: Mapping[str, Met] = field(default_factory=dict)


@dataclass(frozen=True)
class Described:
    """What a copy shows, by exercise; the version of the module that judged it; whether the verdicts met on the way came with it."""

    version: int
    answers: Mapping[str, Shown]
    has_tries: bool


def save(session: Any, learner: str, module: str, copy: Described) -> None:
    """Put what a copy shows in the place of what an earlier copy showed; the caller commits."""
    own = {"key": key_of(session, learner), "module": module}
    for table in TABLES:
        session.execute(delete(table).where(table.key == own["key"], table.module == module))
    _insert(session, GradedCopy, [own | {"version": copy.version, "has_tries": copy.has_tries}])
    _insert(session, Answer, [own | _answer(key, shown) for key, shown in copy.answers.items()])
    _insert(
        session,
        Mistake,
        [
            own | {"exercise": key, "mistake": name, **vars(met)}
            for key, shown in copy.answers.items()
            for name, met in shown.mistakes.items()
        ],
    )


def _answer(exercise: str, shown: Shown) -> dict[str, Any]:
    columns = ("state", "share", "first_share", "tries")
    return {"exercise": exercise} | {name: getattr(shown, name) for name in columns}


def _insert(session: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table.__table__), rows)
