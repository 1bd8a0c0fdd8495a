"""What IPython tells of each cell that runs, and where a cell stopped."""

import itertools
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Any

from autograder.checks import answer_cells, last_cell
from autograder.sharing.first_level import END, Place


def watch() -> None:
    """In a notebook, note what each cell gives. Does nothing elsewhere."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return

    def begins(info: Any) -> None:
        told = getattr(info, "cell_meta", None) or {}
        answer_cells.CELLS.begins(shell.user_ns, told.get("deletedCells", ()))

    def ends(result: Any) -> None:
        if result is not None:  # it is None for a cell that was cancelled
            source = result.info.raw_cell or ""
            cell = getattr(result.info, "cell_id", None) or source
            answer_cells.CELLS.ends(cell, source, shell.user_ns, _until(result, shell.user_ns))
            error = result.error_before_exec or result.error_in_exec
            last_cell.LAST.ends(cell, source, answer_cells.CELLS.given_by(cell), error, shell.user_ns)

    shell.events.register("pre_run_cell", begins)
    shell.events.register("post_run_cell", ends)


def _until(result: Any, variables: Mapping[str, Any]) -> Place | None:
    """Return where a cell stopped on an error: END when it did not stop, None when it did not begin."""
    if result.error_before_exec is not None:
        return None
    if result.error_in_exec is None:
        return END
    trace = result.error_in_exec.__traceback__
    while trace and not _is_of_the_cell(trace.tb_frame, variables):
        trace = trace.tb_next
    return _place(trace) if trace else None


def _is_of_the_cell(frame: FrameType, variables: Mapping[str, Any]) -> bool:
    return frame.f_globals is variables and frame.f_code.co_name == "<module>"


def _place(trace: TracebackType) -> Place:
    """Return where the part of a line that raised begins."""
    positions = trace.tb_frame.f_code.co_positions()
    line, _, column, _ = next(itertools.islice(positions, trace.tb_lasti // 2, None))
    return (line or trace.tb_lineno, column or 0)
