"""`python -m tests.bench.engine [--times N]`: the executor beside the bare floor and nbclient, in one run.

Each way runs the whole notebook of 25 cells. CPU counts the process that drives, the warm one and the children.
Ratios, not seconds, are what can be compared from one machine to another.
"""

import argparse
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
from tests.bench.notebook import CELLS, DATA, ROOT, SHARED

TICK = os.sysconf("SC_CLK_TCK")
SPEC = Spec(limits=Limits(cell_seconds=120, notebook_seconds=600))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    rows = {"floor": _floor(times)}
    rows["executor"] = _executor("none", times)
    rows["sandbox"] = _executor("namespaces", times)
    rows["template"] = _template(times)
    rows["nbclient"] = _measure(_nbclient, min(times, 3), lambda: 0.0)
    for name, row in rows.items():
        row |= {f"{key}_ratio": row[key] / rows["floor"][key] for key in ("wall", "cpu")}
        print(
            f"{name:10} wall {row['wall'] * 1000:6.0f} ms ({row['wall_ratio']:5.2f} × floor)   "
            f"CPU {row['cpu'] * 1000:6.0f} ms ({row['cpu_ratio']:5.2f} × floor)",
            file=sys.stderr,
        )
    print(json.dumps(rows, indent=1))


def _floor(times: int) -> dict[str, float]:
    env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    env["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
    command = [sys.executable, "-m", "tests.bench.floor", str(times)]
    row: dict[str, float] = json.loads(subprocess.check_output(command, env=env, cwd=ROOT))
    return row


def _executor(tier: str, times: int) -> dict[str, float]:
    with Zygote(readable=[DATA], tier=tier, unsafe=tier == "none") as zygote:  # type: ignore[arg-type]

        def once() -> None:
            assert all(result.status == "ok" for result in zygote.run(CELLS, SPEC))

        once()
        return _measure(once, times, lambda: _cpu_below(zygote))


def _template(times: int) -> dict[str, float]:
    """Submissions forked after the shared cells: these run once, and are not counted."""
    with Zygote(readable=[DATA]) as zygote, zygote.template(SHARED, SPEC) as template:

        def once() -> None:
            assert all(result.status == "ok" for result in template.run(CELLS[len(SHARED) :], SPEC))

        once()
        return _measure(once, times, lambda: _cpu_below(zygote))


def _nbclient() -> None:
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, kernel_name="python3").execute()


def _measure(once: Callable[[], None], times: int, elsewhere: Callable[[], float]) -> dict[str, float]:
    walls, cpus = [], []
    for _ in range(times):
        start, cpu = time.perf_counter(), _cpu() + elsewhere()
        once()
        walls.append(time.perf_counter() - start)
        cpus.append(_settled(elsewhere) + _cpu() - cpu)
    return {"wall": statistics.median(walls), "cpu": statistics.mean(cpus)}


def _settled(elsewhere: Callable[[], float]) -> float:
    """Read the CPU of elsewhere once the last child has been reaped: only then is it counted."""
    time.sleep(0.3)
    return elsewhere()


def _cpu() -> float:
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
