"""Processor time and wall clock of whole commands, with all the processes that they start."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Spent:
    """Seconds of `wall` clock and of `cpu` (user and system, of a process and of all those it waited for)."""

    wall: float
    cpu: float

    def __sub__(self, other: Self) -> "Spent":
        return Spent(self.wall - other.wall, self.cpu - other.cpu)

    def __truediv__(self, number: float) -> "Spent":
        return Spent(self.wall / number, self.cpu / number)


class CommandFailed(Exception):
    """A measured command ended badly; the message holds the end of what it said."""


def spent_by(
    command: Sequence[str],
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    codes: tuple[int, ...] = (0,),
) -> Spent:
    """Run a command to its end; raise CommandFailed when its exit code is none of `codes`.

    The processes that it starts are counted once it has waited for them, as kernels and forked runs are.
    """
    start, cpu = time.perf_counter(), _children()
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode not in codes:
        raise CommandFailed(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return Spent(time.perf_counter() - start, _children() - cpu)


def tell(text: str) -> None:
    """Say where the measures stand, on standard error: standard output is for the figures."""
    print(text, file=sys.stderr, flush=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
