"""What the engine costs before its first copy, and the memory that each further worker takes."""

import time
from pathlib import Path
from typing import Any

from autograder.grading.engine.warm import PRELOAD
from autograder.sandbox import Limits, Spec, Template, Zygote
from tests.bench.cells import RIGHT, SHARED

MB = 2**20
LIMITS = Limits(cell_seconds=120, notebook_seconds=600)


def startup(files: Path) -> dict[str, Any]:
    """Return seconds and megabytes; `files` is the folder of the module of 25 cells.

    A worker is a copy that is being run, from the state that all share: its memory is what it shares with nobody.
    """
    begun = time.perf_counter()
    with Zygote(PRELOAD) as zygote:
        row: dict[str, Any] = {"tier": zygote.tier, "warm_seconds": time.perf_counter() - begun}
        spec = Spec(files=files, limits=LIMITS)
        begun = time.perf_counter()
        with Template(zygote, SHARED, spec) as template:
            row["shared_start_seconds"] = time.perf_counter() - begun
            assert zygote._process is not None
            row["warm_mb"] = _private(zygote._process.pid)
            begun = time.perf_counter()
            with template.session(spec) as session:
                row["run_start_seconds"] = time.perf_counter() - begun
                for source in RIGHT[len(SHARED) :]:
                    assert session.execute(source).status == "ok"
                row["worker_mb"] = _private(zygote._process.pid) - row["warm_mb"]
    return row


def _private(pid: int) -> float:
    """Return the megabytes of a process and of those below it, the pages that several share counted once."""
    return sum(_proportional(one) for one in _tree(pid)) / MB


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in map(int, children) for one in _tree(child))]


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
