"""The bare floor: the cells of each copy by `exec` in a forked child of a warm interpreter; nothing captured, nothing safe.

`python -m tests.bench.floor ASSIGNMENT FOLDER` runs the notebook of every `FOLDER/*/ASSIGNMENT`, in its folder, all cells
and checks included. A figure is drawn as a notebook draws it, since that picture is part of the work. A program of its
own, to be single-threaded.
"""

import os
import sys
from pathlib import Path

import nbformat

from autograder.grading.engine.warm import PRELOAD
from autograder.sandbox.client import SETTINGS


def main(assignment: str, folder: Path) -> None:
    os.environ.update(SETTINGS)
    import importlib

    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.core.pylabtools import print_figure

    for name in PRELOAD:
        importlib.import_module(name)
    pd.DataFrame({"a": [1]})._repr_html_()
    plt.plot([1])
    print_figure(plt.gcf())
    plt.close()

    def show() -> None:
        for number in plt.get_fignums():
            print_figure(plt.figure(number))
        plt.close("all")

    plt.show = show
    for place in sorted(folder.glob(f"*/{assignment}")):
        notebook = nbformat.read(place / f"{assignment}.ipynb", as_version=4)
        pid = os.fork()
        if pid == 0:
            _run(place, [cell.source for cell in notebook.cells if cell.cell_type == "code"])
        os.waitpid(pid, 0)


def _run(place: Path, sources: list[str]) -> None:
    os.chdir(place)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    namespace: dict[str, object] = {}
    for source in sources:
        try:
            exec(source, namespace)
        except BaseException:
            continue
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
