"""Called in a process that has run all our cells, before it runs a learner's cell that comes earlier in the notebook."""

from collections.abc import MutableMapping
from typing import Any

from IPython import get_ipython

CALL = f"{__name__}:rewind"
"""The function to name in `Session.call`; its arguments are the names and the number of `rewind`."""


def rewind(namespace: MutableMapping[str, Any], names: list[str], count: int) -> None:
    """Remove these names, and give the number `count` to the next cell."""
    for name in names:
        namespace.pop(name, None)
    get_ipython().execution_count = count
