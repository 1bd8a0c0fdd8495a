"""Called in a process that has run all our cells: have it be where a cell of a copy's own is to run."""

from collections.abc import MutableMapping
from typing import Any

from IPython import get_ipython

CALL = f"{__name__}:rewind"
"""What to ask a session for, with the names and the number."""


def rewind(namespace: MutableMapping[str, Any], names: list[str], count: int) -> None:
    """Forget these names, and give the next cell this number."""
    for name in names:
        namespace.pop(name, None)
    get_ipython().execution_count = count
