"""Where a copy begins: after as many shared cells as it has left as they were, or after all of ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.sharing import roles
from autograder.sharing.ahead import Ahead, Ours
from autograder.sharing.start import Start


@dataclass(frozen=True)
class Beginning:
    """After `depth` shared cells. With `own`, these are all of ours, and the copy's own cells run after them."""

    depth: int
    own: Ahead | None


def beginning(start: Start, ours: Ours | None, copy: Sequence[str]) -> Beginning:
    """Return where a copy, the texts of whose trunk are given, begins; `ours` is None when its own cells must run in place."""
    same = roles.common(copy, start.cells)
    own = ours.ahead(copy) if ours and same < len(copy) else None
    if own is not None and start.depth(len(copy)) == len(copy):
        return Beginning(len(copy), own)
    return Beginning(start.depth(same), None)
