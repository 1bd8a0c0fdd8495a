"""The slow work that the warm process does once for all its children: imports, the shell, first uses of libraries."""

import gc
import importlib
from collections.abc import Iterable
from typing import Any

from autograder.sandbox.shell import Runner

ALWAYS = ("pandas", "numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "nbformat")

FIRST_TIMES = (
    "1 / 0",  # the first traceback loads and warms a whole chain of libraries
    "import pandas\npandas.DataFrame({'a': [1.5], 'b': ['é']})",
    "import matplotlib.pyplot\npandas.Series([1, 2], ['é', 'è']).plot.barh(label='é')\nmatplotlib.pyplot.legend()\nmatplotlib.pyplot.show()",
)


def warm(preload: Iterable[str], shell: str) -> Runner:
    """Return the runner of cells that the forked children use. Raises ImportError.

    `shell` names the class of its shell, as "package.module:name".
    """
    runner = Runner(find(shell))
    for name in (*ALWAYS, *preload):
        importlib.import_module(name)
    for source in FIRST_TIMES:
        runner.run(source)
    runner.stdout.forget()
    runner.stderr.forget()
    runner.close_loop()
    runner.shell.reset(new_session=True)
    runner.shell.execution_count = 1
    return runner


def find(name: str) -> Any:
    """Return the object of the name "package.module:name". Raises ImportError, AttributeError."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def freeze() -> None:
    """Hide the existing objects from the garbage collector: in a child, it would copy each page of memory that it visits."""
    gc.collect()
    gc.freeze()
