"""`python -m tests.bench.kernels [--times N]`: warm kernels beside `python3`, in one run.

Time from the start of a kernel to its first reply (pandas and pyplot imported), then to its end, with Jupyter's own
client and with ours; then the memory of several kernels alive together, each having drawn a figure: its own (USS),
and with its share of what it shares (PSS). The ways take turns and medians are kept, since the machine may be
shared: ratios alone can be compared.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time

import psutil
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager, start_new_kernel

from autograder.kernels import CONFINED, HOME, warm
from autograder.kernels.client import ReadyClient

FIRST = "import pandas, matplotlib.pyplot"
FIGURE = "import pandas as pd, matplotlib.pyplot as plt; pd.Series(range(1000)).plot(); plt.show()"
ALIVE = 4
Client = type[AsyncKernelClient]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    times = parser.parse_args().times
    parents = {HOME: warm.HOME.started()}
    if warm.can_confine():
        parents[CONFINED] = warm.CONFINED.started()
    names = ["python3", *parents]
    ways: list[tuple[str, Client]] = [
        (name, kind) for kind in (AsyncKernelClient, ReadyClient) for name in names
    ]
    rounds = [{way: asyncio.run(_life(*way)) for way in ways} for _ in range(times + 1)][1:]
    lives = {f"{way[0]}, {way[1].__name__}": _medians([one[way] for one in rounds]) for way in ways}
    pids = {name: zygote._process.pid for name, zygote in parents.items() if zygote._process}
    memory = {name: _memory(name, pids.get(name)) for name in names}
    reference = next(iter(lives.values()))
    for name, row in lives.items():
        ratios = {key: reference[key] / value for key, value in row.items()}
        print(
            f"{name:32} first reply {row['reply'] * 1000:5.0f} ms ({ratios['reply']:4.1f} × faster)   "
            f"whole life {row['life'] * 1000:5.0f} ms ({ratios['life']:4.1f} × faster)",
            file=sys.stderr,
        )
    for name, row in memory.items():
        print(
            f"{name:32} " + "   ".join(f"{key} {value:4.0f} MB" for key, value in row.items()),
            file=sys.stderr,
        )
    print(json.dumps({"lives": lives, "memory": memory}, indent=1))


async def _life(name: str, client_class: Client) -> dict[str, float]:
    """Return seconds from the start of a kernel to its first reply, and to its end."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        manager = AsyncKernelManager(kernel_name=name)
        manager.client_factory = client_class
        await manager.start_kernel(cwd=folder)
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        await client.execute_interactive(FIRST, timeout=60)
        reply = time.perf_counter() - start
        client.stop_channels()
        await manager.shutdown_kernel()
        return {"reply": reply, "life": time.perf_counter() - start}


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def _memory(name: str, warm_pid: int | None) -> dict[str, float]:
    """Return megabytes: means over kernels alive together, and what the warm process takes beside them."""
    above = psutil.Process(warm_pid)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        for _ in range(ALIVE):
            manager, client = start_new_kernel(kernel_name=name, cwd=folder)
            stack.callback(manager.shutdown_kernel, now=True)
            stack.callback(client.stop_channels)
            client.execute_interactive(FIGURE, timeout=60, output_hook=lambda message: None)
        below = above.children(recursive=warm_pid is not None)
        if warm_pid is None:
            below = [child for child in below if "ipykernel_launcher" in child.cmdline()]
        kernels = [child.memory_full_info() for child in below if child.num_threads() > 1]
        others = [above, *(child for child in below if child.num_threads() == 1)] if warm_pid else []
        assert len(kernels) == ALIVE
        return {
            "PSS of a kernel": statistics.mean(one.pss for one in kernels) / 1e6,
            "USS of a kernel": statistics.mean(one.uss for one in kernels) / 1e6,
            "PSS of the warm process": sum(one.memory_full_info().pss for one in others) / 1e6,
        }


if __name__ == "__main__":
    main()
