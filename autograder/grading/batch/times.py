"""How long copies may take, so that sixty slow copies cannot hold up a cohort.

First turn: each copy has the time of one cell and a margin. An honest copy takes a few seconds. The most common accident, an
endless loop, takes the time of one cell. Both are graded in this turn.

Second turn, after all the other copies: a copy that needs more has all the time of a notebook, because slow is not wrong. The
copies of the second turn also have a total time. After this time, the remaining copies are not graded: a mark on half of their
code would be wrong.

Two other measures were rejected for the first turn. Hostile copies can move the median of the cohort. The time of the build was
measured on another day, often on another machine.
"""

MARGIN_SECONDS = 15
"""Added to the time of a cell, in the first turn of a copy."""
SLOW_SECONDS = 600
"""Total time of the second turn: no slow copy is started after it."""


def first_turn(cell_seconds: float, notebook_seconds: float) -> float | None:
    """Return the seconds of a copy's first turn; None when the first turn may have all the time of a notebook."""
    seconds = cell_seconds + MARGIN_SECONDS
    return seconds if seconds < notebook_seconds else None
