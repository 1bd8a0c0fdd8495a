"""The bare floor: the cells by `exec` in forked children of a warm interpreter; nothing captured, nothing safe.

The figure is drawn as a notebook draws it, since that picture is part of the work; `--undrawn` leaves it out. Run as a program of its own, to be single-threaded: `python -m tests.bench.floor N` prints seconds of CPU and of
wall clock per notebook, as JSON.
"""

import json
import os
import resource
import sys
import time

from tests.bench.notebook import CELLS


def main(times: int, drawn: bool) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.core.pylabtools import print_figure

    pd.DataFrame({"a": [1]})._repr_html_()
    plt.plot([1])
    print_figure(plt.gcf())
    plt.close()
    show = "print_figure(figure)" if drawn else "None"
    cells = [cell.replace("plt.show()", show) for cell in CELLS]
    start, cpu = time.perf_counter(), _cpu()
    for _ in range(times):
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            namespace: dict[str, object] = {"print_figure": print_figure}
            for cell in cells:
                exec(cell, namespace)
            os._exit(0)
        assert os.waitpid(pid, 0)[1] == 0
    print(json.dumps({"wall": (time.perf_counter() - start) / times, "cpu": (_cpu() - cpu) / times}))


def _cpu() -> float:
    """Processor time of this process and of its dead children, in seconds."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    main(int(sys.argv[1]), "--undrawn" not in sys.argv)
