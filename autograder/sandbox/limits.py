"""The limits that the system itself enforces on a run."""

import os
import resource
import sys
from pathlib import Path

from autograder.sandbox.spec import Limits

PAGE = resource.getpagesize()
CPU_MARGIN = 2
"""Processor time allowed per second of a notebook's time; the wall clock is watched from outside."""


def apply(limits: Limits, already: int, per_process: bool) -> None:
    """Bound this process and the processes that it starts, for good.

    `already` is the number of processes that count for the same account. `per_process` bounds the memory of each process:
    without a control group, the memory of the whole run cannot be bounded.
    """
    bounds = {
        resource.RLIMIT_NPROC: already + limits.processes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(limits.notebook_seconds * CPU_MARGIN) + 1,
    }
    if sys.platform == "linux":
        bounds |= {resource.RLIMIT_MSGQUEUE: 0, resource.RLIMIT_MEMLOCK: 0}
        if per_process:
            bounds[resource.RLIMIT_AS] = _address_space() + limits.memory_bytes
    for kind, value in bounds.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def processes_of(user: int) -> int:
    """Return how many processes and threads `user` has on this machine; 0 where this cannot be known."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in entry.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it has just ended
        if int(lines["Uid"].split()[0]) == user:
            total += int(lines["Threads"])
    return total


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * PAGE


def single_threaded() -> bool:
    """Tell whether this process has exactly one thread: to fork a process with more threads is unsafe."""
    tasks = Path("/proc/self/task")
    return not tasks.exists() or len(os.listdir(tasks)) == 1
