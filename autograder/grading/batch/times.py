"""How long copies may take, so that one copy, or sixty, cannot hold a cohort.

A copy first has the time of one cell and a margin. An honest copy takes a few seconds, and the commonest accident, one
endless loop, the time of a cell: both are graded at once. Neither the cohort's median nor the time of the build would
do: hostile copies move the first, and the second was taken on another day, often on another machine.

A copy that needs more comes after all the others, with all the time of a notebook: slow is not wrong. Together, these
copies have a time too. The copies that are left then are not graded at all, rather than marked on half of their code.
"""

MARGIN_SECONDS = 15
"""Beside the time of a cell, in the first turn of a copy."""
SLOW_SECONDS = 600
"""After which no slow copy is started."""


def first_turn(cell_seconds: float, notebook_seconds: float) -> float | None:
    """Return the seconds of a copy's first turn; None when it may have all of its time at once."""
    seconds = cell_seconds + MARGIN_SECONDS
    return seconds if seconds < notebook_seconds else None
