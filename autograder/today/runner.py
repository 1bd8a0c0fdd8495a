"""Runs one gesture in its own process: it holds the course's lock, and writes how the command ended, whatever became of the server."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from autograder.grading import last_done
from autograder.today.running import ANSWER, SAID, Run, record

NOTED = ("report", "learners")
"""The gestures that do not remember by themselves when they were done."""


def main(lock: str, gesture: str, module: str, *command: str) -> None:
    """Run a command, in the course that is the current folder; `lock` is an open file that we alone keep."""
    os.set_inheritable(int(lock), False)
    signal.signal(
        signal.SIGINT, lambda *_: None
    )  # for the command, which says so; ignored, it would be ignored there too
    course = Path.cwd()
    run = Run(gesture, module, os.getpid(), time.time())
    record(course, run)
    code = _run(course, command)
    if code == 0 and gesture in NOTED:
        last_done.note(course, gesture, module, run.started)
    record(course, replace(run, code=code, ended=time.time()))
    os.close(int(lock))


def _run(course: Path, command: tuple[str, ...]) -> int:
    """Return the exit code of the command; what it says goes in a file that the page shows, its answer in JSON in another."""
    folder = course / last_done.FOLDER
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with open(folder / SAID, "wb", opener=_own) as told, open(folder / ANSWER, "wb", opener=_own) as answer:
        output = answer if "--json" in command else told
        return subprocess.run(command, env=environment, stdout=output, stderr=told).returncode


def _own(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


if __name__ == "__main__":
    main(*sys.argv[1:])
