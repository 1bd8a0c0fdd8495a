"""Cells run in one confined child, for tests of the sandbox."""

from collections.abc import Iterable, Iterator

from autograder.sandbox import CellResult, Spec, Template, Zygote


def run_cells(
    point: Zygote | Template, cells: Iterable[str], spec: Spec | None = None
) -> Iterator[CellResult]:
    """Yield the results of cells, in order, as they come; closing the iterator ends the child."""
    with point.session(spec) as session:
        for source in cells:
            yield session.execute(source)
