"""`python -m tests.bench.engine [--times N]`: the executor beside the bare floor and nbclient, in one run.

Each way runs the whole notebook of 25 cells; the ways take turns, and medians are kept, since the machine may be
shared. CPU counts the process that drives, the warm one and the children. Ratios, not seconds, are what can be
compared from one machine to another.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import Limits, Spec, Zygote
from autograder.sandbox.client import SETTINGS, ForkPoint
from tests.bench.notebook import CELLS, DATA, ROOT, SHARED

Row = dict[str, float]
"""Seconds of `wall` clock and of `cpu` for one notebook."""

TICK = os.sysconf("SC_CLK_TCK")
SPEC = Spec(limits=Limits(cell_seconds=120, notebook_seconds=600))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with contextlib.ExitStack() as stack:
        bare = stack.enter_context(Zygote(readable=[DATA], tier="none", unsafe=True))
        safe = stack.enter_context(Zygote(readable=[DATA]))
        template = stack.enter_context(safe.template(SHARED, SPEC))
        ways: dict[str, Callable[[], Row]] = {
            "floor": _floor,
            "floor, no picture": lambda: _floor("--undrawn"),
            "executor": lambda: _run(bare, bare, CELLS),
            f"sandbox ({safe.tier})": lambda: _run(safe, safe, CELLS),
            "sandbox, shared start": lambda: _run(safe, template, CELLS[len(SHARED) :]),
            "sandbox, no cell": lambda: _run(safe, safe, []),
            "nbclient": _nbclient,
        }
        rounds = [{name: way() for name, way in ways.items()} for _ in range(times + 1)][1:]
    rows = {name: _median([one[name] for one in rounds]) for name in ways}
    for name, row in rows.items():
        row |= {f"{key}_ratio": row[key] / rows["floor"][key] for key in ("wall", "cpu")}
        print(
            f"{name:22} wall {row['wall'] * 1000:6.0f} ms ({row['wall_ratio']:5.2f} × floor)   "
            f"CPU {row['cpu'] * 1000:6.0f} ms ({row['cpu_ratio']:5.2f} × floor)",
            file=sys.stderr,
        )
    print(json.dumps(rows, indent=1))


def _median(rows: list[Row]) -> Row:
    return {key: statistics.median(row[key] for row in rows) for key in ("wall", "cpu")}


def _floor(*options: str) -> Row:
    command = [sys.executable, "-m", "tests.bench.floor", "2", *options]
    row: Row = json.loads(subprocess.check_output(command, env=os.environ | SETTINGS, cwd=ROOT))
    return row


def _run(zygote: Zygote, point: ForkPoint, cells: list[str]) -> Row:
    """Run the cells in a child of `point`, and count what `zygote` and all below it spend."""
    start, cpu = time.perf_counter(), _cpu() + _cpu_below(zygote)
    with point.session(SPEC) as session:
        assert all(session.execute(source).status == "ok" for source in cells)
    wall = time.perf_counter() - start
    time.sleep(0.3)  # the child's time is counted once it has been reaped
    return {"wall": wall, "cpu": _cpu() + _cpu_below(zygote) - cpu}


def _nbclient() -> Row:
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    start, cpu = time.perf_counter(), _cpu()
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, kernel_name="python3").execute()
    return {"wall": time.perf_counter() - start, "cpu": _cpu() - cpu}


def _cpu() -> float:
    """Processor time of this process and of its dead children, in seconds."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _cpu_below(zygote: Zygote) -> float:
    """Processor time of the warm process, of its living descendants and of those it reaped, in seconds."""
    assert zygote._process is not None
    return sum(_times(pid) for pid in _tree(zygote._process.pid))


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in map(int, children) for one in _tree(child))]


def _times(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICK  # user, system, and those of reaped children


if __name__ == "__main__":
    main()
