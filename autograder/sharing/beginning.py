"""Where a copy begins: after the shared cells that come before its first change, or after all of our cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.sharing import roles
from autograder.sharing.own_cells_last import Ours, OwnCellsLast
from autograder.sharing.start import Start


@dataclass(frozen=True)
class Beginning:
    """The copy begins after the first `depth` cells.

    With `own_last`, `depth` counts all of our cells, and the copy's own cells run after them.
    """

    depth: int
    own_last: OwnCellsLast | None


def beginning(start: Start, ours: Ours | None, copy: Sequence[str]) -> Beginning:
    """Return where a copy begins. `copy` has the texts of its trunk (see `roles.trunk`).

    `ours` is None when the copy's own cells must run in order.
    """
    same = roles.common(copy, start.cells)
    own_last = ours.own_cells_last(copy) if ours and same < len(copy) else None
    if own_last is not None and start.depth(len(copy)) == len(copy):
        return Beginning(len(copy), own_last)
    return Beginning(start.depth(same), None)
