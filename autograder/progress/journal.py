"""The learner's journal: `.campus/journal.jsonl` in their space, one event per line, never an answer.

It is outside the modules' folders, so it is never handed in. Reading and writing never raise: neither a full disk nor a
damaged line may cost a verdict.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

STATE = ".campus"
FILE_NAME = "journal.jsonl"
MAX_BYTES = 2_000_000
END_BYTES = 20_000
GRADING = ("CAMPUS_PRIVATE", "NBGRADER_EXECUTION")
"""Variables of grading: nothing is written there."""

Kind = Literal["verdict", "hint", "recall"]
KINDS = ("verdict", "hint", "recall")


@dataclass(frozen=True)
class Event:
    """One thing that happened in an exercise. `at` is an ISO 8601 date, in UTC.

    A verdict has a way, a state, points, the most there are, and the names of what was recognised; a hint, its level
    (1 or 2); a recall, the question (`about`) and its state.
    """

    event: Kind
    module: str
    version: int
    exercise: str
    at: str = ""
    way: str = ""
    state: str = ""
    points: float = 0.0
    max_points: float = 0.0
    outcomes: list[str] = field(default_factory=list)
    level: int = 0
    about: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        """The exercise, with the version of its module."""
        return self.module, self.version, self.exercise


def space_of(folder: Path) -> Path | None:
    """Return the learner's space around a module's folder; None where there is none, as in a test or in grading."""
    if any(os.environ.get(name) for name in GRADING):
        return None
    work = os.environ.get("CAMPUS_WORK")
    space = Path(work) if work else folder.resolve().parent
    return space if (space / STATE).is_dir() else None


def record(folder: Path, event: Event) -> None:
    """Add an event, dated now, to the journal of the space around `folder`; a verdict that repeats the last one is not."""
    space = space_of(folder)
    if space is None:
        return
    with contextlib.suppress(OSError):
        path = space / STATE / FILE_NAME
        if event.event == "verdict" and _same_as_last(event, _read_end(path)):
            return
        if path.exists() and path.stat().st_size > MAX_BYTES:
            _compact(path, read(space))
        line = _line(event, datetime.now(UTC).isoformat(timespec="seconds"))
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())  # one write: two kernels do not mix their lines
        finally:
            os.close(handle)


def read(space: Path) -> list[Event]:
    """Return the events of a space, the oldest first; damaged lines are left out."""
    try:
        text = (space / STATE / FILE_NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [event for line in text.splitlines() if (event := _read_line(line)) is not None]


def _read_end(path: Path) -> list[Event]:
    """Return the last events: what a verdict is compared with must not take longer as the journal grows."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - END_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [event for line in text.splitlines() if (event := _read_line(line)) is not None]


def erase(space: Path) -> None:
    """Forget all that was recorded. Raises OSError."""
    (space / STATE / FILE_NAME).unlink(missing_ok=True)


def _same_as_last(event: Event, before: list[Event]) -> bool:
    last = next(
        (one for one in reversed(before) if one.event == "verdict" and one.place == event.place), None
    )
    return last is not None and _line(last, "") == _line(event, "")


def _line(event: Event, at: str) -> str:
    values = {name: value for name, value in asdict(event).items() if value not in ("", 0, [])}
    return json.dumps(values | {"at": at}, ensure_ascii=False, sort_keys=True) + "\n"


def _read_line(line: str) -> Event | None:
    try:
        data = json.loads(line)
        event = Event(**{name: data[name] for name in Event.__dataclass_fields__ if name in data})
        datetime.fromisoformat(event.at)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return event if event.event in KINDS and _is_sound(event) else None


def _is_sound(event: Event) -> bool:
    texts: Mapping[str, Any] = {
        name: getattr(event, name) for name in ("module", "exercise", "way", "state", "about")
    }
    numbers = (event.version, event.points, event.max_points, event.level)
    return (
        all(isinstance(text, str) for text in texts.values())
        and all(isinstance(number, (int, float)) for number in numbers)
        and isinstance(event.outcomes, list)
    )


def _compact(path: Path, events: list[Event]) -> None:
    """Keep, of each exercise, its best and its last verdict, its hints, and the recalls of each question's last time."""
    kept: dict[tuple[Any, ...], Event] = {}
    for event in events:
        if event.event == "verdict":
            best = kept.get((*event.place, "best"))
            if best is None or event.points > best.points:
                kept[(*event.place, "best")] = event
            kept[(*event.place, "last")] = event
        else:
            kept[(*event.place, event.event, event.level, event.about)] = event
    unique = {id(event): event for event in kept.values()}
    lines = [_line(event, event.at) for event in sorted(unique.values(), key=lambda event: event.at)]
    temporary = path.with_suffix(".partial")
    temporary.write_text("".join(lines), encoding="utf-8")
    os.replace(temporary, path)
