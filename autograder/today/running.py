"""One gesture at a time in a course: a command of `campus` beside the server, which outlives the page and the server.

`runner.py` holds the lock as long as the command runs: whoever reads the folder knows whether it does, even when its server is gone.
What it is, and how it ended, is written beside what it said.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from autograder import files, paths
from autograder.grading.last_done import FOLDER
from autograder.printable import printable
from autograder.today.errors import Refused

LOCK, RECORD, SAID, ANSWER, STOPPED = "verrou", "geste.json", "dit.txt", "reponse.json", "arret"
MOST_SAID = 200_000
"""Bytes shown of what a command said: the end counts."""
PRIVATE = ("JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN")
"""What a command of `campus` has no need to know."""
CAMPUS = (sys.executable, "-P", "-m", "autograder")
"""The command `campus`, of this environment: a file of the course must not pass for a library."""
TRIES = 10
"""A gesture that has just ended takes a moment to let go of the lock."""
BUSY = (
    "Une autre action est en cours dans ce cours : attendez qu’elle finisse, ou arrêtez-la, puis recommencez."
)
WINDOWS = "Ces boutons ont besoin de Linux ou de macOS : sous Windows, utilisez WSL 2."
NOTHING = "Aucune action n’est en cours : elle vient peut-être de finir."


@dataclass(frozen=True)
class Run:
    """One gesture. `pid`: of its runner, 0 before it starts. `started`, `ended`: seconds since 1970; `code`: the exit code, None when nobody saw it end.

    `stopped`: whether the instructor asked it to stop; `alive`: whether it runs now.
    """

    gesture: str
    module: str
    pid: int
    started: float
    ended: float = 0.0
    code: int | None = None
    stopped: bool = False
    alive: bool = False


def start(course: Path, gesture: str, module: str, command: Sequence[str]) -> None:
    """Run a command, beside the server. Raises Refused when a gesture runs, OSError."""
    if os.name != "posix":
        raise Refused(WINDOWS)
    folder = paths.own(course / FOLDER)
    lock = _lock(folder, TRIES)
    try:
        for name in (STOPPED, SAID, ANSWER):
            (folder / name).unlink(missing_ok=True)
        record(course, Run(gesture, module, 0, time.time()))  # the runner takes a moment to start
        runner = _popen(course, lock, [gesture, module, *command])
    finally:
        os.close(lock)
    threading.Thread(target=runner.wait, daemon=True).start()  # else it would stay as a zombie


def last(course: Path) -> Run | None:
    """Return the gesture that runs, or ran last; None when there was none."""
    folder = course / FOLDER
    try:
        run = Run(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    alive = run.code is None and _is_held(folder)
    return replace(run, stopped=(folder / STOPPED).exists(), alive=alive)


def said(course: Path) -> str:
    """Return what the last gesture said so far, fit for a page."""
    try:
        with (course / FOLDER / SAID).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - MOST_SAID))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(printable(line, MOST_SAID) for line in lines)


def held(course: Path) -> list[str]:
    """Return the learners whose copy the last gesture, a collection that is over, left to a decision."""
    try:
        found = json.loads((course / FOLDER / ANSWER).read_text(encoding="utf-8"))
        return [str(one["learner"]) for one in found["held"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def stop(course: Path) -> None:
    """Interrupt the gesture as Ctrl+C does; the second time, end it at once. Raises Refused when none runs."""
    run = last(course)
    if not run or not run.alive or not run.pid:
        raise Refused(NOTHING)
    (course / FOLDER / STOPPED).touch(0o600)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL if run.stopped else signal.SIGINT)


def record(course: Path, run: Run) -> None:
    """Write what runs, or how it ended. Raises OSError."""
    files.write(course / FOLDER / RECORD, json.dumps(asdict(run)), mode=0o600)


def _popen(course: Path, lock: int, words: Sequence[str]) -> "subprocess.Popen[bytes]":
    environment = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    return subprocess.Popen(
        [*CAMPUS[:-1], "autograder.today.runner", str(lock), *words],
        cwd=course,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=[lock],
    )


def _lock(folder: Path, tries: int = 1) -> int:
    """Return the lock of a course, held. Raises Refused when another gesture still holds it at the last try, 50 ms apart."""
    import fcntl

    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    for left in reversed(range(tries)):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if left:
                time.sleep(0.05)
        else:
            return lock
    os.close(lock)
    raise Refused(BUSY)


def _is_held(folder: Path) -> bool:
    try:
        os.close(_lock(folder))
    except Refused:
        return True
    return False
