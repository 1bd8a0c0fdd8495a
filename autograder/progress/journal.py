"""The learner's journal: `.campus/journal.jsonl` in their space, one event per line, never an answer.

It is outside the modules' folders, so it is never handed in. Reading and writing never raise: neither a full disk nor a
damaged line may cost a verdict.
"""

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from autograder import files
from autograder.contract.names import STATE, is_grading

FILE_NAME = "journal.jsonl"
MAX_BYTES = 2_000_000
END_BYTES = 20_000

Kind = Literal["verdict", "hint", "recall", "prediction", "takeaway", "track", "restart"]
KINDS = get_args(Kind)


@dataclass(frozen=True)
class Event:
    """One thing that happened. `at` is an ISO 8601 date, in UTC.

    A verdict has a way, a state, points, the most there are, and the names of what was recognised; a hint, its level
    (1 or 2); a recall, the question (`about`) and its state; a prediction, its cell (`about`) and what was predicted
    (`choice`), empty when the result was asked for without a prediction. A takeaway has the module whose card was reached; a
    track, the one that the learner follows from then on (`choice`), empty for none; a restart, the module that was begun again.
    """

    event: Kind
    module: str = ""
    version: int = 0
    exercise: str = ""
    at: str = ""
    way: str = ""
    state: str = ""
    points: float = 0.0
    max_points: float = 0.0
    outcomes: list[str] = field(default_factory=list)
    level: int = 0
    about: str = ""
    choice: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        """The exercise, with the version of its module."""
        return self.module, self.version, self.exercise


def space_of(folder: Path) -> Path | None:
    """Return the learner's space around a module's folder; None where there is none, as in a test or in grading."""
    if is_grading():
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


def since_restart(events: Iterable[Event]) -> list[Event]:
    """Leave out what comes before the last restart of its module, whatever the version: it is the past of the learner, no longer
    where they stand.
    """
    known = list(events)
    last = {event.module: place for place, event in enumerate(known) if event.event == "restart"}
    return [event for place, event in enumerate(known) if place >= last.get(event.module, 0)]


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
    now = reversed(since_restart(before))
    last = next((one for one in now if one.event == "verdict" and one.place == event.place), None)
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
        name: getattr(event, name) for name in ("module", "exercise", "way", "state", "about", "choice")
    }
    numbers = (event.version, event.points, event.max_points, event.level)
    return (
        all(isinstance(text, str) for text in texts.values())
        and all(isinstance(number, (int, float)) for number in numbers)
        and isinstance(event.outcomes, list)
    )


def _compact(path: Path, events: list[Event]) -> None:
    """Keep, of each exercise, its best and its last verdict, its hints, and the recalls of each question's last time.

    What comes before a restart has its own best and its own last: it must not stand for what came after.
    """
    kept: dict[tuple[Any, ...], int] = {}
    restarts: Counter[str] = Counter()
    for place, event in enumerate(events):
        if event.event == "restart":
            restarts[event.module] += 1
        if event.event == "verdict":
            own = (*event.place, restarts[event.module])
            best = kept.get((*own, "best"))
            if best is None or event.points > events[best].points:
                kept[(*own, "best")] = place
            kept[(*own, "last")] = place
        else:
            kept[(*event.place, event.event, event.level, event.about)] = place
    lines = [_line(events[place], events[place].at) for place in sorted(set(kept.values()))]
    files.write(path, "".join(lines), mode=0o600, lasting=True)
